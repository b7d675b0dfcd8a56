"""What stands on the report's page, ready to be written: figures, points, cases with their drafts. Values only.

Texts of mails and models stand here as they came; the page escapes them. Versions are told by their number: 0 is the
baseline, 1 the candidate. ``target`` is the number of a draft, ``case`` of a case.
"""

from typing import NamedTuple

from eval.stats.interval import Rate
from pipeline.outbox.card import Card, Piece
from pipeline.types.outcome import Outcome
from pipeline.types.prompt import Usage


class Change(NamedTuple):
    """The candidate less the baseline, paired by case, with its 95 % interval; p alone and over all tested."""

    value: float
    low: float
    high: float
    p: float
    holm: float
    visible: float  # the least difference that this many cases show
    word: str


class Row(NamedTuple):
    """A criterion: one rate a version (None: nothing to count), errors a version, and the difference.

    ``unit`` is what a figure is multiplied by to be read: 100 for shares, 1 on a scale.
    """

    name: str
    says: str
    by: str
    family: str
    gates: bool
    rates: tuple[Rate | None, ...]
    errors: tuple[int, ...]
    unit: int = 100
    measure: str = "passes"
    change: Change | None = None
    corrected: tuple[float, ...] = ()  # the rates for the known mistakes of the judge
    advises: bool = False  # its judge has no valid calibration: it stops nothing


class Headline(NamedTuple):
    """The answer: a word, why, how many cases, and the row that decides it, if there is any."""

    word: str
    why: tuple[str, ...]
    n: int
    lead: Row | None
    remarks: tuple[str, ...]


class Part(NamedTuple):
    """One criterion in a slice; ``figures`` by version, multiplied as in its row. ``word`` where cases are enough."""

    name: str
    n: int
    figures: tuple[float, ...]
    difference: float
    unit: int
    word: str


class Slice(NamedTuple):
    """The cases of one kind, language or business; parts that lost most come first."""

    by: str
    name: str
    n: int
    parts: tuple[Part, ...]


class Point(NamedTuple):
    """A draft on the quadrant: where it is drawn, which version, which draft."""

    x: float
    y: float
    version: int
    target: int
    case: str
    care: float
    challenge: float


class Corner(NamedTuple):
    """A quadrant's name and its drafts by version."""

    name: str
    counts: tuple[int, ...]


class Quadrant(NamedTuple):
    """The plot. ``unplaced``: drafts without both scores, by version; ``means``: care and challenge by version."""

    points: tuple[Point, ...]
    corners: tuple[Corner, ...]
    placed: tuple[int, ...]
    unplaced: tuple[int, ...]
    means: tuple[tuple[float, float] | None, ...]


class Note(NamedTuple):
    """One criterion that a draft fails, or that could not be scored."""

    criterion: str
    mark: str  # fail | error
    why: str
    quote: str


class Shown(NamedTuple):
    """One draft, or why there is none."""

    number: int
    version: int
    label: str
    repeat: int
    outcome: Outcome
    card: Card
    letter: tuple[Piece, ...]
    quadrant: str
    care: float | None
    challenge: float | None
    notes: tuple[Note, ...]
    passed: tuple[str, ...]
    send: str
    send_reason: str
    fault: str  # of the judge
    words: int
    decided: bool  # otherwise than the case's first draft, so that its decision is shown again


class CaseShown(NamedTuple):
    """A case: its mail, the decision, and its drafts in the order of the versions."""

    number: int
    name: str
    kind: str
    language: str
    business: str
    head: Card
    drafts: tuple[Shown, ...]
    failed: tuple[int, ...]  # criteria failed or in error, by version


class Regression(NamedTuple):
    """A case that came out worse, and the criteria it lost; the first ``gates`` of them gate."""

    case: int
    name: str
    lost: tuple[str, ...]
    gates: int


class Fault(NamedTuple):
    """A sentence that ended a draft or a score, how often by version, and the drafts."""

    what: str
    counts: tuple[int, ...]
    targets: tuple[int, ...]


class Third(NamedTuple):
    """Drafts of like length: their words, and by version how many there are and what share of criteria they pass."""

    low: int
    high: int
    counts: tuple[int, ...]
    shares: tuple[float | None, ...]


class Lengths(NamedTuple):
    """Scores against length. ``tied``: correlation of words and share passed, by version."""

    means: tuple[float | None, ...]
    tied: tuple[float | None, ...]
    thirds: tuple[Third, ...]


class Cost(NamedTuple):
    """What a version took: records, the drafting model's usage, the judge's."""

    records: int
    drafting: Usage
    judging: Usage


class Pairs(NamedTuple):
    """Pairwise choices: pairs asked in both orders, those that held in both, and what they say."""

    asked: int
    held: int
    won: tuple[int, ...]  # by version
    same: int
    faults: int
    judge: str


class Page(NamedTuple):
    """All of it. ``headline``: None without a comparison; else rates of versions 0 and 1 stand beside each other."""

    headline: Headline | None
    versions: tuple[str, ...]
    models: tuple[str, ...]
    judges: tuple[str, ...]
    rubric: str
    records: int
    quadrant: Quadrant
    rows: tuple[Row, ...]
    slices: tuple[Slice, ...]
    regressions: tuple[Regression, ...]
    more: int  # regressions that are not listed
    gained: int  # cases that only won
    faults: tuple[Fault, ...]
    lengths: Lengths
    costs: tuple[Cost, ...]
    pairs: Pairs | None
    cases: tuple[CaseShown, ...]
