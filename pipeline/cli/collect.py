"""``candor collect``: a provider's result files into the output folder they were asked from."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from pipeline.cli.options import DEBUG
from pipeline.cli.submitting import Handed, submitting

_EPILOG = """
\b
Example, by hand:
  candor batch my.mbox --out drafts --engine files --model openai:gpt-5-mini
  (give drafts/requests.jsonl to the provider's batch service, or to 'vllm run-batch')
  candor collect drafts results.jsonl
  (and so on with the new drafts/requests.jsonl, until none is left)

\b
Example, by itself:
  candor collect drafts --submit
"""


_MANY, _SHOWN = 5, 160  # reasons that are told, and characters of each


def _reasons(reasons: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Why requests failed, the most frequent first: a line each."""
    from pipeline.outbox.terminal import safe

    for reason, number in reasons[:_MANY]:
        yield f"  {number:,} failed: {' '.join(safe(reason).split())[:_SHOWN]}"
    if rest := sum(number for _, number in reasons[_MANY:]):
        yield f"  {rest:,} failed for other reasons"


@click.command("collect", short_help="Take in the replies of a provider file.", epilog=_EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("results", metavar="RESULTS.jsonl...", type=click.Path(path_type=Path), nargs=-1)
@click.option("--final", is_flag=True, help="Don't ask again for what failed: those mails end with that failure.")
@submitting
@DEBUG
def command(folder: Path, results: tuple[Path, ...], *, final: bool, handed: Handed) -> None:
    """Take replies from RESULTS.jsonl into DIR, go on with them, and write the requests of the next stage.

    Results may come in any order, in parts, with error lines among them, and twice; it does no harm. With --submit no
    results need be given: what waits is handed in at the provider, and what runs there already is waited for.
    """
    import asyncio

    from pipeline.batch.commands import collect, job_of
    from pipeline.batch.progress import progress_on
    from pipeline.cli.clock import today
    from pipeline.cli.finish import tell
    from pipeline.errors import UsageError

    if not (results or handed.submit):
        raise UsageError("name the files with the results, or let --submit get them")
    submit = handed.agreed(job_of(folder).model, final=final) if handed.submit else None
    taken, finished = asyncio.run(
        collect(folder, results, today(), progress_on(sys.stderr), final=final, submit=submit)
    )
    if results:
        click.echo(
            f"{taken.accepted} new replies, {taken.repeated} known already, {taken.failed} failed, "
            f"{taken.unknown} to requests of another run, {taken.broken} unreadable lines"
        )
        for line in _reasons(taken.reasons):
            click.echo(line)
    tell(folder, finished)
    if results and not (taken.accepted or taken.repeated or taken.failed):
        raise UsageError(f"nothing in {', '.join(map(str, results))} answers a request of {folder}")
