"""What a judge is worth: its agreement with people's labels, criterion by criterion, bound to judge, rubric and prompt.

Figures are of passes: a criterion whose good answer is no passes on a no.
"""

from pydantic import Field

from pipeline.types.base import Value


class Label(Value):
    """What a person says of one draft. ``labels`` is by question, as the judge is asked it: true is the answer yes.

    ``fits:2`` is about the second alternative; ``send`` is true for a draft to be sent as it is written.
    """

    id: str
    language: str = Field(pattern=r"^[a-z]{2}$")
    subject: str
    mail: str
    firm: str = ""
    decision: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    draft: str
    labels: dict[str, bool] = Field(default_factory=dict)
    care: int | None = Field(default=None, ge=1, le=5)
    challenge: int | None = Field(default=None, ge=1, le=5)
    quadrant: str = ""


class Figure(Value):
    """One criterion, ``n`` labels of which the judge answered all.

    ``base`` is the share of the commoner label, which a constant answer would agree with; ``low`` to ``high`` is the
    interval of kappa; ``twice`` counts questions that were answered in two rounds, ``same`` those answered alike.
    """

    criterion: str
    n: int
    base: float
    agreement: float
    kappa: float
    low: float
    high: float
    good: int  # labels that pass
    good_found: int
    bad: int
    bad_found: int
    twice: int = 0
    same: int = 0


class Scale(Value):
    """An axis of candor from 1 to 5: ``difference`` is the mean distance between judge and label."""

    axis: str
    n: int
    difference: float


class Calibration(Value):
    """The file. ``errors`` are judgements of the first round with a fault; they are in no figure."""

    schema_number: int = 1
    judge: str
    rubric: str
    rubric_hash: str
    prompt: str
    prompt_hash: str
    labels_hash: str
    labels: int
    errors: int
    figures: tuple[Figure, ...]
    scales: tuple[Scale, ...] = ()
    quadrants: int = 0  # drafts with a labelled and a computed quadrant
    quadrants_right: int = 0
