"""``candor batch``: an inbox into an output folder; run again, it goes on. What this leaves out: the work itself."""

import sys
from pathlib import Path

import click

from pipeline.cli.choosing import Asked, choosing
from pipeline.cli.options import EARLIER, Named, Reading, reading, shared
from pipeline.cli.submitting import Handed, submitting
from pipeline.settings import Settings

_EPILOG = """
\b
Examples:
  candor batch my.mbox --out drafts --model openai:gpt-5-mini --plan
  candor batch my.mbox --out drafts --model openai:gpt-5-mini --limit 20
  candor batch exported/ --out drafts --model openai:qwen3 --base-url http://localhost:11434/v1
  candor batch my.mbox --out drafts --engine files --model openai:gpt-5-mini --submit
  candor batch tickets.csv --out drafts --columns columns.yaml
"""


@click.command("batch", short_help="Draft the replies to a whole inbox.", epilog=_EPILOG)
@click.argument("inbox", type=click.Path(path_type=Path))
@click.option(
    "--out", "folder", metavar="DIR", type=Named(), required=True, help="The output folder; not the inbox itself."
)
@click.option(
    "--engine",
    type=click.Choice(["local", "files", "ray"]),
    default="local",
    show_default=True,
    help="local calls the model itself; files writes the requests into a file for a provider's batch service; ray "
    "spreads the mails over the processes of a Ray cluster (docs/scale.md).",
)
@click.option(
    "--address",
    metavar="ADDRESS",
    default="",
    help="For --engine ray: a cluster, such as auto or ray-head:6379.  [default: one is started on this machine]",
)
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(min=1),
    help="For --engine ray: how many processes share the rate.  [default: as many as the cluster has processors]",
)
@submitting
@choosing
@EARLIER
@reading
@shared
def command(  # noqa: PLR0913 - one argument an option
    inbox: Path,
    folder: Path,
    *,
    engine: str,
    handed: Handed,
    asked: Asked,
    address: str,
    workers: int | None,
    earlier: tuple[Path, ...],
    reading: Reading,
    settings: Settings,
) -> None:
    """Draft the replies to a whole INBOX: an mbox, a folder of mail, or a help desk's table of tickets.

    A folder may be an export of Gmail, a Thunderbird profile, a Maildir, or hold .eml files; docs/inboxes.md says how
    to get one out of your mail program.

    Writes drafts/*.eml and drafts.mbox, review/ for those to look at first, review.html (mail beside draft beside why),
    summary.csv and outcomes.jsonl. Run again, it goes on where it ended and does nothing twice; a draft that you have
    edited is never overwritten. The first run fixes the day that dates count from. Exits with 1 when the endpoint
    answered not one mail, or the budget is used up.

    With --engine files the requests lie in requests.jsonl, or in several such files where the provider's limits ask for
    it: hand them in and take the results in with 'candor collect', or let --submit do both, which may take two days.

    --since, --only, --limit and --retry-failed choose what this run works on; everything else waits or keeps its row.
    """
    import asyncio

    from pipeline.batch.commands import Job, batch
    from pipeline.batch.progress import progress_on
    from pipeline.cli.clock import today
    from pipeline.cli.finish import tell
    from pipeline.cli.models import model_spec

    job = Job(
        inbox=str(inbox.absolute()),  # kept in the folder, for `collect`
        format=reading.kind,
        columns=str(reading.columns or ""),
        business=str(settings.business.absolute()),
        prompts=settings.prompts,
        model=model_spec(settings),
        engine="files" if engine == "files" else "ray" if engine == "ray" else "live",
        address=address,
        workers=workers or 0,
        today=settings.today,
        earlier=tuple(map(str, earlier)),
    )
    progress = progress_on(sys.stderr)
    if asked.plan:
        from pipeline.batch.ahead import plan
        from pipeline.cli.foresee import foresee

        found = asyncio.run(plan(folder, job, today(), progress, asked.choice))
        foresee(found, as_json=asked.as_json, budget=asked.budget)
        return
    submit = handed.agreed(job.model)
    told = asyncio.run(batch(folder, job, today(), progress, choice=asked.choice, dollars=asked.budget, submit=submit))
    tell(folder, told, asked.choice, settings.business)
