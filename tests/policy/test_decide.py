"""The decision by examples: what the mail states (as a verified Request) and what the starter policy makes of it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from pipeline.policy.decide import decide
from pipeline.policy.load import load_policy
from pipeline.types.decision import Action, Decision, Result
from pipeline.types.policy import Rule
from pipeline.types.quantities import Choice, Count, Day, Duration, Flag, Money, Percent, Quantity
from pipeline.types.records import Client
from pipeline.types.request import Ask, Fact, Kind, Quote, Request, State
from tests.fakes import TODAY, business, message
from tests.policy.derive.shop import ask as of_posters
from tests.policy.derive.shop import posters, shop

QUOTE = Quote(part="body", start=0, end=4, text="Could you")
YES = Flag(yes=True)


def fact(name: str, value: Quantity | None) -> Fact:
    return Fact(name=name, state=State.KNOWN if value else State.UNKNOWN, value=value, quote=QUOTE)


def ask(kind: Kind, number: int = 1, service: str = "everyday", **facts: Quantity | None) -> Ask:
    return Ask(
        number=number, kind=kind, quote=QUOTE, service=service, facts=tuple(fact(n, v) for n, v in facts.items())
    )


def decided(*asks: Ask, mail: Mapping[str, Quantity | None] | None = None, **record: object) -> Decision:
    request = Request(asks=asks, facts=tuple(fact(n, v) for n, v in (mail or {}).items()), language="en")
    booked = record.pop("booked_until", None)
    clients = (
        (Client.model_validate({"id": "lark", "name": "Lark", "domains": ["lark.example"], **record}),)
        if record
        else ()
    )
    assert booked is None or isinstance(booked, date)
    return decide(message("Could you help?"), request, business(booked_until=booked, clients=clients), TODAY)


def percent(number: int) -> Percent:
    return Percent(number=Decimal(number))


@pytest.mark.parametrize(
    ("given", "action", "code"),
    [
        (ask(Kind.DISCOUNT, discount_asked=percent(10)), Action.ACCEPT, "no_objection"),
        (ask(Kind.DISCOUNT, discount_asked=percent(11)), Action.DECLINE, "discount"),
        (ask(Kind.DISCOUNT), Action.ASK, "unknown_fact"),
        (ask(Kind.FREE_WORK, unpaid=YES), Action.DECLINE, "unpaid_work"),
        (ask(Kind.FREE_WORK, unpaid=YES, offers_payment=YES), Action.ACCEPT, "no_objection"),
        (ask(Kind.SCOPE_ADDITION, extra_scope=YES), Action.DECLINE, "out_of_scope"),
        (ask(Kind.RUSH_DEADLINE, deadline=Day(day=date(2026, 11, 25))), Action.DECLINE, "lead_time"),
        (ask(Kind.RUSH_DEADLINE, deadline=Day(day=date(2026, 11, 26))), Action.ACCEPT, "no_objection"),
        (ask(Kind.RUSH_DEADLINE, deadline=None), Action.ASK, "unknown_fact"),
        (ask(Kind.PAYMENT_TERMS, payment_term=None), Action.ASK, "unknown_fact"),
        (ask(Kind.INFORMATION_REQUEST, deadline=Day(day=TODAY)), Action.ACCEPT, "no_objection"),
        (ask(Kind.EXTRA_REVISIONS, revision_round=Count(number=3)), Action.DECLINE, "revisions"),
        (ask(Kind.EXTRA_REVISIONS, revision_round=Count(number=2)), Action.ACCEPT, "no_objection"),
        (ask(Kind.OTHER, service="video"), Action.DECLINE, "out_of_expertise"),
        (ask(Kind.OTHER, service="POSTERS"), Action.ACCEPT, "no_objection"),
        (ask(Kind.OTHER, service="made up"), Action.ACCEPT, "no_objection"),
        (ask(Kind.UNETHICAL_OR_ILLEGAL, wrongdoing=Choice(name="deceptive")), Action.DECLINE, "wrongdoing"),
        (ask(Kind.UNETHICAL_OR_ILLEGAL, wrongdoing=None), Action.ESCALATE, "unknown_fact"),
        (
            ask(Kind.PAYMENT_TERMS, payment_term=Duration(number=Decimal(4), unit="months")),
            Action.DECLINE,
            "payment_terms",
        ),
        (ask(Kind.REFUND_OR_BLAME, fault=Choice(name="client"), unpaid=YES), Action.DECLINE, "their_mistake"),
        (ask(Kind.REFUND_OR_BLAME, fault=Choice(name="us"), unpaid=YES), Action.ESCALATE, "unknown_fact"),
        (ask(Kind.SCOPE_ADDITION, missing_terms=YES), Action.ASK, "unclear"),
    ],
)
def test_one_ask_under_the_starter_policy(given: Ask, action: Action, code: str) -> None:
    decision = decided(given)
    assert (decision.action, decision.code) == (action, code)


@pytest.mark.parametrize(
    ("given", "mail"),
    [
        (ask(Kind.EXTRA_REVISIONS, revision_round=None), {}),
        (ask(Kind.NEW_PROJECT_INQUIRY), {"overdue": None}),
        (ask(Kind.NEW_PROJECT_INQUIRY, discount_asked=None), {}),
        (ask(Kind.IN_SCOPE_REQUEST, price_before=Money(amount=Decimal(1000), currency="EUR"),
             price_wanted=Money(amount=Decimal(950), currency="JPY")), {}),
        (ask(Kind.IN_SCOPE_REQUEST), {"threat": None}),
    ],
)  # fmt: skip
def test_what_was_claimed_and_could_not_be_read_is_never_taken_as_a_yes(
    given: Ask, mail: dict[str, Quantity | None]
) -> None:
    assert decided(given, mail=mail).action in {Action.ASK, Action.ESCALATE}


def test_a_threat_to_leave_that_was_not_found_still_counts() -> None:
    assert decided(ask(Kind.IN_SCOPE_REQUEST), mail={"leave_threat": None}, threats_to_leave=2).action is Action.END


def test_a_doubt_that_would_outrank_the_decision_is_named() -> None:
    decision = decided(ask(Kind.DISCOUNT, discount_asked=percent(30)), mail={"threat": None})
    assert (decision.action, decision.doubts) == (Action.DECLINE, ("threat",))


def test_an_unclear_fault_is_asked_for_even_without_more() -> None:
    decision = decided(ask(Kind.REFUND_OR_BLAME, fault=Choice(name="unclear")))
    assert [q.id for q in decision.questions] == ["evidence"]


def test_two_prices_make_a_discount() -> None:
    half = ask(Kind.DISCOUNT, price_before=Money(amount=Decimal(4212)), price_wanted=Money(amount=Decimal(2000)))
    assert decided(half).code == "discount"


def test_discounts_of_one_mail_add_up() -> None:
    both = decided(ask(Kind.DISCOUNT, 1, discount_asked=percent(6)), ask(Kind.DISCOUNT, 2, discount_asked=percent(6)))
    assert both.action is Action.DECLINE


def test_what_passes_alone_is_kept() -> None:
    decision = decided(ask(Kind.INFORMATION_REQUEST, 1), ask(Kind.FREE_WORK, 2, unpaid=YES))
    assert decision.action is Action.DECLINE
    assert decision.kept == (1,)
    assert {n for offer in decision.offers for n in offer.asks} == {2}


def test_a_threat_is_a_persons_and_insistence_after_a_no_parts_ways() -> None:
    plain = ask(Kind.DISCOUNT, discount_asked=percent(50))
    assert decided(plain, mail={"threat": YES}).action is Action.ESCALATE
    again = ask(Kind.UNETHICAL_OR_ILLEGAL, wrongdoing=Choice(name="unlawful"))
    ended = decided(again, mail={"earlier_no": YES, "insists": YES})
    assert ended.action is Action.END
    assert [offer.id for offer in ended.offers] == ["finish_paid", "hand_over", "successor"]


def test_leaving_is_leverage_twice_and_the_end_the_third_time() -> None:
    assert decided(ask(Kind.IN_SCOPE_REQUEST), mail={"leave_threat": YES}, threats_to_leave=1).action is Action.ACCEPT
    assert decided(ask(Kind.IN_SCOPE_REQUEST), mail={"leave_threat": YES}, threats_to_leave=2).action is Action.END


def test_an_overdue_invoice_stops_new_work_but_not_an_answer() -> None:
    assert decided(ask(Kind.NEW_PROJECT_INQUIRY), overdue_since=date(2026, 10, 1)).code == "overdue"
    assert decided(ask(Kind.NEW_PROJECT_INQUIRY), overdue_since=date(2026, 11, 10)).action is Action.ACCEPT
    assert decided(ask(Kind.INFORMATION_REQUEST), overdue_since=date(2026, 10, 1)).action is Action.ACCEPT


def test_a_rule_without_its_source_is_dormant_and_wakes_with_it() -> None:
    rush = ask(Kind.NEW_PROJECT_INQUIRY, deadline=Day(day=date(2026, 11, 30)))
    asleep = decided(rush)
    assert {t.result for t in asleep.asks[0].trace if t.rule == "no_capacity"} == {Result.DORMANT}
    assert decided(rush, booked_until=date(2026, 12, 4)).code == "no_capacity"


@pytest.mark.parametrize(
    ("service", "note"),
    [("", "no service of yours was recognised in it"), ("made up", "'made up' is not an entry of profile.yaml")],
)
def test_why_the_trade_is_not_known_is_told_in_words(service: str, note: str) -> None:
    decision = decided(ask(Kind.OTHER, service=service))
    assert [fact.note for fact in decision.facts if fact.name == "expertise"] == [note]


def test_one_reason_is_told_and_the_offers_answer_it() -> None:
    rushed = decided(ask(Kind.OTHER, service="video", deadline=Day(day=date(2026, 11, 20))))
    assert set(rushed.asks[0].fired) == {"out_of_expertise", "lead_time"}
    assert [r.rule for r in rushed.reasons] == ["out_of_expertise"]
    assert "what_to_look_for" in {o.id for o in rushed.offers}
    assert "outside_help" not in {o.id for o in rushed.offers}


def test_an_offer_that_another_fired_rule_forbids_is_not_made() -> None:
    late = decided(ask(Kind.UNETHICAL_OR_ILLEGAL, wrongdoing=Choice(name="unlawful")), mail={"overdue": YES})
    assert (late.action, late.code) == (Action.DECLINE, "wrongdoing")
    assert {o.id for o in late.offers} == {"clean_way", "ask_first", "independent_advice"}


def test_no_new_date_is_offered_for_a_fixed_day() -> None:
    rush = ask(Kind.RUSH_DEADLINE, deadline=Day(day=date(2026, 11, 23)), event_day=Day(day=date(2026, 11, 23)))
    assert "later" not in {o.id for o in decided(rush).offers}
    assert "next_occasion" in {o.id for o in decided(rush).offers}


def test_every_term_of_an_offer_is_computed() -> None:
    terms = {t.name: t.value for o in decided(ask(Kind.FREE_WORK, unpaid=YES)).offers for t in o.terms}
    assert terms["quote_date"] == Day(day=date(2026, 11, 23))


def test_the_trace_tells_value_quote_and_what_would_flip_it() -> None:
    told = next(
        t for t in decided(ask(Kind.DISCOUNT, discount_asked=percent(30))).asks[0].trace if t.rule == "discount"
    )
    assert told.result is Result.FIRED
    assert told.conditions[0].value == "30%"
    assert told.conditions[0].quote == "Could you"
    assert told.conditions[0].must == "over max_discount (10%)"
    assert told.flip == "discount total at most 10%"


def test_the_flip_of_a_rule_with_cases_names_those_that_hold() -> None:
    decision = decided(ask(Kind.EXTRA_REVISIONS, revision_round=Count(number=4)))
    told = next(t for t in decision.asks[0].trace if t.rule == "revisions")
    assert told.flip == "round at most 2 or kind is not extra_revisions"


def test_nothing_asked_is_skipped_and_a_reader_that_abstains_is_believed() -> None:
    assert (decided().action, decided().code) == (Action.SKIP, "no_ask")
    late = decided(overdue_since=date(2026, 9, 1))
    assert (late.action, late.code) == (Action.SKIP, "no_ask"), "a thank-you is not refused for an open invoice"
    unsure = decide(message("?"), Request(asks=(), cannot_tell="no idea"), business(), TODAY)
    assert (unsure.action, unsure.code) == (Action.ESCALATE, "cannot_tell")


@pytest.mark.parametrize("rule", [r for r in business().policy.rules if r.decide is Action.DECLINE], ids=lambda r: r.id)
def test_every_decline_of_the_starter_policy_can_offer_three_kinds(rule: Rule) -> None:
    """Without any record or partner, whether or not the client's date is fixed: what a first day has."""
    fitting = [a for a in business().policy.alternatives if rule.id in a.for_ and "{partner}" not in a.offer.pick("en")]
    for fixed in (Flag(yes=True), Flag(yes=False)):
        kinds = {a.kind for a in fitting if all(c.values == (fixed,) for c in a.when)}
        assert len(kinds) >= 3


