"""``candor eval pair``: two sides and the name of a judge become choices. The composition of the room.

A choice is keyed by all that it depends on and kept in the folder, so that no question is paid for twice and a complete
folder needs no model. Left out: what the choices add up to.
"""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from itertools import permutations
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from eval.judge.pair import prefer
from eval.judge.subject import Subject, from_text
from eval.pairs.drafts import Drafts, check
from eval.pairs.tally import Lengths, Tally, tally
from eval.runs.folder import CHOICES, RunFolder, appended, read_choices, rewrite, write_line
from eval.runs.models import Models, Opened
from eval.runs.queue import through
from eval.runs.unit import about
from eval.suites.layout import mail_of
from eval.suites.load import load_suite
from eval.suites.suite import digest
from eval.types.case import Case
from eval.types.record import Choice
from pipeline.errors import UnreadableError, UsageError
from pipeline.inbox.read import from_bytes
from pipeline.llm.compose import ModelSpec
from pipeline.llm.files import Result
from pipeline.prompts import Template, load_prompt, newest

_NONE: Mapping[str, Result] = MappingProxyType({})
_NOBODY = "firm@suite.example"  # whom the mails are sent to; a judge is not shown it


class Question(NamedTuple):
    """One case and two drafts in the order in which they are shown, with the names of their sides."""

    case: Case
    subject: Subject
    names: tuple[str, str]
    bodies: tuple[str, str]
    key: str


class Bench(NamedTuple):
    """Both sides, the cases that both have drafts for, how many only one has, and what is to be asked of whom."""

    sides: tuple[Drafts, Drafts]
    cases: tuple[Case, ...]
    alone: int
    questions: tuple[Question, ...]
    template: Template
    judge: ModelSpec


class Paired(NamedTuple):
    """What came of it: the choices in order, and how many requests wait for a provider."""

    choices: tuple[Choice, ...]
    requests: int


def bench_of(one: Drafts, other: Drafts, suite: Path, judge: ModelSpec) -> Bench:
    """Everything that is to be asked, in the order of the suite.

    Raises:
        UsageError: the sides have one name, drafts of no case, or no case in common.
        SuiteError: as ``load_suite``.
    """
    if one.name == other.name:
        raise UsageError(f"both sides are called {one.name}; give one file another name")
    all_cases = load_suite(suite).cases
    for side in (one, other):
        check(side, {case.id for case in all_cases})
    cases = tuple(case for case in all_cases if case.id in one.by_case and case.id in other.by_case)
    if not cases:
        raise UsageError(f"{one.name} and {other.name} have no case in common")
    template = load_prompt(newest("pair"))
    made = tuple(_question(case, pair, template, judge) for case in cases for pair in permutations((one, other)))
    return Bench((one, other), cases, len(one.by_case.keys() ^ other.by_case.keys()), made, template, judge)


async def pair(bench: Bench, folder: Path, engine: str = "live", results: Mapping[str, Result] = _NONE) -> Paired:
    """Ask what ``folder`` does not know yet, in both orders.

    Raises:
        UsageError: the judge is no model, or one that is not set up.
        EndpointError: no further call can succeed; what was answered is kept.
    """
    async with AsyncExitStack() as stack:
        kept = stack.enter_context(RunFolder(folder))
        known = {choice.key: choice for choice in read_choices(folder)}
        todo = [question for question in bench.questions if question.key not in known]
        opened = Opened(engine, kept.calls, results, stack)
        with appended(folder / CHOICES) as file:

            def keep(choice: Choice) -> None:
                known[choice.key] = choice
                write_line(file, choice)

            if todo:  # a folder that is complete needs no model
                models = await opened.models(bench.judge)
                ended = await through(todo, lambda question: _choose(question, bench.template, models), keep)
                if ended.error:
                    raise ended.error
        choices = tuple(known[question.key] for question in bench.questions if question.key in known)
        rewrite(folder / CHOICES, choices)
        return Paired(choices, kept.ask(opened.pending()))


def tally_of(bench: Bench, paired: Paired) -> Tally:
    """What the choices add up to."""
    one, other = bench.sides
    words = {
        case.id: Lengths(*(len(side.by_case[case.id].body.split()) for side in bench.sides)) for case in bench.cases
    }
    return tally((one.name, other.name), paired.choices, words, bench.alone)


def _question(case: Case, sides: tuple[Drafts, ...], template: Template, judge: ModelSpec) -> Question:
    first, second = sides
    drafts = [side.by_case[case.id] for side in sides]
    told = sorted(sides, key=lambda side: side.name)  # the same decision in both orders
    subject = from_text(
        language=case.language,
        subject=case.mail.subject,
        mail=_read(case),
        draft="",
        firm=case.business,
        decision=next((d for side in told if (d := side.by_case[case.id].decision)), ()),
    )
    names, bodies = (first.name, second.name), (drafts[0].body, drafts[1].body)
    key = digest(case.id, *names, *bodies, *map(str, subject), template.hash, judge)
    return Question(case, subject, names, bodies, key)


def _read(case: Case) -> str:
    """The newest text as a reader sees it, then the quoted history."""
    try:
        message = from_bytes(mail_of(case, _NOBODY), f"{case.id}.eml")
    except UnreadableError:
        return case.mail.body
    return "\n\n".join(filter(None, [message.body, message.history]))


async def _choose(question: Question, template: Template, models: Models) -> Choice:
    said = await prefer(question.subject, *question.bodies, template, models(0))
    return Choice(
        key=question.key,
        about=about(question.case),
        first=question.names[0],
        second=question.names[1],
        repeat=0,
        judge=said.judge,
        better=said.better,
        reason=said.reason,
        fault=said.fault,
        usage=said.usage,
    )
