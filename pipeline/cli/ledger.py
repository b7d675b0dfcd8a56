"""What the invented mails took, as a table with its sum, and what a thousand like them would take.

Left out: rows on what is good or bad about it, which ``pipeline.checkup.samples`` writes.
"""

from collections.abc import Iterator, Sequence

from rich.text import Text

from pipeline.checkup.samples import THOUSAND, Account, Taken, account
from pipeline.cli.figures import count, money, span, tokens
from pipeline.cli.page import Column, Page, text
from pipeline.cli.show import STYLES
from pipeline.llm.prices import read_on

_ALWAYS = (
    Column("mail", 17), Column("decision", 8), Column("expected", 8), Column("draft by", 8), Column("   time", 7),
)  # fmt: skip
_TOKENS = (Column("tokens in", 9), Column("   out", 6))
_COST = (Column("   cost", 7),)


def tell(page: Page, mails: Sequence[Taken]) -> None:
    """Print it; columns that nothing is known for are left out."""
    total = account(mails)
    counted, priced = total.usage.prompt_tokens is not None, total.cost is not None
    columns = (*_ALWAYS, *(_TOKENS if counted else ()), *(_COST if priced else ()))
    page.heading("Five invented mails: read, decided, drafted, guarded")
    page.table(columns, (tuple(_cells(mail))[: len(columns)] for mail in mails))
    page.gap()
    page.part("In all", text(", ".join(_figures(total, span(total.seconds)))))
    more = total.scaled(THOUSAND)
    told = _figures(more, f"about {span(more.seconds)} one after the other")
    page.part(f"{THOUSAND:,} such", text(", ".join(told) + _source(more)))


def _cells(mail: Taken) -> Iterator[Text]:
    yield text(mail.sample.title)
    yield text(mail.action.value, STYLES[mail.action])
    yield text(mail.sample.expected.value, "dim" if mail.action is mail.sample.expected else "bold")
    yield text(("offline" if mail.fell_back else "model") if mail.writer else "-", "dim")
    yield text(span(mail.seconds).rjust(7))
    yield text(count(mail.usage.prompt_tokens).rjust(9))
    yield text(count(mail.usage.completion_tokens).rjust(6))
    yield text(money(mail.cost).rjust(7))


def _figures(total: Account, time: str) -> Iterator[str]:
    yield time
    if told := tokens(total.usage):
        yield told
    if total.cost is not None:
        yield money(total.cost)


def _source(total: Account) -> str:
    """Where the cost comes from, or why there is none."""
    if total.cost is not None:
        day = read_on()
        return f" (list prices of {day.day} {day:%B %Y})"
    return "; no list price is known" if tokens(total.usage) else ""
