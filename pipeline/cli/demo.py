"""``candor demo``: the sample inbox of a sample studio, answered without a key. What this leaves out: the telling."""

import sys
from pathlib import Path

import click

from pipeline.cli.options import DEBUG, Named

TODAY = "2026-11-19"  # the day on which the sample inbox lies there


@click.command(
    "demo",
    short_help="See it at work on a sample inbox; no key needed.",
    epilog="Example:  candor demo --out candor-demo",
)
@click.option(
    "--out",
    "folder",
    metavar="DIR",
    type=Named(),
    default=Path("candor-demo"),
    show_default=True,
    help="Where the drafts and the review page go.",
)
@DEBUG
def command(folder: Path) -> None:
    """See it at work: two weeks of mail to an invented studio, decided and answered within a minute.

    Needs no key and no network. It replays recorded replies of a large language model through the true prompts, policy
    and checks; mails without a recorded reply are answered offline, and each row says which.
    """
    import asyncio

    from pipeline.batch.commands import Job, batch
    from pipeline.batch.progress import progress_on
    from pipeline.batch.store import Store
    from pipeline.cli.clock import today
    from pipeline.cli.models import demo_model
    from pipeline.cli.page import Page
    from pipeline.cli.tour import Tour
    from pipeline.resources import shipped

    inbox, model = shipped("fixtures", "inbox"), demo_model()
    tour = Tour(Page(sys.stdout), model)
    tour.begin(len(list(inbox.glob("*.eml"))))
    job = Job(inbox=str(inbox), business=str(shipped("fixtures", "studio")), prompts=(), model=model, today=TODAY)
    finished = asyncio.run(batch(folder, job, today(), progress_on(sys.stderr)))
    if finished.summary.error:
        raise finished.summary.error
    if finished.summary.interrupted:
        raise click.Abort
    with Store(folder, create=False) as store:
        outcomes = list(store.outcomes())
    tour.tell(outcomes, finished.exported.files, folder)
