"""Labels and judgements become figures, and figures decide what a judge may gate. Nobody is asked here.

A judge gates a criterion when it was held against enough labels and agrees with them well beyond chance, under this
very rubric and prompt. Left out: correcting a rate by the figures, which the statistics do.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean

from eval.judge.heuristic import NAME as HEURISTIC
from eval.judge.labels import hash_of
from eval.rubrics.candor import DERIVED, HIGH, RADICAL_CANDOR, quadrant
from eval.rubrics.judged import Judged
from eval.stats.agreement import accuracy, agree
from eval.types.calibration import Calibration, Figure, Label, Scale
from eval.types.record import Judgement, Mark
from eval.types.rubric import Rubric
from pipeline.errors import UsageError
from pipeline.prompts import Template

LEAST_LABELS, LEAST_KAPPA, LEAST_LOW = 50, 0.6, 0.4
"""What a criterion needs to gate: labels, kappa, and (to lie below) the lower bound of kappa."""

_REPLAYED = "recorded:"


def calibrate(
    labels: Sequence[Label], rounds: Sequence[Sequence[Judgement]], rubric: Rubric, template: Template
) -> Calibration:
    """The figures. ``rounds`` holds a judgement a label, once or more often; agreement is that of the first round."""
    wanted = [_wanted(label, rubric) for label in labels]
    said = [[_said(judgement, rubric) for judgement in judgements] for judgements in rounds]
    sides = list(zip(labels, rounds[0], strict=True))
    quadrants = [(q, _quadrant(j, rubric)) for label, j in sides if (q := quadrant_of(label)) and not j.fault]
    return Calibration(
        judge=", ".join(sorted({plain_name(judgement.judge) for judgement in rounds[0] if not judgement.fault})),
        rubric=f"{rubric.name}@{rubric.version}",
        rubric_hash=rubric.hash,
        prompt=template.name,
        prompt_hash=template.hash,
        labels_hash=hash_of(labels),
        labels=len(labels),
        errors=sum(bool(judgement.fault) for judgement in rounds[0]),
        figures=tuple(f for c in rubric.criteria if (f := _figure(c.id, wanted, said)).n),
        scales=tuple(s for axis in ("care", "challenge") if (s := _scale(axis, labels, rounds[0], rubric)).n),
        quadrants=len(quadrants),
        quadrants_right=sum(labelled == found for labelled, found in quadrants),
    )


def trusted(calibration: Calibration, judge: str, rubric: Rubric, template: Template) -> frozenset[str]:
    """The criteria that ``judge`` may gate; none when judge, rubric or prompt are not those of the calibration."""
    bound = (calibration.judge, calibration.rubric_hash, calibration.prompt_hash)
    if plain_name(judge) == HEURISTIC or bound != (plain_name(judge), rubric.hash, template.hash):
        return frozenset()
    return frozenset(
        figure.criterion
        for figure in calibration.figures
        if figure.n >= LEAST_LABELS and figure.kappa >= LEAST_KAPPA and figure.low > LEAST_LOW
    )


def read_calibration(path: Path) -> Calibration:
    """A calibration file.

    Raises:
        UsageError: there is none, or it is not one.
    """
    try:
        return Calibration.model_validate_json(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError:
        raise UsageError(f"{path} is no calibration; 'candor eval calibrate' makes one") from None


def plain_name(judge: str) -> str:
    """The model behind a name; a replayed reply is the model's own."""
    return judge.removeprefix(_REPLAYED)


def quadrant_of(label: Label) -> str:
    """The quadrant that a person gave, or that follows from their two figures; empty when neither is there."""
    if label.quadrant or label.care is None or label.challenge is None:
        return label.quadrant
    return quadrant(label.care, label.challenge)


def _wanted(label: Label, rubric: Rubric) -> dict[str, bool]:
    """By question what the label wants: whether it passes."""
    good = {criterion.id: criterion.good == "yes" for criterion in rubric.criteria}
    wanted = {question: value == good.get(question.partition(":")[0], True) for question, value in label.labels.items()}
    axes = {"care": label.care, "challenge": label.challenge}
    wanted |= {name: level >= HIGH for name, level in axes.items() if level is not None}
    where = quadrant_of(label)
    return wanted | ({"candor": where == RADICAL_CANDOR} if where else {})


def _said(judgement: Judgement, rubric: Rubric) -> dict[str, bool]:
    """By question whether the judge lets it pass; with a fault, nothing."""
    if judgement.fault:
        return {}
    good = {criterion.id: criterion.good for criterion in rubric.criteria}
    said = {f"{a.criterion}:{a.of}" if a.of else a.criterion: a.answer == good[a.criterion] for a in judgement.answers}
    judged = Judged(judgement, rubric)
    scores = [judged.score(criterion) for criterion in rubric.criteria if criterion.id in DERIVED]
    return said | {score.criterion: score.mark is Mark.PASS for score in scores if score.mark is not Mark.ERROR}


def _figure(
    criterion: str, wanted: Sequence[Mapping[str, bool]], said: Sequence[Sequence[Mapping[str, bool]]]
) -> Figure:
    """All questions of one criterion together, also those asked of each alternative."""
    pairs = _pairs(criterion, wanted, said[0])
    again = [pair for other in said[1:] for pair in _pairs(criterion, said[0], other)]
    agreement, truth = agree(pairs), accuracy(pairs)
    return Figure(
        criterion=criterion,
        n=len(pairs),
        base=agreement.base,
        agreement=agreement.agreement.value,
        kappa=agreement.kappa,
        low=agreement.low,
        high=agreement.high,
        good=truth.good,
        good_found=truth.good_found,
        bad=truth.bad,
        bad_found=truth.bad_found,
        twice=len(again),
        same=sum(one == other for one, other in again),
    )


def _pairs(
    criterion: str, ones: Sequence[Mapping[str, bool]], others: Sequence[Mapping[str, bool]]
) -> list[tuple[bool, bool]]:
    return [
        (one[question], other[question])
        for one, other in zip(ones, others, strict=True)
        for question in one
        if question.partition(":")[0] == criterion and question in other
    ]


def _scale(axis: str, labels: Sequence[Label], judgements: Sequence[Judgement], rubric: Rubric) -> Scale:
    levels = [
        (level, found)
        for label, judgement in zip(labels, judgements, strict=True)
        if (level := label.care if axis == "care" else label.challenge) is not None
        if (found := _level(axis, judgement, rubric)) is not None
    ]
    difference = fmean(abs(level - found) for level, found in levels) if levels else 0.0
    return Scale(axis=axis, n=len(levels), difference=difference)


def _level(axis: str, judgement: Judgement, rubric: Rubric) -> float | None:
    """1 to 5 by the judge's answers; None when it has none."""
    criterion = next((criterion for criterion in rubric.criteria if criterion.id == axis), None)
    return Judged(judgement, rubric).score(criterion).value if criterion else None


def _quadrant(judgement: Judgement, rubric: Rubric) -> str:
    care, challenge = (_level(axis, judgement, rubric) for axis in ("care", "challenge"))
    return quadrant(care, challenge) if care is not None and challenge is not None else ""
