"""The account of a decision by examples, and what holds of every account."""

from datetime import date
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.policy.decide import decide, decide_on
from pipeline.policy.explain.account import Account, RuleTold
from pipeline.policy.explain.told import explain
from pipeline.policy.explain.uncomputed import uncomputed
from pipeline.policy.facts import BY_NAME
from pipeline.policy.resolve import resolve
from pipeline.types.business import Business
from pipeline.types.decision import Action, Decision, Result
from pipeline.types.quantities import Day, Flag, Percent
from pipeline.types.records import Client
from pipeline.types.request import Ask, Fact, Kind, Request, State
from tests.fakes import TODAY, business, message
from tests.policy.explain.mails import QUOTE, firm, requests

MAIL = message("Could you help?")
quick = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def fact(name: str, value: Percent | Day | Flag | None) -> Fact:
    return Fact(name=name, state=State.KNOWN if value else State.UNKNOWN, value=value, quote=QUOTE)


def told(kind: Kind, *facts: Fact, ours: Business | None = None, mail: tuple[Fact, ...] = ()) -> Account:
    ask = Ask(number=1, kind=kind, quote=QUOTE, service="everyday", facts=facts)
    return explain(MAIL, Request(asks=(ask,), facts=mail, language="en"), ours or business(), TODAY)


def rule(account: Account, name: str) -> RuleTold:
    return next(rule for rule in account.asks[0].rules if rule.id == name)


def discount(number: int) -> Fact:
    return fact("discount_asked", Percent.model_validate({"number": number}))


def test_a_fired_rule_tells_value_limit_source_words_and_what_would_turn_it() -> None:
    fired = rule(told(Kind.DISCOUNT, discount(30)), "discount")
    assert (fired.result, fired.decide, fired.flip) == (Result.FIRED, Action.DECLINE, "discount total at most 10%")
    cell = fired.conditions[0]
    assert (cell.fact, cell.value, cell.must) == ("discount_total", "30%", "over max_discount (10%)")
    assert (cell.holds, cell.source, cell.quote) == (True, "derived from mail:0-9", "Could you")
    assert (cell.part, cell.flip, cell.private) == ("when", "discount total at most 10%", False)


def test_a_rule_that_did_not_fire_tells_what_it_would_take() -> None:
    quiet = rule(told(Kind.DISCOUNT, discount(5)), "discount")
    assert (quiet.result, quiet.flip) == (Result.NO, "discount total over 10%")
    assert rule(told(Kind.DISCOUNT), "lead_time").flip == (
        "lead days under 5 working days and kind none of information_request, refund_or_blame, payment_terms, discount"
    )


def test_an_unknown_fact_is_named_with_who_can_tell_it_and_the_question() -> None:
    unread = told(Kind.DISCOUNT)
    assert (unread.decision, unread.range) == (Action.ASK, (Action.ACCEPT, Action.DECLINE))
    assert rule(unread, "discount").flip == "to know discount total"
    assert [(m.fact, m.owner, m.because) for m in unread.missing] == [
        ("discount_total", "client", "one discount has no figure")
    ]
    assert unread.missing[0].question == unread.questions[0] == "Which reduction or which price do you have in mind?"
    assert unread.asks[0].why == (
        "no rule surely refuses it, but discount might: discount total is unknown, and the client can tell it"
    )


def test_a_dormant_rule_names_the_record_that_nobody_keeps() -> None:
    asleep = rule(told(Kind.OTHER), "no_capacity")
    assert asleep.result is Result.DORMANT
    assert asleep.note == ("before we are free is never worked out, as booked_until (profile.yaml) is not on record")


def test_a_fact_that_was_never_worked_out_says_which_record_or_word_is_missing() -> None:
    ours = firm()
    known = {c.fact: c for r in told(Kind.OTHER, ours=ours).asks[0].rules for c in r.conditions if c.because}
    assert (known["margin"].value, known["margin"].because) == (
        "not worked out",
        "the mail names nothing of your price list",
    )
    assert known["lead_days"].because == "the mail names no day by which it is wanted"
    assert known["overdue_days"].because == "no invoice of theirs is open and past due"


def test_every_fact_that_may_not_be_worked_out_has_a_sentence_for_each_thing_it_takes() -> None:
    ours = firm()
    facts = resolve(MAIL, Request(asks=(), language="en"), ours, TODAY)
    derived = [n for n, spec in BY_NAME.items() if spec.level in {"record", "derived"} and spec.type != "flag"]
    asked = {n: uncomputed(n, facts.asks[0], facts) for n in derived if n in facts.asks[0]}
    assert [n for n, why in asked.items() if not why and facts.asks[0][n].state is State.ABSENT] == []


def test_the_lead_is_told_by_rank_and_by_the_order_of_the_file() -> None:
    both = told(Kind.SCOPE_ADDITION, fact("extra_scope", Flag(yes=True)), fact("unpaid", Flag(yes=True)))
    assert both.asks[0].why == "out_of_scope says decline, and stands before unpaid_work in the file"
    threat = told(Kind.DISCOUNT, discount(30), mail=(fact("threat", Flag(yes=True)),))
    assert threat.asks[0].why == "threat says escalate, the strongest of what fired; weaker: discount (decline)"


