"""Every criterion of a rubric over one case: a pass, a fail, an error that is neither, or not applicable.

Code scores what the model wrote first, the judge what came out in the end. A draft that the guard never let through
fails what the guard found in it, and as a draft; nobody judges it. A draft that was never written fails all that code
would have asked of it; where the machinery failed, it is an error. Left out: rates, which are over many cases.
"""

from eval.rubrics.code import CHECKS, named
from eval.rubrics.first import First
from eval.rubrics.judged import Judged
from eval.rubrics.load import applies
from eval.rubrics.reading import READINGS
from eval.types.case import Case
from eval.types.record import Judgement, Mark, Score
from eval.types.rubric import By, Criterion, Rubric
from pipeline.types.outcome import Outcome

_FATES = ("first_try", "by_model")
_WHOLE = (*_FATES, "send")  # a draft that is not there fails these


def score(
    case: Case, outcome: Outcome, judgement: Judgement | None, rubric: Rubric, *, judged: bool = False
) -> tuple[Score, ...]:
    """A score for every criterion, in the rubric's order.

    ``judged`` says that the run has a judge: then a draft that never came fails the judge's criteria too, and one that
    nobody judged is an error. Otherwise, without a judgement, they don't apply.
    """
    first = First(case, outcome)
    answers = Judged(judgement, rubric) if judged or judgement else None
    return tuple(_score(criterion, first, answers) for criterion in rubric.criteria)


def _score(criterion: Criterion, first: First, judged: Judged | None) -> Score:
    if criterion.id in READINGS:
        return READINGS[criterion.id](first)
    by_code = criterion.by is By.CODE
    if not first.action.drafts or not applies(criterion, first.action) or (judged is None and not by_code):
        return Score(criterion=criterion.id, mark=Mark.NA)
    if missing := _missing(criterion, first):
        return missing
    if judged is not None and not by_code:
        return judged.score(criterion)
    return _fate(criterion.id, first) if criterion.id in _FATES else _coded(criterion.id, first)


def _missing(criterion: Criterion, first: First) -> Score | None:
    """The score where there is no draft to look at, unless what the guard found in it says enough."""
    drafted = first.outcome.draft is not None
    if first.broken and not (drafted and criterion.by is By.JUDGE):
        return Score(criterion=criterion.id, mark=Mark.ERROR, why=first.broken)
    if drafted or (criterion.by is By.CODE and criterion.id not in _FATES):
        return None
    return Score(criterion=criterion.id, mark=Mark.FAIL if criterion.id in _WHOLE else Mark.NA, why=first.silent)


def _fate(criterion: str, first: First) -> Score:
    """What became of the model's first draft."""
    fine = first.passed if criterion == "first_try" else first.by_model
    why = "" if fine else "; ".join(first.problems) or first.silent or "the first reply was no draft"
    return Score(criterion=criterion, mark=Mark.PASS if fine else Mark.FAIL, why=why)


def _coded(criterion: str, first: First) -> Score:
    found = named(criterion, first.problems) if first.problems else first.silent
    fault = found or _read(criterion, first)
    if fault is None:
        return Score(criterion=criterion, mark=Mark.NA)
    return Score(criterion=criterion, mark=Mark.FAIL if fault else Mark.PASS, why=fault)


def _read(criterion: str, first: First) -> str | None:
    """What code finds in the model's own text; without one, the guard's word over the refused draft stands."""
    check = CHECKS[criterion]
    if first.reply is None:
        return "" if check.codes else None
    return check.read(first.reply)