def rushed(number: int, day: date) -> Ask:
    return ask(Kind.RUSH_DEADLINE, number, deadline=Day(day=day))


LONG_GONE, OLD_MAIL = date(2026, 11, 4), datetime(2026, 11, 2, tzinfo=UTC)


def of_old_mail(*asks: Ask, settings: Mapping[str, Quantity] | None = None, mail: Sequence[Fact] = ()) -> Decision:
    firm = business()
    policy = firm.policy.model_copy(update={"settings": {**firm.policy.settings, **(settings or {})}})
    written = message("Could you help?").model_copy(update={"sent": OLD_MAIL})
    request = Request(asks=asks, facts=tuple(mail), language="en")
    return decide(written, request, firm.model_copy(update={"policy": policy}), TODAY)


def test_a_mail_about_a_day_long_gone_needs_no_draft_and_keeps_its_trace() -> None:
    decision = of_old_mail(rushed(1, LONG_GONE), rushed(2, date(2026, 11, 3)))
    assert (decision.action, decision.code) == (Action.SKIP, "stale")
    assert decision.private == ("wanted by 2026-11-04, a day long gone",)
    assert decision.asks[0].fired == ("lead_time",)


def test_fourteen_days_are_not_yet_long_unless_the_policy_says_so() -> None:
    assert of_old_mail(rushed(1, date(2026, 11, 5))).code == "lead_time"
    week = {"stale_after": Duration(number=Decimal(1), unit="weeks")}
    assert of_old_mail(rushed(1, date(2026, 11, 5)), settings=week).code == "stale"


