"""What ``candor batch --plan`` prints: what is to do, the calls that takes, and their cost. Left out: the reckoning."""

import sys
from collections.abc import Iterator
from decimal import Decimal

import click
from rich.text import Text

from pipeline.batch.estimate import Estimate
from pipeline.cli.figures import count, money
from pipeline.cli.page import Column, Page, text
from pipeline.types.prompt import Usage

_COLUMNS = (Column("calls", 16), Column("  stored", 8), Column("  to ask", 8), Column("   tokens in", 12))
_LAST = Column("  tokens out", 12)
_CENT = Decimal("0.01")
_STAGES = {"extract": "read a mail", "draft": "word a letter"}


def foresee(found: Estimate | None, *, as_json: bool, budget: Decimal | None = None) -> None:
    """Print it; with ``budget``, in US dollars, also whether the plan keeps within that.

    Raises:
        click.Abort: a person stopped the counting.
    """
    if found is None:
        click.echo("candor: stopped; nothing was asked or written", err=True)
        raise click.Abort
    if as_json:
        click.echo(found.model_dump_json())
        return
    page = Page(sys.stdout)
    page.gap()
    page.say(f"{found.messages:,} mails. Nothing has been asked, and nothing written.")
    page.gap()
    for label, words in _mails(found):
        page.part(label, text(words))
    page.gap()
    if not found.model:
        page.say("This model makes no calls, and costs nothing.")
    elif any(stage.stored + stage.to_ask for stage in found.stages):
        page.table((*_COLUMNS, _LAST), _calls(found))
        page.gap()
        for label, words in _costs(found):
            page.part(label, text(words))
        if budget is not None:
            page.part("Budget", text(_within(found, budget)))
    else:
        page.say("No calls, and no cost.")
    page.gap()


def _mails(found: Estimate) -> Iterator[tuple[str, str]]:
    yield "Done", f"{found.done:>7,}   have their row already"
    yield "No model", f"{found.settled:>7,}   need none: newsletters, bounces, copies, mails that were answered"
    known = f"; of {found.ready:,} all replies are stored" if found.model and found.ready else ""
    yield "To do", f"{found.todo:>7,}   for the model{known}"
    if found.others:
        yield "Not chosen", f"{found.others:>7,}   wait for another run"


def _calls(found: Estimate) -> Iterator[tuple[Text, ...]]:
    for stage in found.stages:
        yield (
            text(_STAGES[stage.stage]),
            text(f"{stage.stored:>8,}"),
            text(f"{stage.to_ask:>8,}"),
            text(f"{_tokens(stage.usage.prompt_tokens):>12}"),
            text(f"{_tokens(stage.usage.completion_tokens):>12}"),
        )


def _costs(found: Estimate) -> Iterator[tuple[str, str]]:
    whole = sum((stage.usage for stage in found.stages), Usage())
    yield "Tokens", f"about {_tokens(whole.prompt_tokens)} in, {_tokens(whole.completion_tokens)} out; {_source(found)}"
    if found.cost is None or found.prices is None:
        yield "Cost", f"not known: no list price of {found.model} at this address"
        return
    day = f"{found.prices.day} {found.prices:%B %Y}"
    yield "Cost", f"about {_about(found.cost)}, by the list price of {found.model} on {day}"
    if found.by_file is not None:
        yield "By file", f"about {_about(found.by_file)} through the provider's batch service (--engine files)"
    if found.at_most is not None and not all(stage.measured for stage in found.stages):
        limit = f"{found.max_tokens:,} tokens, as those of a model that thinks before it answers can"
        yield "Or more", f"{_about(found.at_most)} if every reply runs to its limit of {limit}"


def _within(found: Estimate, budget: Decimal) -> str:
    """Whether ``budget`` holds the plan, else how far it would reach: as little certain as the cost itself."""
    limit = f"${budget:f}"
    if found.cost is None:
        return f"{limit} cannot be held against a cost that is not known; without --plan, this is refused"
    if found.cost > budget:
        reached = found.ready + int((found.todo - found.ready) * budget / found.cost)
        return f"{limit} would end after about {reached:,} of the {found.todo:,} mails to do; the rest would wait"
    longest = found.at_most is not None and found.at_most > budget
    unsure = longest and not all(stage.measured for stage in found.stages)
    return f"{limit} holds all of it by this estimate{', though not if replies run to their limit' if unsure else ''}"


def _source(found: Estimate) -> str:
    measured = [stage.measured for stage in found.stages]
    if all(measured):
        return "by the calls in this folder"
    return "partly by the calls in this folder" if any(measured) else "by what the sample inbox takes"


def _tokens(number: int | None) -> str:
    """To two digits: it is no more than an estimate."""
    return count(number and int(float(f"{number:.2g}")))


def _about(cost: Decimal) -> str:
    return f"${cost:,.2f}" if cost >= _CENT else money(cost)
