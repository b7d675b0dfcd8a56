"""A judge without a model: it answers judge prompts by signs alone, for the offline demo and as the floor of judges.

It calls itself ``heuristic`` in everything it says, and whatever it says advises and never gates. Left out: fitness of
an alternative for this client, and all else that takes understanding; there it goes by whether words are shared.
"""

import json
from collections.abc import Callable, Mapping

from eval.judge.ask import parts
from eval.judge.signs import Signs
from pipeline.errors import RequestError
from pipeline.types.judging import JudgeVariables, PairVariables
from pipeline.types.prompt import Completion, Prompt

NAME = "heuristic"
_THREE, _FEW = 3, 2

Finding = tuple[bool, list[str]]
"""Whether the answer is yes, and the sentences that show it."""


class HeuristicJudge:
    """A model that knows two stages, ``judge`` and ``pair``."""

    async def complete(self, prompt: Prompt) -> Completion:
        """The reply by signs.

        Raises:
            RequestError: the prompt is of another stage.
        """
        match prompt.variables:
            case JudgeVariables() as told:
                reply = _judged(told)
            case PairVariables() as told:
                reply = _preferred(told)
            case _:
                raise RequestError("the heuristic judge only judges", prompt=prompt, model=NAME)
        return Completion(text=json.dumps(reply, ensure_ascii=False), model=NAME, call="")


def _judged(told: JudgeVariables) -> Mapping[str, object]:
    signs = Signs(told.draft, f"{told.subject}\n{told.mail}", told.language)
    answers = []
    for question in told.questions:
        criterion, number = parts(question.id)
        yes, shown = _answer(signs, criterion, number)
        answers.append(_claim(signs, shown, "yes" if yes else "no") | {"id": question.id})
    return {"answers": answers, "send": _claim(signs, [], _send(signs))}


def _preferred(told: PairVariables) -> Mapping[str, object]:
    first, second = (_worth(Signs(d, told.mail, told.language)) for d in (told.first, told.second))
    better = "same" if first == second else "first" if first > second else "second"
    return {"reason": f"signs for the first {first}, for the second {second}", "better": better}


def _claim(signs: Signs, shown: list[str], answer: str) -> dict[str, str]:
    quote = shown[0] if shown else signs.sentences[0] if signs.sentences else ""
    return {"reason": f"{len(shown)} sentence(s) with such a sign", "quote": quote, "answer": answer}


def _answer(signs: Signs, criterion: str, number: int | None) -> Finding:
    if criterion == "fits":
        return (number or 1) <= signs.options and not signs.tone("vague"), signs.shared
    return ANSWERS[criterion](signs) if criterion in ANSWERS else (False, [])


def _clear(signs: Signs) -> Finding:
    shown = signs.refusals or ([] if _taken_back(signs) else signs.tone("sneer", "pretext"))
    return bool(shown), shown


def _firm(signs: Signs) -> Finding:
    back = _taken_back(signs)
    return _clear(signs)[0] and not back, back or signs.sentences


def _taken_back(signs: Signs) -> list[str]:
    return signs.guarded("soft_accept", "false_hope", "acceptance")


def _reason(signs: Signs) -> Finding:
    shown = signs.tone("because", "pretext", "effect", "sneer")
    return bool(shown) and _clear(signs)[0], shown


def _true(signs: Signs) -> Finding:
    shown = signs.tone("because", "effect", "sneer")
    return _reason(signs)[0] and bool(shown) and len(signs.tone("pretext", "praise", "drowned")) < _FEW, shown


def _educates(signs: Signs) -> Finding:
    return _true(signs)[0] and bool(signs.tone("effect")), signs.tone("effect")


def _straight(signs: Signs) -> Finding:
    fog = len(signs.tone("drowned", "pretext", "praise", "vague"))
    return _clear(signs)[0] and _true(signs)[0] and (fog < _FEW or fog < len(signs.tone("sneer"))), signs.refusals


def _respects(signs: Signs) -> Finding:
    rude = [*signs.tone("sneer"), *signs.guarded("blame", "lecture")]
    return not rude, rude


def _warm(signs: Signs) -> Finding:
    kind = signs.tone("regard", "drowned")
    return len(kind) > len(signs.tone("sneer", "pretext", "praise")), kind


def _goal(signs: Signs) -> Finding:
    kind = [s for s in signs.shared if s in signs.tone("regard") or s in signs.tone("effect")]
    return bool(kind) and not signs.tone("sneer"), kind


def _promise(signs: Signs) -> Finding:
    given = signs.guarded("gift", "soft_accept", "guarantee")
    return bool(given), given


def _send(signs: Signs) -> str:
    good = all(ANSWERS[name](signs)[0] for name in ("clear_no_read", "firm", "respects", "straight", "three_read"))
    return "gap" if good and not _promise(signs)[0] else "no"


def _worth(signs: Signs) -> int:
    return sum(ANSWERS[name](signs)[0] for name in ("clear_no_read", "firm", "straight", "respects", "warm", "aim_met"))


ANSWERS: dict[str, Callable[[Signs], Finding]] = {
    "clear_no_read": _clear,
    "firm": _firm,
    "names_ask": lambda s: (bool(s.shared), s.shared),
    "straight": _straight,
    "reason_given": _reason,
    "reason_true": _true,
    "reason_educates": _educates,
    "uses_goal": _goal,
    "respects": _respects,
    "warm": _warm,
    "no_flattery": lambda s: (not s.tone("praise"), s.tone("praise")),
    "natural": lambda s: (not s.tone("vague", "pretext", "praise"), s.tone("vague", "pretext", "praise")),
    "aim_met": lambda s: (s.options >= _FEW and not s.tone("vague", "pretext", "sneer"), s.shared),
    "three_read": lambda s: (s.options == _THREE, []),
    "distinct_read": lambda s: (s.options >= _FEW, []),
    "unapproved_promise": _promise,
}
"""The rule for each question; what has none is answered no."""
