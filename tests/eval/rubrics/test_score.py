"""What a rubric says of drafts, by code: each fault loses on the criterion that names it, and on no other."""

import pytest

from eval.rubrics.score import score
from eval.types.record import Mark
from pipeline.errors import NotRecordedError, RefusedError, TransportError
from pipeline.types.decision import Action
from tests.eval.rubrics.made import (
    DISCOUNT,
    GOOD,
    RUBRIC,
    case,
    drafted,
    failed,
    judgement,
    marks,
    outcome,
    saying,
    without,
)
from tests.fakes import GOOD_DISCOUNT, sentences

SHORT = {"right_length"}  # the good draft of the fakes has 96 words
SKIPPED: dict[str, object] = {"decision": None, "draft": None, "attempts": (), "action": Action.SKIP}
GERMAN = (
    ("aim", "Sie möchten die Plakate vor der Messe hängen sehen, und wir möchten das auch."),
    ("ask:1", "Den gewünschten Nachlass können wir Ihnen leider nicht geben."),
    (
        "rule:discount",
        "Mehr als {rule.discount.max_discount} geht bei uns nicht, sonst fehlt die Zeit für den Probedruck.",
    ),
    ("offer:within_limit", "Bestellen Sie alles zusammen, dann ziehen wir {offer.within_limit.max_discount} ab."),
    ("offer:fit_budget", "Wir verkleinern den Satz auf die Plakate am Eingang, zu unseren üblichen Preisen."),
    ("offer:spread_payment", "Oder Sie zahlen in {offer.spread_payment.instalments} gleichen Raten."),
    ("courtesy", "Welche der drei Möglichkeiten passt Ihnen am besten?"),
)


def test_a_good_draft_passes_all_but_its_length() -> None:
    assert failed(GOOD) == SHORT


@pytest.mark.parametrize(
    ("reply", "criteria"),
    [
        (saying("We can't take {ask.1.discount_asked} off the price.", "The price is a hard one for us."), "clear_no"),
        (
            saying("we'd cut the proofing", "we'd normally cut the proofing, but we'll see what we can do, and"),
            "clear_no",
        ),
        (saying("You want the posters", "You should have planned better, yet you want the posters"), "fair_words"),
        (without("rule:discount"), "reason_present"),
        (without("offer:spread_payment"), "exactly_three"),
        (saying("{offer.spread_payment.instalments} equal", "equal"), "permitted"),
        (saying("equal instalments", "equal instalments over 12 weeks"), "grounded"),
        (saying("and we'd love to see them there", "and we guarantee that they will be perfect"), "no_promise"),
        (saying("to see them there", "to see them there, as we did for Marlowe Confectionery"), "no_leak grounded"),
        (saying("up before the fair", "up **before** the fair"), "plain_form"),
    ],
)
def test_a_fault_that_the_guard_refuses_loses_on_the_criteria_that_name_it(reply: object, criteria: str) -> None:
    assert failed(drafted(reply, GOOD_DISCOUNT)) - SHORT == {*criteria.split(), "first_try"}


def test_in_another_language_the_no_is_lost_too() -> None:
    found = failed(drafted(sentences(*GERMAN), GOOD_DISCOUNT)) - SHORT
    assert found - {"grounded"} == {"right_language", "clear_no", "first_try"}  # read as English, nouns are names


def test_a_repair_by_the_fallback_is_no_merit_of_the_model() -> None:
    found = marks(drafted(without("rule:discount"), RefusedError))
    assert {name for name in ("reason_present", "first_try", "by_model") if found[name] is Mark.FAIL} == {
        "reason_present", "first_try", "by_model",
    }  # fmt: skip
    assert found["grounded"] is Mark.PASS  # the guard has read the refused draft
    assert found["early_no"] is Mark.NA  # and here nobody has


def test_replies_that_are_no_draft_fail_whatever_is_asked_of_one() -> None:
    found = marks(drafted(RefusedError, "oops"))
    assert {found[name] for name in ("first_try", "clear_no", "early_no", "exactly_three", "no_leak")} == {Mark.FAIL}
    assert found["handled"] is Mark.PASS


def test_a_malformed_first_reply_costs_the_first_try_only() -> None:
    assert failed(drafted("oops", GOOD_DISCOUNT)) - SHORT == {"first_try"}


@pytest.mark.parametrize("fault", [TransportError, NotRecordedError])
def test_where_the_machinery_fails_nothing_is_said_of_the_prompt(fault: type) -> None:
    found = marks(outcome(fault), case(Action.DECLINE, facts={"discount_asked": "30%"}), judgement())
    assert set(found.values()) == {Mark.ERROR, Mark.NA}
    assert found["decides_nothing"] is Mark.NA  # asked of letters that ask, and a decline was expected


def test_a_draft_that_broke_on_the_way_leaves_the_reading_to_be_scored() -> None:
    found = marks(drafted(TransportError))
    assert (found["handled"], found["clear_no"]) == (Mark.PASS, Mark.ERROR)


def test_a_reading_that_the_model_refuses_fails_what_a_decline_is_asked() -> None:
    found = marks(outcome(RefusedError), judgement=judgement())
    assert {found[name] for name in ("handled", "kinds_read", "clear_no", "by_model", "send")} == {Mark.FAIL}
    assert {found[name] for name in ("fits", "candor")} == {Mark.NA}, "nobody judges what is not there"


def test_without_a_draft_to_write_none_is_scored() -> None:
    found = marks(GOOD.model_copy(update=SKIPPED), case(Action.DECLINE))
    assert found["handled"] is Mark.FAIL
    assert found["clear_no"] is Mark.NA


def test_what_the_guard_let_pass_wrongly_fails_all_the_same() -> None:
    row = GOOD
    assert row.draft
    kept = tuple(s for s in row.draft.sentences if s.backing != "offer:fit_budget")
    assert "exactly_three" in failed(row.model_copy(update={"draft": row.draft.model_copy(update={"sentences": kept})}))


def test_a_kept_ask_is_scored_where_one_is_expected() -> None:
    assert marks(GOOD)["kept"] is Mark.NA
    assert marks(GOOD, case(keeps=True))["kept"] is Mark.FAIL


def test_every_criterion_gets_one_score_in_the_rubrics_order() -> None:
    found = score(case(), GOOD, judgement(), RUBRIC)
    assert [each.criterion for each in found] == [criterion.id for criterion in RUBRIC.criteria]
    assert Mark.ERROR not in {each.mark for each in found}


def test_a_judge_that_was_to_speak_and_did_not_is_an_error() -> None:
    silent = score(case(), GOOD, None, RUBRIC, judged=True)
    nobody = score(case(), GOOD, None, RUBRIC)
    assert [each.mark for each in silent if each.criterion == "firm"] == [Mark.ERROR]
    assert [each.mark for each in nobody if each.criterion == "firm"] == [Mark.NA]


def test_a_draft_that_never_passes_loses_what_was_found_in_it_and_is_judged_by_nobody() -> None:
    refused = outcome(DISCOUNT, *[without("rule:discount")] * 2, instead=NotRecordedError)
    assert failed(refused) == {"reason_present", "first_try", "by_model"}
    found = marks(refused, judgement=judgement())
    assert found["send"] is Mark.FAIL
    assert found["respects"] is Mark.NA
