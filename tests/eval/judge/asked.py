"""A small rubric, a draft to judge and a judge's replies, which the tests of this room share."""

from eval.judge.subject import Subject, from_text
from eval.types.rubric import Axis, By, Criterion, Rubric

DRAFT = "Dear Mia,\n\nWe can’t take 30 % off – the\nposters would lose their proof.\n\nAda"  # noqa: RUF001 - as people type


def _asked(name: str, **more: object) -> Criterion:
    asked = {"id": name, "by": By.JUDGE, "family": "stance", "says": f"{name}.", "question": f"{name}?"}
    return Criterion.model_validate(asked | more)


RUBRIC = Rubric(
    name="small",
    version="v1",
    hash="r" * 64,
    criteria=(
        _asked("clear", quotes="yes"),
        _asked("firm"),
        _asked("rude", good="no", quotes="yes"),
        _asked("fits", each="offer"),
        *(_asked(name, question="") for name in ("send", "care", "challenge", "candor")),
    ),
    care=Axis(base=1, weights={"rude": 3}),
    challenge=Axis(base=1, weights={"clear": 2, "firm": 2}),
    contradictions=(("clear=no", "firm=yes"), ("send=yes", "rude=yes")),
)
"""Of a subject with two alternatives it asks: clear, firm, rude, fits:1, fits:2."""


def subject(draft: str = DRAFT, mail: str = "Could we get 30 % off?") -> Subject:
    told = from_text(language="en", subject="Posters", mail=mail, draft=draft, firm="Plum & Press")
    return told._replace(offers=2)


def said(send: str = "yes", quote: str = "", **answers: str) -> dict[str, object]:
    """A JudgeReply: a good one, but for the answers that are named (``fits1`` for ``fits:1``)."""
    good = {"clear": "yes", "firm": "yes", "rude": "no", "fits1": "yes", "fits2": "yes"} | answers
    claims = [
        {"id": name.replace("fits", "fits:"), "reason": "so", "quote": quote or _words(name), "answer": answer}
        for name, answer in good.items()
    ]
    return {"answers": claims, "send": {"reason": "fine", "quote": "", "answer": send}}


def _words(name: str) -> str:
    return "We can't take 30 % off - the posters" if name == "clear" else ""
