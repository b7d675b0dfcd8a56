"""What ``batch`` and ``collect`` say at their end: how the mails ended, where things lie, what comes next.

The figures are those of ``summary.csv``, so that no outcome is read twice. What this leaves out: single mails.
"""

import csv
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from pipeline.batch.commands import Finished
from pipeline.cli.figures import money
from pipeline.cli.page import Column, Page, text
from pipeline.cli.show import MEANING, STYLES
from pipeline.cli.unchosen import listed, unchosen
from pipeline.outbox.export import Exported
from pipeline.types.decision import Action

if TYPE_CHECKING:
    from pipeline.batch.job import Choice
    from pipeline.batch.reasons import Reasons
    from pipeline.batch.runner import Summary

_SHOWN = 160  # characters of a reason


def tell(folder: Path, finished: Finished, choice: "Choice | None" = None, business: Path = Path()) -> None:
    """Print the account of a run; of one whose ``choice`` came to nothing, only why. ``business`` says who is who.

    Raises:
        CandorError: what stopped the run, once the account is printed.
        click.Abort: a person stopped it.
    """
    page, summary = Page(sys.stdout), finished.summary
    counts, failures = _counted(folder)
    page.gap()
    others = f", {summary.others} not chosen" if summary.others else ""
    page.say(
        f"{_mails(summary.messages)}: {summary.ended} done now, {summary.resumed} before, {summary.waiting} waiting"
        f"{others}."
    )
    page.gap()
    if choice and (told := _unchosen(folder, summary, choice, business)):
        for sentence in told:
            page.say(sentence)
        page.gap()
        return
    _actions(page, counts)
    places(page, folder, finished.exported)
    if budget := finished.budget:
        page.part("Spent", text(f"{money(budget.spent)} at most, of this run's ${budget.limit:f}"))
    if days := finished.days:
        page.part("Dates", text(f"count from {'the day of each mail' if days.by_mail else days.today.isoformat()}"))
    _next(page, folder, finished, failures)
    page.gap()
    if summary.error:
        raise summary.error
    if summary.interrupted:
        click.echo("candor: stopped; what is done is kept, and the same command goes on from here", err=True)
        raise click.Abort


def _unchosen(folder: Path, summary: "Summary", choice: "Choice", business: Path) -> tuple[str, str] | None:
    with (folder / "summary.csv").open(encoding="utf-8", newline="") as file:
        return unchosen(summary, choice, map(listed, csv.DictReader(file)), business)


def _counted(folder: Path) -> tuple[Counter[Action], "Reasons"]:
    """How many mails ended in each action, and how many failed for each reason; a row is read at a time."""
    from pipeline.batch.reasons import Reasons

    counts, failures = Counter[Action](), Reasons()
    with (folder / "summary.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            counts[Action(row["action"])] += 1
            if failure := row["failure"]:
                failures.add(failure.partition(": ")[2][:_SHOWN])
    return counts, failures


def _actions(page: Page, counts: Counter[Action]) -> None:
    if counts:
        columns = (Column("action", 10), Column("mails", 7), Column("", 60))
        page.table(columns, (_count(action, counts[action]) for action in Action if counts[action]))
        page.gap()


def _count(action: Action, number: int) -> tuple[Text, Text, Text]:
    return text(action.value, STYLES[action]), text(f"{number:>5}"), text(MEANING[action], "dim")


def places(page: Page, folder: Path, exported: Exported) -> None:
    """Where the files lie."""
    page.part("Look here", text(f"{folder / 'review.html'}   every mail beside its draft and the reasons"))
    if exported.drafts:
        page.part("Drafts", text(f"{folder / 'drafts'}   {exported.drafts}, and all of them in drafts.mbox"))
    if exported.review:
        page.part("To check", text(f"{folder / 'review'}   {exported.review} with something to look at first"))
    if exported.kept:
        left = "was left as it is" if len(exported.kept) == 1 else "were left as they are"
        page.part("Kept", text(f"{len(exported.kept)} that you have edited {left}"))
    page.part("Tables", text(f"{folder / 'summary.csv'}, {folder / 'outcomes.jsonl'}"))


def _next(page: Page, folder: Path, finished: Finished, failures: "Reasons") -> None:
    if finished.requests:
        _waiting(page, folder, finished)
    elif failures.total:
        (reason, often), failed = failures.most()[0], failures.total
        most = "" if often == failed == 1 else f" ({often:,} times)"
        page.gap()
        page.say(f"{_mails(failed)} failed: {reason}{most}. Each has its reason in {folder / 'summary.csv'}.")
        page.say("The same command tries again what never reached a model; with --retry-failed, all that failed.")
    elif finished.summary.waiting and not finished.summary.interrupted:
        page.gap()
        page.say("The same command goes on with what waits.")


def _waiting(page: Page, folder: Path, finished: Finished) -> None:
    """Where requests lie that wait, or run, and how to go on."""
    here, away, files = finished.requests - finished.waiting.away, finished.waiting.away, finished.waiting.files
    page.gap()
    if away:
        are = "request is" if away == 1 else "requests are"
        page.say(f"{away:,} {are} in batches at the provider, which run on there. Go on with that by:")
        page.gap()
        page.say(f"  candor collect {folder} --submit")
    elif here and files:
        many = f" and {len(files) - 1} more files" if len(files) > 1 else ""
        wait, them = "request waits" if here == 1 else "requests wait", "them" if many else "it"
        page.say(f"{here:,} {wait} in {folder / files[0]}{many}. Give {them} to the batch service, then:")
        page.gap()
        page.say(f"  candor collect {folder} RESULTS.jsonl")


def _mails(number: int) -> str:
    return f"{number:,} mail{'' if number == 1 else 's'}"
