from datetime import date

from eval.score import score
from eval.suite import Case, Gold
from pipeline.types.decision import Action
from pipeline.types.outcome import Attempt, Outcome


def case(name: str, *handlings: str) -> Case:
    gold = Gold(expected_handling=handlings[0], acceptable_handling=handlings, primary_kind="discount")
    return Case(
        id=name, language="en", industry="caterer", subject="Hi", from_name="Mia", from_email="mia@lark.example",
        date="2026-11-19", content_type="text/plain", body="Could you?", gold=gold,
    )  # fmt: skip


def outcome(action: Action, *problems: tuple[str, ...]) -> Outcome:
    attempts = tuple(Attempt(stage="draft", model="m", call="c", problems=found) for found in problems)
    return Outcome(key="k", origin="o", today=date(2026, 11, 19), action=action, code="x", attempts=attempts)


def test_strict_counts_the_best_action_lenient_every_acceptable_one() -> None:
    cases = [case("a", "decline"), case("b", "decline", "escalate"), case("c", "accept")]
    found = {"a": outcome(Action.DECLINE), "b": outcome(Action.ESCALATE), "c": outcome(Action.DECLINE)}
    scores = score(found, cases)
    assert (str(scores.strict), str(scores.lenient)) == ("1 of 3 (33%)", "2 of 3 (67%)")
    assert scores.wrong_declines == ("c",)
    assert scores.misses == ("c discount: wanted accept, got decline (x)",)


def test_a_mail_without_an_outcome_is_missed_and_counts_as_a_persons() -> None:
    scores = score({}, [case("a", "decline")])
    assert (scores.lenient.hits, scores.to_a_person.hits, scores.needlessly_to_a_person.hits) == (0, 1, 1)


def test_only_the_first_draft_counts_as_first_try() -> None:
    found = {"a": outcome(Action.DECLINE, ("stance.no_clear_no: say no",), ()), "b": outcome(Action.DECLINE, ())}
    scores = score(found, [case("a", "decline"), case("b", "decline")])
    assert str(scores.first_try) == "1 of 2 (50%)"
    assert scores.findings == {"stance.no_clear_no": 1}