def test_what_we_are_obliged_to_do_is_told_with_its_clause() -> None:
    client = Client.model_validate(
        {
            "id": "lark",
            "name": "Lark",
            "domains": ["lark.example"],
            "agreement": {"scope": [{"what": "two rounds", "obliges": True}]},
        }
    )
    agreed = Fact(name="agreed", state=State.KNOWN, value=Flag(yes=True), quote=QUOTE, note="two rounds")
    owed = told(Kind.FREE_WORK, fact("unpaid", Flag(yes=True)), agreed, ours=business(clients=(client,)))
    assert (owed.decision, owed.code) == (Action.ESCALATE, "obliged")
    assert owed.asks[0].why == "unpaid_work would decline, but we are obliged to do it (two rounds)"
    assert owed.private == ("We are obliged to do it: two rounds.",)


def test_a_reader_that_abstains_leaves_nothing_to_tell_but_that() -> None:
    unsure = explain(MAIL, Request(asks=(), cannot_tell="no idea"), business(), TODAY)
    assert (unsure.decision, unsure.code, unsure.asks) == (Action.ESCALATE, "cannot_tell", ())
    assert unsure.why.startswith("whoever read the mail could not tell")


def test_offers_are_told_with_their_values_and_the_public_reason_filled_in() -> None:
    account = told(Kind.DISCOUNT, discount(30))
    assert account.public[0].text.startswith("10% is the most we can move")
    assert account.alternatives.eligible[0].text == "10% off when the whole is ordered at once"
    assert account.alternatives.offer_exactly == 3


def test_the_id_is_that_of_policy_facts_and_day() -> None:
    one, same, other = (told(Kind.DISCOUNT, discount(n)) for n in (30, 30, 31))
    assert one.decision_id == same.decision_id != other.decision_id
    assert len(one.decision_id) == 16
    request = Request(asks=(Ask(number=1, kind=Kind.DISCOUNT, quote=QUOTE, facts=(discount(30),)),), language="en")
    days = [explain(MAIL, request, business(), day).decision_id for day in (TODAY, date(2026, 11, 20))]
    assert days[0] != days[1]


@quick
@given(requests())
def test_the_same_facts_policy_and_day_give_the_same_bytes(request: Request) -> None:
    again = Request.model_validate_json(request.model_dump_json())
    accounts = [explain(MAIL, each, firm(), TODAY).model_dump_json() for each in (request, again)]
    decisions = [decide(MAIL, each, firm(), TODAY).model_dump_json() for each in (request, again)]
    assert accounts[0] == accounts[1]
    assert decisions[0] == decisions[1]


@quick
@given(requests())
def test_the_account_is_of_the_decision_that_is_made(request: Request) -> None:
    decision, account = decide(MAIL, request, firm(), TODAY), explain(MAIL, request, firm(), TODAY)
    assert (account.decision, account.code) == (decision.action, decision.code)
    assert [o.id for o in account.alternatives.eligible] == [o.id for o in decision.offers]
    for told_, asked in zip(account.asks, decision.asks, strict=True):
        assert told_.low.rank <= told_.high.rank
        assert [r.id for r in told_.rules if r.result is Result.FIRED] == list(asked.fired)
        assert asked.action in {told_.low, told_.high} or asked.action in {Action.ASK, Action.ESCALATE}


@quick
@given(requests(), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_the_rules_picks_the_lead_and_nothing_else(
    request: Request,
    random: Random,
    keep_leads: bool,  # noqa: FBT001 - hypothesis draws it
) -> None:
    plain = decide(MAIL, request, firm(), TODAY)
    policy = firm().policy
    rules = list(policy.rules)
    random.shuffle(rules)
    if keep_leads:  # those of one rank stay as they stand
        rules.sort(key=lambda r: (-r.decide.rank, r.line))
    shuffled = firm().model_copy(update={"policy": policy.model_copy(update={"rules": tuple(rules)})})
    other = decide(MAIL, request, shuffled, TODAY)
    assert seen(plain) == seen(other)
    if keep_leads:
        assert (plain.action, plain.code) == (other.action, other.code)
        assert {o.id for o in plain.offers} == {o.id for o in other.offers}
        assert {q.id for q in plain.questions} == {q.id for q in other.questions}


def seen(decision: Decision) -> list[tuple[Action, set[str], set[str]]]:
    """Each ask's own action, and which rules fired or could not be read."""
    return [(ask.action, set(ask.fired), set(ask.unknown)) for ask in decision.asks]


@quick
@given(requests())
def test_untold_it_is_the_same_decision(request: Request) -> None:
    facts = resolve(MAIL, request, firm(), TODAY)
    whole, bare = decide_on(facts, None), decide_on(facts, None, told=False)
    stripped = tuple(ask.model_copy(update={"trace": (), "facts": ()}) for ask in whole.asks)
    assert whole.model_copy(update={"asks": stripped, "facts": ()}) == bare
