"""``candor voice``: how you write, from mail you sent, as a section of profile.yaml. Left out: the counting."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import DEBUG, FORCE, Named, Reading, reading

if TYPE_CHECKING:
    from pipeline.inbox.source import Source
    from pipeline.voice.sent import Sent

_EPILOG = """
\b
Examples:
  candor voice Sent.mbox
  candor voice export --me hannah@studio.example --out voice.yaml
"""


@click.command("voice", short_help="See how you write, from mail you sent.", epilog=_EPILOG)
@click.argument("inbox", metavar="SENT", type=click.Path(path_type=Path))
@click.option(
    "--me",
    metavar="ADDRESS",
    multiple=True,
    help="Your address; may be given several times.  [default: who wrote most of the mails]",
)
@click.option("--out", metavar="FILE", type=Named(), help="Write it to a file instead of the terminal.")
@FORCE
@reading
@DEBUG
def command(inbox: Path, me: tuple[str, ...], out: Path | None, *, force: bool, reading: Reading) -> None:
    """See how you write: SENT is an export of mail you sent, of any kind that 'candor batch' reads.

    Prints a section 'voice' for profile.yaml, by language: greeting, sign-off, how formal you are, how long your mails
    are, words you use and words you never do. It counts, and asks no model. Greetings and words come from closed lists
    and only if three people had them from you; no text of a mail is kept, and no name.
    """
    import asyncio  # heavy

    from pipeline.errors import InboxError
    from pipeline.inbox.sources.inboxes import open_inbox
    from pipeline.voice.habits import NEEDED
    from pipeline.voice.habits import found as habits_of
    from pipeline.voice.write import Basis, report, section

    sent = asyncio.run(_read(open_inbox(inbox, reading.kind, reading.columns), me))
    found = habits_of(sent.traits)
    if not found.habits:
        each = " ".join(report(found)) or "There are none in a language that Candor writes."
        raise InboxError(f"{inbox} holds too few mails of {', '.join(sent.mine)}; each language needs {NEEDED}. {each}")
    text = section(found, Basis(mine=sent.mine, passed=dict(sent.passed)))
    if out is None:
        click.echo(text, nl=False)
        return
    from pipeline.cli.newfile import create

    create(out, text.encode(), force=force)
    click.echo(f"{out} is written. Read it, then put it in the place of 'voice' in profile.yaml.")


async def _read(source: "Source", me: tuple[str, ...]) -> "Sent":
    from pipeline.inbox.worker import the_worker
    from pipeline.voice.sent import read_sent

    return await read_sent(source, me, the_worker())
