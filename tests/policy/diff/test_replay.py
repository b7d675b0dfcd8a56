"""Two policies over the same past mails: what changes, by which rule, why; and what can't be replayed."""

from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from pipeline.policy.diff.difference import Difference
from pipeline.policy.diff.replay import difference
from pipeline.policy.load import load_policy
from pipeline.types.business import Business
from pipeline.types.decision import Action
from pipeline.types.past import Past
from pipeline.types.policy import Policy
from pipeline.types.quantities import Day, Flag, Percent
from pipeline.types.records import Client
from pipeline.types.request import Fact, Kind, Request, State
from tests.fakes import business, starter_policy
from tests.policy.derive.shop import posters, shop
from tests.policy.diff.pasts import failed, past, skipped

YES = Flag(yes=True)


def percent(number: int) -> Percent:
    return Percent(number=Decimal(number))


def changed(*swaps: tuple[str, str], ours: Business | None = None) -> Business:
    """The starter policy with some words changed."""
    text = starter_policy()
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return (ours or plain()).model_copy(update={"policy": policy(text)})


@cache
def policy(text: str) -> Policy:
    return load_policy(text, "policy.yaml")


@cache
def plain() -> Business:
    return business()


def found(*pasts: Past, new: Business, old: Business | None = None) -> Difference:
    return difference(pasts, old or plain(), new)


HIGHER = ("max_discount: 10%", "max_discount: 20%")


def test_the_same_policy_changes_nothing() -> None:
    same = found(past(discount_asked=percent(15)), past(Kind.FREE_WORK, unpaid=YES), new=changed())
    assert (same.replayed, same.same, same.changes, same.left) == (2, 2, (), ())
    assert same.old == same.new


def test_a_mail_that_changes_tells_from_what_to_what_and_by_which_condition() -> None:
    got = found(past(discount_asked=percent(15)), past(discount_asked=percent(30)), new=changed(HIGHER))
    change = got.changes[0]
    assert (change.number, change.before.action, change.before.code) == (1, Action.DECLINE, "discount")
    assert (change.after.action, change.after.code) == (Action.ACCEPT, "no_objection")
    because = change.because[0]
    assert (because.name, because.before, because.after) == ("discount", "fired (decline)", "not fired")
    assert because.what == ("discount total is 15%, must be over max_discount (20%) (was over max_discount (10%))",)
    assert [(t.before, t.after, t.number) for t in got.transitions] == [(Action.DECLINE, Action.ACCEPT, 1)]
    assert change.of_action


@pytest.mark.parametrize(
    ("swap", "before", "after"),
    [
        (("when: {discount_total: over max_discount}\n    decide: decline",
          "when: {discount_total: over max_discount}\n    decide: escalate"), "fired (decline)", "fired (escalate)"),
        (("when: {discount_total: over max_discount}", "when: {discount_total: over max_discount, tier: key}"),
         "fired (decline)", "not fired"),
        (("- id: discount\n", "- id: other_name\n"), "fired (decline)", "not in the file"),
    ],
)  # fmt: skip
def test_each_way_to_change_a_rule_is_told(swap: tuple[str, str], before: str, after: str) -> None:
    new = changed(swap, *([("for: [discount", "for: [other_name")] if "other_name" in swap[1] else []))
    told = {b.name: b for b in found(past(discount_asked=percent(15)), new=new).changes[0].because}
    assert (told["discount"].before, told["discount"].after) == (before, after)


def test_offers_that_change_alone_are_told_with_the_reason() -> None:
    new = changed(('    offer: "{max_discount} off when', '    when: {tier: key}\n    offer: "{max_discount} off when'))
    change = found(past(discount_asked=percent(30)), new=new).changes[0]
    assert not change.of_action
    assert [(b.name, b.before, b.after, b.what) for b in change.because] == [
        ("within_limit", "offered", "not offered", ("tier is new, and must be key",))
    ]


def obliging(*, obliges: bool) -> Business:
    clause = {"what": "two rounds", "obliges": obliges}
    lark = {"id": "lark", "name": "Lark", "domains": ["lark.example"], "agreement": {"scope": [clause]}}
    return business(clients=(Client.model_validate(lark),))


