"""``candor eval calibrate``: labels and the name of a judge become a calibration. The composition of the room.

Replies are kept in a folder beside the calibration, so that what was paid for is not asked again. Left out: a recorded
set of them.
"""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from eval.judge.ask import judge
from eval.judge.calibration import calibrate
from eval.judge.labels import read_labels, subject_of_label
from eval.rubrics.load import load_rubric
from eval.runs.folder import RunFolder
from eval.runs.models import Models, Opened
from eval.runs.queue import Ended, through
from eval.types.calibration import Calibration, Label
from eval.types.record import Judgement
from eval.types.rubric import Rubric
from pipeline.errors import UsageError
from pipeline.llm.compose import ModelSpec
from pipeline.llm.files import Result
from pipeline.prompts import Template, load_prompt, newest

_NONE: Mapping[str, Result] = MappingProxyType({})


class Bar(NamedTuple):
    """What a judge is held against: labels, rubric, the judge's prompt, and how often each label is asked."""

    labels: Sequence[Label]
    rubric: Rubric
    template: Template
    repeat: int = 2


def opened_bar(labels: Path, rubric: str, prompt: str | None, repeat: int) -> Bar:
    """The bar that files and names come to.

    Raises:
        UsageError: a file with a fault, or nothing of that name.
    """
    found, name = load_rubric(rubric), prompt or newest("judge")
    if not name.startswith("judge@"):
        raise UsageError(f"'{name}' is no prompt of a judge; name one as judge@v1")
    return Bar(read_labels(labels, found), found, load_prompt(name), repeat)


class Held(NamedTuple):
    """What came of it: a calibration, or requests that wait for a provider."""

    calibration: Calibration | None
    requests: int = 0


async def hold(
    bar: Bar, spec: ModelSpec, folder: Path, engine: str = "live", results: Mapping[str, Result] = _NONE
) -> Held:
    """Ask the judge about every label, and compare; ``folder`` keeps the replies.

    Raises:
        UsageError: anything the user can mend.
        EndpointError: no further call can succeed; what was answered is kept.
    """
    async with AsyncExitStack() as stack:
        kept = stack.enter_context(RunFolder(folder))
        opened = Opened(engine, kept.calls, results, stack)
        rounds = await judgements(bar, await opened.models(spec))
        requests = kept.ask(opened.pending())
    return Held(calibrate(bar.labels, rounds, bar.rubric, bar.template) if rounds else None, requests)


async def judgements(bar: Bar, models: Models) -> list[list[Judgement]]:
    """A round of judgements a repeat, in the order of the labels; nothing while any reply is awaited.

    Raises:
        EndpointError: no further call can succeed.
    """
    made: dict[tuple[int, int], Judgement] = {}

    async def make(place: tuple[int, int]) -> tuple[tuple[int, int], Judgement]:
        subject = subject_of_label(bar.labels[place[1]])
        return place, await judge(subject, bar.rubric, bar.template, models(place[0]))

    def keep(one: tuple[tuple[int, int], Judgement]) -> None:
        made[one[0]] = one[1]

    ended: Ended = await through(product(range(bar.repeat), range(len(bar.labels))), make, keep)
    if ended.error:
        raise ended.error
    if ended.waiting:
        return []
    return [[made[turn, number] for number in range(len(bar.labels))] for turn in range(bar.repeat)]
