"""The invented mails of a checkup: what became of each, what it took, and what a thousand like them would take.

Left out: taking them through the flow, which the command does as ``candor draft`` does.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from pipeline.checkup.rows import Row, look, ok, wrong
from pipeline.llm.compose import ModelSpec, parameters_of
from pipeline.llm.offline.model import NAME as OFFLINE
from pipeline.llm.prices import price_of
from pipeline.resources import shipped
from pipeline.types.base import Value
from pipeline.types.decision import Action
from pipeline.types.outcome import Outcome
from pipeline.types.prompt import Usage
from pipeline.yamltree import read_shipped

THOUSAND = 1_000


class Sample(Value):
    """A mail of ``fixtures/checkup``: its file, a title for it, and what a careful reader's decision would be."""

    file: str
    title: str
    expected: Action

    @property
    def path(self) -> Path:
        """Where the mail lies."""
        return shipped("fixtures", "checkup", self.file)


class Taken(Value):
    """A sample on the other side of the flow. ``cost`` in US dollars; ``writer`` is the model whose draft it is."""

    sample: Sample
    action: Action
    reader: str  # the model, as it calls itself
    writer: str
    failure: str  # why there was no usable answer; empty when there was one
    objection: str  # what the guard, or the schema, said first against the model's draft
    undrafted: bool  # the guard let no draft through, not even the fallback's
    seconds: float
    usage: Usage
    cost: Decimal | None

    @property
    def fell_back(self) -> bool:
        """The draft is the offline model's."""
        return self.writer == OFFLINE


class Account(Value):
    """The sum over ``mails`` samples."""

    mails: int
    seconds: float
    usage: Usage
    cost: Decimal | None

    def scaled(self, mails: int) -> "Account":
        """As much for so many mails like these, one after the other."""
        factor = Decimal(mails) / self.mails

        def times(count: int | None) -> int | None:
            return None if count is None else round(count * factor)

        usage = Usage(
            prompt_tokens=times(self.usage.prompt_tokens), completion_tokens=times(self.usage.completion_tokens)
        )
        cost = None if self.cost is None else self.cost * factor
        return Account(mails=mails, seconds=self.seconds * float(factor), usage=usage, cost=cost)


@cache
def samples() -> tuple[Sample, ...]:
    """The shipped ones, in their order."""
    tree = read_shipped(shipped("fixtures", "checkup", "samples.yaml"))
    assert tree.items is not None
    return tuple(Sample.model_validate(item.plain()) for item in tree.items)


def taken(sample: Sample, outcome: Outcome, seconds: float, spec: ModelSpec) -> Taken:
    """What ``outcome`` says of ``sample``, which the model of ``spec`` read and worded."""
    price = price_of(spec.base_url, parameters_of(spec).model)
    objections = [problem for attempt in outcome.attempts if attempt.stage == "draft" for problem in attempt.problems]
    undrafted = outcome.failure is not None and outcome.failure.stage == "guard"
    return Taken(
        sample=sample,
        action=outcome.action,
        reader=next((attempt.model for attempt in outcome.attempts if attempt.model), ""),
        writer=outcome.draft.model if outcome.draft else "",
        failure=outcome.failure.message if outcome.failure and not undrafted else "",
        objection=next(iter(objections), ""),
        undrafted=undrafted,
        seconds=seconds,
        usage=outcome.usage,
        cost=price.of(outcome.usage) if price else None,
    )


def account(mails: Sequence[Taken]) -> Account:
    """The sum; a cost that is unknown for one mail is unknown for all."""
    costs = [mail.cost for mail in mails]
    return Account(
        mails=len(mails),
        seconds=sum(mail.seconds for mail in mails),
        usage=sum((mail.usage for mail in mails), Usage()),
        cost=None if None in costs else sum((cost for cost in costs if cost is not None), Decimal()),
    )


def sample_rows(mails: Sequence[Taken]) -> Iterator[Row]:
    """What to say of a model by its samples; nothing for ``offline``, whose own row says all."""
    readers = Counter(mail.reader for mail in mails if mail.reader not in {"", OFFLINE})
    if readers:
        yield ok("reader", names=", ".join(readers))
    if failed := [mail for mail in mails if mail.failure]:
        yield wrong("failed", count=len(failed), mails=len(mails), sentence=failed[0].failure)
    if not readers:
        return
    if others := [mail for mail in mails if not mail.failure and mail.action is not mail.sample.expected]:
        yield look("unexpected", count=len(others), mails=len(mails), which="; ".join(map(_told, others)))
    elif not failed:
        yield ok("expected", mails=len(mails))
    drafts = [mail for mail in mails if mail.writer]
    if fallen := [mail for mail in drafts if mail.fell_back]:
        yield look("fallen_back", count=len(fallen), drafts=len(drafts), sentence=fallen[0].objection)
    if without := [mail for mail in mails if mail.undrafted]:
        yield look("undrafted", count=len(without), mails=len(mails), sentence=without[0].objection)
    if all(mail.usage.prompt_tokens is None for mail in mails):
        yield look("no_usage")


def _told(mail: Taken) -> str:
    return f"{mail.sample.title}: {mail.action}, not {mail.sample.expected}"
