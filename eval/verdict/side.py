"""One version's side of a comparison: its records as shares and values by criterion and case. Fit to be stored.

Repeats are averaged within a case; an error is no share of anything and stands apart. A stored side is the baseline
that a gate holds later runs against. Left out: drafts and reasons, which stay in the records.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import fmean

from pydantic import ValidationError

from eval.types.record import About, Mark, Record, Score
from pipeline.errors import OutputError, UsageError
from pipeline.types.base import Value

SCHEMA = 1
REPLAYED = "recorded"
"""How a run calls its model when replies are replayed; each reply names the one that gave it."""

ByCase = dict[str, float]


class Fault(Value):
    """One record with errors, and the criteria that they hit."""

    case: str
    repeat: int
    criteria: tuple[str, ...]


class Origin(Value):
    """What every record of a side has in common."""

    version: str
    prompts: dict[str, str]  # stage@version to hash
    model: str
    suite: str  # hash
    rubric: str  # name@version and hash


class JudgedBy(Value):
    """Who judged, asked what."""

    judge: str
    prompt: str  # judge@v1
    prompt_hash: str


class Side(Value):
    """Everything by case. ``passes`` are shares of repeats that pass, ``scales`` means of values, both by criterion."""

    schema_number: int = SCHEMA
    origin: Origin
    judges: tuple[JudgedBy, ...] = ()
    abouts: dict[str, About]
    repeats: dict[str, int]  # how often each case was run
    passes: dict[str, ByCase]
    scales: dict[str, ByCase]
    faults: tuple[Fault, ...] = ()


def side_of(records: Iterable[Record], version: str) -> Side:
    """The side of ``version``.

    Raises:
        UsageError: it has no records, or they were not all made by the same prompts, model, suite and rubric.
    """
    every = tuple(records)
    own = [record for record in every if record.version == version]
    if not own:
        known = ", ".join(sorted({record.version for record in every})) or "none"
        raise UsageError(f"there are no records of {version}; the versions recorded here: {known}")
    return Side(
        origin=_origin(own).model_copy(update={"model": model_of(own)}),
        judges=_judges(own),
        abouts={record.about.case: record.about for record in own},
        repeats=dict(Counter(record.about.case for record in own)),
        passes=_averaged(own, _passed),
        scales=_averaged(own, _valued),
        faults=tuple(fault for record in own if (fault := _fault(record)).criteria),
    )


def model_of(own: Sequence[Record]) -> str:
    """The model of one version's records, as it was asked for; where replies were replayed, the one that gave them."""
    asked = {attempt.model for record in own for attempt in record.outcome.attempts}
    answered = sorted(name for name in asked if name.startswith(f"{REPLAYED}:"))
    return ", ".join(answered) if answered and own[0].model == REPLAYED else own[0].model


def against(candidate: Origin, baseline: Origin) -> str:
    """What is held against what, as a title; a stored state of the same version is called so."""
    one, other = candidate.version, baseline.version
    return f"{one} against {other}" if one != other else f"{one} against its stored baseline"


def store(side: Side, path: Path) -> None:
    """Write a side as JSON, one line a part so that a change of it can be read.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        path.write_text(side.model_dump_json(indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from None


def stored(path: Path) -> Side:
    """A side that was stored.

    Raises:
        UsageError: there is none, or it is broken.
    """
    try:
        return Side.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    except ValidationError:
        raise UsageError(f"{path} is no stored baseline; 'candor eval gate RUN --keep {path}' makes one") from None


def _origin(own: Sequence[Record]) -> Origin:
    origins = {
        Origin(version=r.version, prompts=r.prompts, model=r.model, suite=r.suite, rubric=r.rubric).model_dump_json()
        for r in own
    }
    if len(origins) > 1:
        raise UsageError(
            f"the records of {own[0].version} were not all made by the same prompts, model, suite and rubric;"
            " run it anew into another folder"
        )
    return Origin.model_validate_json(origins.pop())


def _judges(own: Sequence[Record]) -> tuple[JudgedBy, ...]:
    """Everybody who judged; a judgement with a fault counts for nothing, nor does the name on it."""
    said = [one for record in own if (one := record.judgement) and one.judge and not one.fault]
    found = {JudgedBy(judge=one.judge, prompt=one.prompt, prompt_hash=one.prompt_hash) for one in said}
    return tuple(sorted(found, key=lambda one: (one.judge, one.prompt, one.prompt_hash)))


def _averaged(own: Sequence[Record], figure: Callable[[Score], float | None]) -> dict[str, ByCase]:
    """The mean of a figure over the repeats of each case that have one, by criterion."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for record in own:
        for score in record.scores:
            if (value := figure(score)) is not None:
                found[score.criterion][record.about.case].append(value)
    return {name: {case: fmean(values) for case, values in by.items()} for name, by in sorted(found.items())}


def _passed(score: Score) -> float | None:
    return float(score.mark is Mark.PASS) if score.mark in {Mark.PASS, Mark.FAIL} else None


def _valued(score: Score) -> float | None:
    return score.value if score.mark in {Mark.PASS, Mark.FAIL} else None


def _fault(record: Record) -> Fault:
    errors = tuple(score.criterion for score in record.scores if score.mark is Mark.ERROR)
    return Fault(case=record.about.case, repeat=record.repeat, criteria=errors)