def test_one_day_that_may_still_come_keeps_the_mail() -> None:
    assert of_old_mail(rushed(1, LONG_GONE), rushed(2, date(2026, 11, 21))).action is Action.DECLINE
    assert of_old_mail(ask(Kind.FREE_WORK, unpaid=YES)).action is Action.DECLINE


def test_a_day_that_was_past_when_the_client_wrote_is_no_deadline_long_gone() -> None:
    assert decided(rushed(1, LONG_GONE)).code == "lead_time"


def test_a_threat_is_a_persons_however_old_the_day() -> None:
    threat = fact("threat", YES)
    assert of_old_mail(rushed(1, LONG_GONE), mail=[threat]).action is Action.ESCALATE


def test_a_time_to_pay_that_can_not_be_read_is_asked_for() -> None:
    assert [q.id for q in decided(ask(Kind.PAYMENT_TERMS, payment_term=None)).questions] == ["payment"]


OWED = {"agreement": {"scope": [{"what": "restores", "obliges": True}]}}
AGREED = Fact(name="agreed", state=State.KNOWN, value=YES, quote=QUOTE, note="restores")
ABUSED: dict[str, Quantity | None] = {"abuse": YES, "earlier_no": YES}
BLAMED = ask(Kind.REFUND_OR_BLAME, 2, fault=Choice(name="us"))


