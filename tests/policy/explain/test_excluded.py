"""Why an alternative fell away; and that each is either offered or told."""

from hypothesis import HealthCheck, given, settings

from pipeline.policy.decide import decide_on
from pipeline.policy.explain.excluded import excluded
from pipeline.policy.explain.told import explain
from pipeline.policy.offers import menu
from pipeline.policy.resolve import resolve
from pipeline.types.decision import Action
from pipeline.types.quantities import Day, Percent, Quantity
from pipeline.types.request import Ask, Fact, Kind, Request, State
from tests.fakes import TODAY, business, message
from tests.policy.explain.mails import QUOTE, firm, requests

MAIL = message("Could you help?")
POLICY = """
version: 1
settings: {max_discount: 10%, lead_time: 5 working days}
rules:
  - {id: size, when: {discount_total: over max_discount}, decide: decline, public: "Too much."}
  - {id: late, when: {lead_days: under lead_time}, decide: decline, public: "Too soon."}
alternatives:
  - {id: plain, kind: a, offer: "Plain"}
  - {id: for_late, kind: b, offer: "More time", for: [late]}
  - {id: not_late, kind: c, offer: "No hurry", not_for: [late]}
  - {id: fixed, kind: d, offer: "Before the day", when: {date_is_fixed: yes}}
  - {id: too_dear, kind: e, offer: "A fifth off", for: [size], instead: {discount_asked: 20%}}
  - {id: within, kind: f, offer: "A tenth off", instead: {discount_asked: max_discount, deadline: not said}}
  - {id: named, kind: g, offer: "Ask {partner}"}
  - {id: second, kind: h, offer: "Later on", round: 2}
  - {id: parting, kind: i, offer: "Farewell", on: end}
"""


def fallen(*asks: dict[str, Quantity]) -> dict[str, tuple[str, ...]]:
    made = tuple(
        Ask(
            number=n,
            kind=Kind.DISCOUNT if "discount_asked" in facts else Kind.OTHER,
            quote=QUOTE,
            service="everyday",
            facts=tuple(Fact(name=name, state=State.KNOWN, value=v, quote=QUOTE) for name, v in facts.items()),
        )
        for n, facts in enumerate(asks, 1)
    )
    ours = business(POLICY)
    told = explain(MAIL, Request(asks=made, language="en"), ours, TODAY)
    return {each.id: each.because for each in told.alternatives.excluded}


DISCOUNT: dict[str, Quantity] = {"discount_asked": Percent.model_validate({"number": 30})}
RUSH: dict[str, Quantity] = {"deadline": Day(day=TODAY)}


def test_each_alternative_that_fell_away_says_why() -> None:
    assert fallen(DISCOUNT) == {
        "for_late": ("it answers other reasons than size: late",),
        "fixed": ("date is fixed is no, and must be yes",),
        "too_dear": ("the policy would refuse it: size",),
        "named": ("there is nothing to put for {partner}",),
        "second": ("it is kept for round 2",),
        "parting": ("it is meant for 'end'",),
    }


def test_a_rule_that_fired_beside_the_lead_forbids() -> None:
    told = fallen(DISCOUNT | RUSH)
    assert told["not_late"] == ("not for: late, which fired",)
    assert "within" not in told


def test_of_several_asks_each_says_for_itself() -> None:
    told = fallen(DISCOUNT, RUSH)
    assert told["too_dear"] == (
        "ask 1: the policy would refuse it: size",
        "ask 2: it answers other reasons than late: size",
    )
    assert "for_late" not in told


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(requests())
def test_every_alternative_is_offered_or_told(request: Request) -> None:
    facts = resolve(MAIL, request, firm(), TODAY)
    decision = decide_on(facts, None)
    for action in (Action.DECLINE, Action.END):
        if any(ask.action is action for ask in decision.asks):
            offered = {offer.id for offer in menu(action, decision.asks, facts).offers}
            told = {each.id for each in excluded(action, decision.asks, facts)}
            assert offered | told == {a.id for a in firm().policy.alternatives}
            assert not offered & told
