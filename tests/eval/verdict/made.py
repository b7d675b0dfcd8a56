"""Records made by hand: a rubric of five criteria, and marks by case."""

from collections.abc import Iterator, Mapping
from datetime import date

from eval.types.record import About, Choice, Judgement, Mark, Record, Score
from eval.types.rubric import Axis, By, Criterion, Rubric
from eval.verdict.side import Side, side_of
from pipeline.types.decision import Action
from pipeline.types.outcome import Outcome

PASS, FAIL, ERROR, NA = Mark.PASS, Mark.FAIL, Mark.ERROR, Mark.NA
RUBRIC = Rubric(
    name="decline",
    version="v1",
    hash="h1",
    criteria=(
        Criterion(id="clear_no", by=By.CODE, family="stance", says="It says no.", gates=True),
        Criterion(id="three", by=By.CODE, family="offers", says="Exactly three alternatives.", gates=True),
        Criterion(id="length", by=By.CODE, family="form", says="As long as the matter needs."),
        Criterion(id="fits", by=By.JUDGE, family="fit", says="Each alternative fits.", gates=True),
        Criterion(id="care", by=By.JUDGE, family="stance", says="Cares personally."),
    ),
    care=Axis(base=1, weights={}),
    challenge=Axis(base=1, weights={}),
)
_OUTCOME = Outcome(key="k", origin="o", today=date(2026, 5, 4), action=Action.DECLINE, code="discount")


def record(case: int, version: str, *scores: Score, repeat: int = 0, judge: str = "", model: str = "m") -> Record:
    """One record of case ``case``, which tells language, kind and business."""
    judgement = Judgement(judge=judge, prompt="judge@v1", prompt_hash="p", rubric="decline@v1", rubric_hash="h1")
    return Record(
        key=f"{case}/{version}/{repeat}",
        suite="s1",
        about=about(case),
        version=version,
        prompts={version: f"hash of {version}"},
        model=model,
        repeat=repeat,
        rubric="decline@v1 h1",
        outcome=_OUTCOME,
        judgement=judgement if judge else None,
        scores=scores,
    )


def about(case: int) -> About:
    """Two languages, kinds by thirds, a firm for ten cases each."""
    return About(
        case=f"c{case:03}",
        language="de" if case % 4 == 0 else "en",
        business=f"firm{case // 10}",
        cluster="",
        kind=("discount", "rush_deadline", "free_work")[case % 3],
        tags=(),
    )


def score(criterion: str, mark: object, value: float | None = None) -> Score:
    """A score; what is true passes."""
    named = mark if isinstance(mark, Mark) else PASS if mark else FAIL
    return Score(criterion=criterion, mark=named, value=value)


def records(version: str, n: int, failing: Mapping[str, range], judge: str = "") -> Iterator[Record]:
    """``n`` cases with all five criteria; those of ``failing`` fail."""
    for case in range(n):
        passes = {name.id: case not in failing.get(name.id, range(0)) for name in RUBRIC.criteria}
        scores = [score(name, ok, (4.0 if ok else 2.0) if name == "care" else None) for name, ok in passes.items()]
        yield record(case, version, *scores, judge=judge)


def made(version: str, n: int, judge: str = "", **failing: range) -> Side:
    """The side of ``n`` cases."""
    return side_of(records(version, n, failing, judge), version)


def choice(case: int, first: str, second: str, better: str, fault: str = "") -> Choice:
    """One order of a question."""
    row = {"key": f"{case}{first}{second}", "about": about(case), "first": first, "second": second, "repeat": 0}
    return Choice.model_validate(row | {"judge": "j", "better": better, "fault": fault})