@pytest.mark.parametrize(
    ("asks", "action", "told"),
    [
        ([ask(Kind.OTHER)], Action.END, ""),
        ([ask(Kind.OTHER).model_copy(update={"facts": (AGREED,)})], Action.ESCALATE, "We are obliged to do it: "),
        ([ask(Kind.OTHER), BLAMED], Action.ESCALATE, "We may be obliged to do it: "),  # nor beside what is not owed
    ],
)
def test_what_the_contract_obliges_us_to_is_no_end(asks: list[Ask], action: Action, told: str) -> None:
    decision = decided(*asks, mail=ABUSED, **OWED)
    assert (decision.action, bool(decision.offers)) == (action, action is Action.END)
    assert any(note.startswith(told) for note in decision.private)


FULL = """\
version: 1
settings: {lead_time: 5 working days}
rules:
  - {id: soon, when: {lead_days: under lead_time}, decide: decline, public: No.}
alternatives:
  - {id: dated, kind: a, offer: "From {earliest_date} on"}
  - {id: turned, kind: b, offer: Later, instead: {deadline: earliest_date}}
  - {id: plain, kind: c, offer: Less}
"""


@pytest.mark.parametrize(
    ("booked", "offered"),
    [
        ((), ["dated", "turned", "plain"]),
        ((40, 30), ["dated", "turned", "plain"]),
        ((40, 40), ["plain"]),  # full to the last week on file: nobody knows when
    ],
)
def test_no_day_is_offered_where_the_weeks_on_file_are_full(booked: tuple[int, ...], offered: list[str]) -> None:
    ours = shop(*booked).model_copy(update={"policy": load_policy(FULL, "policy.yaml")})
    rush = of_posters(Kind.RUSH_DEADLINE, posters(2), deadline=Day(day=date(2026, 11, 24)))
    decision = decide(message("Could you?"), Request(asks=(rush,), language="en"), ours, TODAY)
    assert [offer.id for offer in decision.offers] == offered
