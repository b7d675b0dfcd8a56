"""The options of ``candor batch`` that say what one run works on and what it may cost.

What this leaves out: what they mean; the batch knows that.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import reduce, wraps
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from pipeline.batch.job import Choice

Command = Callable[..., int | None]


class Asked(NamedTuple):
    """What one run is asked for: which mails, what it may cost in US dollars, and whether it is only looked at."""

    choice: "Choice"
    budget: Decimal | None
    plan: bool
    as_json: bool


def _dollars(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Decimal | None:
    """``5``, ``5.00`` or ``$5.00``."""
    if value is None:
        return None
    try:
        found = Decimal(value.strip().removeprefix("$"))
    except InvalidOperation:
        found = Decimal(-1)
    if not (found.is_finite() and found > 0):
        raise click.BadParameter(f"'{value}' is no sum of US dollars; write it as 5.00")
    return found


def _first(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value is not None else None
    except ValueError:
        raise click.BadParameter(f"'{value}' is no day; write it as 2026-11-01") from None


_OPTIONS = (
    click.option(
        "--plan",
        is_flag=True,
        help="Only say what is done, what is to do and what that would cost; nothing is asked or written.",
    ),
    click.option("--json", "as_json", is_flag=True, help="With --plan: print it as one line of JSON."),
    click.option(
        "--budget",
        metavar="DOLLARS",
        callback=_dollars,
        help="Stop before this run's calls could cost more than this, such as 5.00, by the makers' list prices.",
    ),
    click.option(
        "--limit",
        metavar="N",
        type=click.IntRange(1),
        help="At most so many new mails for the model; those that need none are not counted.",
    ),
    click.option(
        "--since",
        metavar="DATE",
        callback=_first,
        help="Only mails sent on or after this day, such as 2026-11-01; one without a date counts as new.",
    ),
    click.option(
        "--only",
        metavar="CLIENT",
        default="",
        help="Only mails of this client: the id, name, address or domain of your record, or a sender's address.",
    ),
    click.option(
        "--retry-failed", "failed", is_flag=True, help="Only mails that failed before, whatever the reason was."
    ),
)


def choosing(command: Command) -> Command:
    """Add the options; ``command`` gets them as its argument ``asked``."""

    @wraps(command)
    def gathered(  # noqa: PLR0913 - click hands over each option by name
        *args: object,
        plan: bool,
        as_json: bool,
        budget: Decimal | None,
        limit: int | None,
        since: date | None,
        only: str,
        failed: bool,
        **others: object,
    ) -> int | None:
        from pipeline.batch.job import Choice

        if as_json and not plan:
            raise click.UsageError("--json belongs to --plan")
        choice = Choice(since=since, only=only, limit=limit, failed=failed)
        return command(*args, asked=Asked(choice, budget, plan, as_json), **others)

    return reduce(lambda f, option: option(f), reversed(_OPTIONS), gathered)
