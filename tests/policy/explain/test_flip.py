"""What would turn a rule round, by examples; and that it does, where it can be tried out."""

import pytest

from pipeline.policy.explain.flip import cell_flip, met, rule_flip, unmet
from pipeline.policy.explain.told import explain
from pipeline.policy.load import load_policy
from pipeline.policy.resolve import resolve
from pipeline.types.decision import Result
from pipeline.types.policy import Rule
from pipeline.types.quantities import Count, Flag, Percent, Quantity
from pipeline.types.request import Ask, Fact, Kind, Request, State
from tests.fakes import TODAY, business, message
from tests.policy.explain.mails import QUOTE

MAIL = message("Could you help?")


def rule(body: str) -> Rule:
    text = f"version: 1\nsettings: {{most: 10%}}\nrules:\n  - {{id: it, decide: escalate, {body}}}\n"
    return load_policy(text, "policy.yaml").rules[0]


@pytest.mark.parametrize(
    ("cell", "holding", "failing"),
    [
        ("discount: over most", "discount over 10%", "discount at most 10%"),
        ("round: at least 3", "round at least 3", "round under 3"),
        ("lead_days: under 5 working days", "lead days under 5 working days", "lead days at least 5 working days"),
        ("unpaid: yes", "unpaid: yes", "unpaid: no"),
        ("unpaid: not yes", "unpaid: no", "unpaid: yes"),
        ("tier: key", "tier is key", "tier not key"),
        ("tier: not key", "tier not key", "tier is key"),
        ("tier: [key]", "tier is key", "tier not key"),
        ("tier: [key, new]", "tier one of key, new", "tier none of key, new"),
    ],
)
def test_a_cell_and_its_opposite_in_words(cell: str, holding: str, failing: str) -> None:
    read = rule(f"when: {{{cell}}}").when[0]
    assert (met(read), unmet(read)) == (holding, failing)


def flips(body: str, **given: Quantity | None) -> tuple[Result, str]:
    told = rule(body)
    facts = tuple(
        Fact(name=n, state=State.KNOWN if v is not None else State.UNKNOWN, value=v, quote=QUOTE)
        for n, v in given.items()
    )
    ask = Ask(number=1, kind=Kind.OTHER, quote=QUOTE, service="everyday", facts=facts)
    ours = business()
    ours = ours.model_copy(update={"policy": ours.policy.model_copy(update={"rules": (told,)})})
    request = Request(asks=(ask,), language="en")
    result = explain(MAIL, request, ours, TODAY).asks[0].rules[0].result
    read = resolve(MAIL, request, ours, TODAY).asks[1]
    assert all(cell_flip(cell, read) for cell in told.conditions)
    return result, rule_flip(told, result, read)


YES, THIRTY = Flag(yes=True), Percent.model_validate({"number": 30})


def test_one_line_of_when_is_enough_to_keep_a_rule_from_firing() -> None:
    assert flips("when: {unpaid: yes, discount: over most}", unpaid=YES, discount_asked=THIRTY) == (
        Result.FIRED,
        "unpaid: no, or discount at most 10%",
    )


def test_every_case_that_holds_must_be_broken() -> None:
    body = "any: [{unpaid: yes, extra_scope: yes}, {discount: over most}, {round: at least 9}]"
    assert flips(body, unpaid=YES, extra_scope=YES, discount_asked=THIRTY) == (
        Result.FIRED,
        "(unpaid: no or extra scope: no) and discount at most 10%",
    )


def test_an_exception_that_lacks_something_is_another_way() -> None:
    body = "when: {unpaid: yes}, unless: [{tier: key, offers_payment: yes}, {extra_scope: yes}]"
    assert flips(body, unpaid=YES)[1] == "unpaid: no, or tier is key and offers payment: yes, or extra scope: yes"


def test_a_quiet_rule_would_need_all_that_fails() -> None:
    assert flips("when: {unpaid: yes, discount: over most}", discount_asked=THIRTY) == (Result.NO, "unpaid: yes")
    body = "when: {unpaid: yes}, any: [{extra_scope: yes, round: at least 3}, {abuse: yes}], unless: {tier: new}"
    assert flips(body) == (Result.NO, "unpaid: yes and abuse: yes and tier not new")


def test_an_unknown_rule_wants_to_know() -> None:
    assert flips("when: {round: over 2}", revision_round=None) == (Result.UNKNOWN, "to know round")
    assert flips("when: {round: over 2}", revision_round=Count(number=3))[0] is Result.FIRED
