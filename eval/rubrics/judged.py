"""A judge's answers as scores: one a question, the share of the alternatives where each is asked about, the axes.

An answer that is missing is an error, and so is everything that rests on it. Left out: asking, and whether the judge
is any good.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property

from eval.rubrics.candor import HIGH, RADICAL_CANDOR, axes, complete, quadrant
from eval.types.record import Answer, Judgement, Mark, Score
from eval.types.rubric import Axis, Criterion, Rubric

_SEND = {"yes": 1.0, "gap": 0.5, "no": 0.0}


class Judged:
    """One judgement by a rubric; ``judgement`` is None when there should be one and is not."""

    def __init__(self, judgement: Judgement | None, rubric: Rubric) -> None:
        self._rubric = rubric
        self._judgement = judgement
        self._fault = judgement.fault if judgement else "nobody has judged it"

    def score(self, criterion: Criterion) -> Score:
        """The score of a criterion that is the judge's."""
        if self._fault or self._judgement is None:
            return _error(criterion.id, self._fault)
        match criterion.id:
            case "send":
                return self._send(self._judgement)
            case "care" | "challenge" | "candor" as name:
                return self._axis(name)
            case name:
                return self._asked(name)

    @cached_property
    def passed(self) -> dict[str, float]:
        """By criterion that was answered, the share of its answers that pass."""
        given = self._judgement.answers if self._judgement and not self._fault else ()
        by_id = {c.id: [a.answer == c.good for a in given if a.criterion == c.id] for c in self._rubric.criteria}
        return {name: sum(fine) / len(fine) for name, fine in by_id.items() if fine}

    def _asked(self, name: str) -> Score:
        if name not in self.passed:
            return _error(name, "the judge gives no answer")
        share = self.passed[name]
        answers = [a for a in (self._judgement.answers if self._judgement else ()) if a.criterion == name]
        shown = _shown(answers, self._good(name))
        each = any(answer.of for answer in answers)
        return _mark(name, share == 1, share if each else None, shown.reason, shown.quote)

    def _good(self, name: str) -> str:
        return next(criterion.good for criterion in self._rubric.criteria if criterion.id == name)

    def _send(self, judgement: Judgement) -> Score:
        if not judgement.send:
            return _error("send", "the judge gives no answer")
        return _mark("send", judgement.send == "yes", _SEND[judgement.send], judgement.send_reason)

    def _axis(self, name: str) -> Score:
        needed: Iterable[Axis] = (self._rubric.care, self._rubric.challenge)
        if name != "candor":
            needed = (self._rubric.care if name == "care" else self._rubric.challenge,)
        if not all(complete(self.passed, axis) for axis in needed):
            return _error(name, "an answer that it rests on is missing")
        care, challenge = axes(self.passed, self._rubric)
        if name == "candor":
            found = quadrant(care, challenge)
            return _mark(name, found == RADICAL_CANDOR, None, found)
        level = care if name == "care" else challenge
        return _mark(name, level >= HIGH, level)


def _shown(answers: Sequence[Answer], good: str) -> Answer:
    """The first answer that fails, else the first."""
    return next((answer for answer in answers if answer.answer != good), answers[0])


def _mark(name: str, fine: bool, value: float | None, why: str = "", quote: str = "") -> Score:  # noqa: FBT001 - private
    return Score(criterion=name, mark=Mark.PASS if fine else Mark.FAIL, value=value, why=why, quote=quote)


def _error(name: str, why: str) -> Score:
    return Score(criterion=name, mark=Mark.ERROR, why=why)
