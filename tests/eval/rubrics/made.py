"""Small outcomes for the rubrics: one mail about a discount, down the whole flow with the replies that a test gives."""

import asyncio
from datetime import date

from eval.rubrics.load import load_rubric, questions_of
from eval.rubrics.score import score
from eval.types.case import Case, Expected, Mail
from eval.types.record import Answer, Judgement, Mark
from pipeline.flow import reply
from pipeline.prompts import load_prompts
from pipeline.types.decision import Action
from pipeline.types.outcome import Outcome
from pipeline.types.records import Client
from pipeline.types.request import Kind
from tests.fakes import GOOD_DISCOUNT, TODAY, ScriptedModel, ask, business, message, reading, sentences

RUBRIC = load_rubric("decline@v1")
BODY = "We love the posters and want them up before the fair. Could we get 30% off the set?"
DISCOUNT = reading(ask("discount", "Could we get 30% off", ("discount_asked", "30% off")), aim="up before the fair")
FALLBACK = GOOD_DISCOUNT
LINES = tuple((str(s["backing"]), str(s["text"])) for s in GOOD_DISCOUNT["sentences"])  # type: ignore[attr-defined]
PROMPTS = load_prompts("extract@v1", "draft@v1")
OTHER = Client(id="marlowe", name="Marlowe Confectionery", domains=("marlowe.example",))
FIRM = business(clients=(OTHER,))


def case(*handling: Action, **expected: object) -> Case:
    """The case of that mail; a decline is expected unless another handling is given."""
    return Case(
        id="case",
        language="en",
        business="Plum & Press",
        day=TODAY,
        mail=Mail(subject="A question", name="Mia", address="mia@lark.example", sent=date(2026, 11, 18), body=BODY),
        expected=Expected.model_validate(
            {"handling": handling or (Action.DECLINE,), "kinds": (Kind.DISCOUNT,), **expected}
        ),
    )


def outcome(*replies: object, instead: object = FALLBACK) -> Outcome:
    """What becomes of the mail when a model says this; the fallback writes a good draft, or what comes ``instead``."""
    return asyncio.run(
        reply(
            message(BODY),
            key="k",
            business=FIRM,
            today=TODAY,
            prompts=PROMPTS,
            model=ScriptedModel(*replies),
            fallback=ScriptedModel(instead, name="fallback"),
        )
    )


def drafted(*drafts: object) -> Outcome:
    """The same, the mail read as it should be."""
    return outcome(DISCOUNT, *drafts)


def saying(old: str, new: str) -> dict[str, object]:
    """The good draft with some words replaced."""
    assert any(old in text for _, text in LINES), old
    return sentences(*((backing, text.replace(old, new)) for backing, text in LINES))


def without(*backings: str) -> dict[str, object]:
    """The good draft without what some backings back."""
    return sentences(*(line for line in LINES if line[0] not in backings))


def marks(outcome: Outcome, of: Case | None = None, judgement: Judgement | None = None) -> dict[str, Mark]:
    """Every criterion's mark."""
    found = score(of or case(), outcome, judgement, RUBRIC, judged=judgement is not None)
    return {each.criterion: each.mark for each in found}


def failed(outcome: Outcome) -> set[str]:
    """The criteria by code that fail."""
    return {name for name, mark in marks(outcome).items() if mark is Mark.FAIL}


def judgement(send: str = "yes", **answers: str) -> Judgement:
    """A judge's answers to every question, all of them good but those that are named."""
    good = {criterion.id: criterion.good for criterion in RUBRIC.criteria}
    given = []
    for line in questions_of(RUBRIC, Action.DECLINE, 3):
        name, _, of = line.id.partition(":")
        key = f"{name}_{of}" if of else name
        said = {
            "criterion": name,
            "of": of or None,
            "reason": "so it reads",
            "quote": "",
            "answer": answers.get(key, good[name]),
        }
        given.append(Answer.model_validate(said))
    return Judgement.model_validate(
        {
            "judge": "tester", "prompt": "judge@v1", "prompt_hash": "p", "rubric": "decline@v1",
            "rubric_hash": RUBRIC.hash, "answers": given, "send": send,
        }
    )  # fmt: skip


GOOD = drafted(GOOD_DISCOUNT)
"""The outcome with the good draft."""