def test_an_obligation_that_turns_a_no_into_a_persons_matter_is_told_with_its_clause() -> None:
    agreed = Fact(name="agreed", state=State.KNOWN, value=YES, note="two rounds")
    got = found(past(Kind.FREE_WORK, agreed, unpaid=YES), old=obliging(obliges=False), new=obliging(obliges=True))
    assert (got.changes[0].before.code, got.changes[0].after.code) == ("unpaid_work", "obliged")
    assert [(b.name, b.before, b.after, b.what) for b in got.changes[0].because] == [
        (
            "obliged",
            "no",
            "yes",
            ("two rounds", "unpaid_work would decline; what we are obliged to do goes to a person"),
        )
    ]


def test_a_mail_that_changes_for_no_rule_says_what_is_told_of_it() -> None:
    long_ago = past(Kind.SCOPE_ADDITION, deadline=Day(day=date(2026, 10, 1)))
    assert long_ago.message
    undated = long_ago.model_copy(update={"message": long_ago.message.model_copy(update={"sent": None})})
    because = found(undated, new=changed(("settings:\n", "settings:\n  stale_after: 90 days\n"))).changes[0].because
    assert [(b.name, b.before) for b in because] == [("the mail", "stale")]
    assert because[0].what[0] == "every day that anything was wanted by is long gone"


def test_each_mail_is_decided_on_its_own_day() -> None:
    rush = [past(Kind.RUSH_DEADLINE, deadline=Day(day=date(2026, 11, 27)), today=date(2026, 11, n)) for n in (19, 23)]
    got = found(*rush, new=changed(("lead_time: 5 working days", "lead_time: 3 working days")))
    assert [(c.number, c.before.action, c.after.action) for c in got.changes] == [(2, Action.DECLINE, Action.ACCEPT)]


def test_what_cannot_be_replayed_is_named() -> None:
    unsure = past().model_copy(update={"request": Request(asks=(), cannot_tell="no idea")})
    got = found(skipped(), failed(), unsure, past(), new=changed(HIGHER))
    assert [(left.number, left.why) for left in got.left] == [
        (1, "it was passed over unread (machine)"),
        (2, "it failed then (extract: no answer)"),
        (3, "it could not be understood then, so no policy decided it"),
    ]
    assert got.replayed == 1


PRICED = """
  - id: not_profitable
    when: {margin: under 30%}
    decide: decline
    public: "Not at this price."
"""


def with_margin(text: str = PRICED) -> Business:
    return changed(("\nrules:\n", f"\nrules:{text}"), ours=shop(10, 10))


def test_a_mail_that_was_read_without_the_price_list_is_not_replayed_where_that_matters() -> None:
    got = found(past(Kind.OTHER), past(Kind.OTHER, unpaid=YES), new=with_margin())
    assert len(got.left) == 2
    assert {left.why.partition(" and ")[0].partition(", which was")[0] for left in got.left} == {
        "not_profitable reads margin, which needs item"
    }


def test_it_is_replayed_where_a_stronger_rule_decides_anyway() -> None:
    ours = with_margin(PRICED.replace("decide: decline", "decide: ask"))
    got = found(past(Kind.OTHER), past(Kind.FREE_WORK, threat=YES), new=ours)
    assert [left.number for left in got.left] == [1]


def test_under_the_same_records_it_is_replayed() -> None:
    got = found(past(Kind.OTHER, posters(1), price_wanted=None), past(Kind.OTHER, posters(1)),
                old=changed(ours=shop(10, 10)), new=with_margin())  # fmt: skip
    assert got.left == ()


def test_a_judgement_that_only_a_new_rule_asks_for_was_not_asked_for() -> None:
    rule = "\n  - {id: odd, when: {unreasonable: yes}, decide: escalate}\n"
    got = found(past(Kind.OTHER), new=changed(("\nrules:\n", f"\nrules:{rule}")))
    assert [left.why for left in got.left] == ["odd reads unreasonable, which was not asked for when the mail was read"]


def test_entries_that_are_new_on_record_are_remarked() -> None:
    clients = [
        Client.model_validate({"id": "lark", "name": "Lark", "domains": ["lark.example"], "goals": goals})
        for goals in (["walk-ins"], ["walk-ins", "parties"])
    ]
    one, other = (business(clients=(client,)) for client in clients)
    got = found(past(), old=one, new=other)
    assert "goal_harmed was asked for without 1 of the entries that the new records have: parties" in got.remarks


def test_mails_that_another_policy_had_decided_are_counted() -> None:
    hash_ = plain().policy.hash
    assert found(past(policy=hash_), past(policy="another"), new=changed()).otherwise_decided == 1
