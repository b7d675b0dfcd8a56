"""The catalogue of facts on the page, in groups. What this leaves out: what a rule is; docs/policy.md says."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.text import Text

from pipeline.cli.page import Page, text
from pipeline.policy.catalogue.mail import ALWAYS, WITH_RECORDS
from pipeline.policy.catalogue.own import DERIVED, FROM_RECORDS
from pipeline.policy.catalogue.spec import FactSpec, Owner, Type, Unit
from pipeline.policy.load import default_questions
from pipeline.policy.schema.cells import example

_LABEL, _VALUE, _TELLS = 22, 35, 12  # columns
_WHO = {Owner.CLIENT: "the client", Owner.US: "us", Owner.JUDGEMENT: "judged"}
_TIMES = {Unit.TIME: "a time", Unit.WORKING_DAYS: "working days", Unit.HOURS: "hours of our work"}
_TYPES = {
    Type.PERCENT: "a percentage",
    Type.MONEY: "an amount",
    Type.DAY: "a day",
    Type.COUNT: "a whole number",
    Type.FLAG: "yes or no",
    Type.CHOICE: "one word",
    Type.WORDS: "words",
    Type.ORDER: "so many of an entry",
}


class Group(NamedTuple):
    """Facts that come from one place."""

    title: str
    facts: tuple[FactSpec, ...]


def groups() -> tuple[Group, ...]:
    """All facts, each in one group."""
    return (
        Group("What a mail says of one thing it asks for", tuple(s for s in ALWAYS if s.level == "ask")),
        Group("What a mail says as a whole", tuple(s for s in ALWAYS if s.level == "mail")),
        Group("What a mail says of something on record", WITH_RECORDS),
        Group("What your records say", FROM_RECORDS),
        Group("What is worked out", DERIVED),
    )


def show(page: Page) -> None:
    """Every group with its facts."""
    questions = default_questions()
    for group in groups():
        page.heading(group.title)
        page.part("fact".ljust(_LABEL), text(f"{'value':<{_VALUE}}{'told by':<{_TELLS}}where unsaid", "dim"))
        for spec in group.facts:
            question = questions[spec.question].pick("en") if spec.question else ""
            page.part(spec.name.ljust(_LABEL), *_lines(spec, question))
    page.gap()


def _lines(spec: FactSpec, question: str) -> Iterator[Text]:
    unsaid = "no" if spec.type is Type.FLAG else "not mentioned"
    private = "  private" if spec.private else ""
    yield Text.assemble(
        f"{kind_of(spec):<{_VALUE}}{_WHO[spec.owner]:<{_TELLS}}", text(unsaid), text(private, "bold yellow")
    )
    yield text(f"{spec.meaning}", "dim")
    if spec.choices:
        yield text(f"one of: {', '.join(spec.choices)}", "dim")
    if spec.needs:
        yield text(f"needs: {' and '.join(need.value for need in spec.needs)}", "dim")
    if spec.type is Type.ORDER:
        yield text("stands in no cell: the hours and the price come from it", "dim")
    if question:
        yield text(f"asked for by: {question}", "dim italic")


def kind_of(spec: FactSpec) -> str:
    """The type and unit in words, with an example where one helps."""
    name = _TIMES[spec.unit] if spec.type is Type.DURATION else _TYPES[spec.type]
    shown = "" if spec.type in {Type.FLAG, Type.CHOICE, Type.WORDS, Type.ORDER} else f", e.g. {example(spec)}"
    return f"{name}{shown}"
