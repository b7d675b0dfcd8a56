from datetime import date
from decimal import Decimal

from pipeline.policy.learn.gather import report
from pipeline.policy.learn.report import Count, Drafts, Report
from pipeline.types.answered import Answered
from pipeline.types.business import Business
from pipeline.types.decision import Action
from pipeline.types.quantities import Duration, Flag
from pipeline.types.records import Agreement, Client, Week
from pipeline.types.request import Kind
from tests.fakes import TODAY, business, starter_policy
from tests.policy.learn.pasts import asked, euros, percent

LARK = Client(id="lark", name="Lark", domains=("lark.example",))
SHOP = business(clients=(LARK,))


def learnt(*past: Answered, ours: Business = SHOP) -> Report:
    return report(past, ours, TODAY)


def test_nothing_teaches_nothing() -> None:
    found = learnt()
    assert (found.mails, found.asks, found.noes, found.first, found.months) == (0, 0, 0, None, ())
    assert (found.unread, found.silent) == (0, ())


def not_understood(number: int) -> Answered:
    mail = asked(number, "", action=Action.ESCALATE, code="cannot_tell")
    assert mail.request
    assert mail.decision
    told = mail.request.model_copy(update={"asks": (), "cannot_tell": "no model was there to read it"})
    return mail.model_copy(update={"request": told, "decision": mail.decision.model_copy(update={"asks": ()})})


def test_rules_are_not_judged_on_mails_that_were_not_understood() -> None:
    found = learnt(not_understood(1), not_understood(2))
    assert (found.mails, found.unread, found.silent) == (2, 2, ())
    most = learnt(not_understood(1), asked(2, "discount"), asked(3, "discount"))
    assert (most.mails, most.unread, len(most.silent)) == (3, 1, len(SHOP.policy.rules) - 1)


def test_noes_by_rule_category_and_client() -> None:
    found = learnt(
        asked(1, "discount", fired=("discount", "unpaid_work")),
        asked(2, "discount", sender="ben@owl.example"),
        asked(3, "overdue"),
        asked(4, action=Action.ACCEPT),
    )
    assert (found.asks, found.noes) == (4, 3)
    assert [(r.rule, r.led, r.fired, r.clients) for r in found.rules] == [
        ("discount", 2, 2, 2),
        ("overdue", 1, 1, 1),
        ("unpaid_work", 0, 1, 1),
    ]
    assert found.categories == (Count(name="profit", number=2), Count(name="payment", number=1))
    assert [(c.name, c.number, c.note) for c in found.clients] == [
        ("Lark", 2, ""),
        ("ben@owl.example", 1, "not in clients.yaml"),
    ]


def test_a_refused_ask_of_a_mail_that_went_to_a_person_is_no_no() -> None:
    past = asked(1, "discount").model_copy(update={"action": Action.ESCALATE, "code": "too_few_offers"})
    found = learnt(past)
    assert (found.noes, found.asks) == (0, 1)
    assert found.escalated == (Count(name="too_few_offers", number=1),)


def test_a_mail_of_two_runs_counts_once_as_decided_last() -> None:
    first = asked(1, "discount")
    later = asked(1, action=Action.ACCEPT).model_copy(update={"today": date(2026, 11, 20)})
    assert learnt(first, later).noes == learnt(later, first).noes == 0
    assert learnt(first, later).mails == 1


def test_a_copy_that_was_passed_over_does_not_hide_the_mail() -> None:
    mail = asked(1, "discount")
    copy = mail.model_copy(update={"action": Action.SKIP, "code": "duplicate", "decision": None, "key": "c"})
    assert learnt(mail, copy).noes == learnt(copy, mail).noes == 1


def test_months_without_a_mail_stand_between_those_with_one() -> None:
    found = learnt(asked(1, "discount", on=date(2026, 8, 31)), asked(2, on=date(2026, 11, 1), action=Action.ACCEPT))
    assert [(m.month, m.mails, m.noes) for m in found.months] == [
        ("2026-08", 1, 1),
        ("2026-09", 0, 0),
        ("2026-10", 0, 0),
        ("2026-11", 1, 0),
    ]
    assert found.trend


def test_two_months_are_no_trend() -> None:
    found = learnt(asked(1, "discount", on=date(2026, 10, 31)), asked(2, "discount", on=date(2026, 11, 1)))
    assert len(found.months) == 2
    assert not found.trend


def test_a_mail_dated_ahead_counts_on_the_day_of_its_run() -> None:
    past = asked(1, "discount", on=date(2099, 1, 1)).model_copy(update={"today": TODAY})
    assert [m.month for m in learnt(past).months] == ["2026-11"]


def test_the_same_kind_again_after_a_no() -> None:
    found = learnt(
        asked(3, "discount", on=date(2026, 11, 9)),
        asked(1, "discount", on=date(2026, 9, 1)),
        asked(2, action=Action.ACCEPT, on=date(2026, 10, 1)),
        asked(4, "overdue", kind=Kind.NEW_PROJECT_INQUIRY),
        asked(5, "discount", sender="ben@owl.example"),
    )
    (again,) = found.repeats
    assert (again.client, again.kind, again.times) == ("Lark", "discount", 2)
    assert (again.refused_on, again.last) == (date(2026, 9, 1), date(2026, 11, 9))


def test_silent_rules_say_why() -> None:
    policy = starter_policy().replace(
        "alternatives:\n",
        "  - {id: thin, when: {margin: under 25%}, decide: decline, public: No}\n"
        "  - {id: old, when: {unpaid: yes}, decide: decline, public: No, until: 2026-01-01}\nalternatives:\n",
        1,
    )
    silent = {each.rule: each.why for each in learnt(asked(1, "discount"), ours=business(policy)).silent}
    assert silent["thin"] == "cannot hold yet: no record of yours tells what would be left of the price after our cost"
    assert silent["old"] == "ended on 2026-01-01"
    assert silent["overdue"] == ""
    assert "discount" not in silent


def test_unknown_facts_and_whether_a_rule_waited() -> None:
    found = learnt(
        asked(1, action=Action.ASK, discount=None, deadline=None, unknown=("discount",), discount_total=None),
        asked(2, action=Action.ACCEPT, deadline=None),
    )
    assert [(u.fact, u.number, u.mattered) for u in found.unknown] == [
        ("deadline", 2, 0),
        ("discount", 1, 0),
        ("discount_total", 1, 1),
    ]


def test_offers_by_kind_and_those_never_made() -> None:
    found = learnt(
        asked(1, "discount", offers=("within_limit", "fit_budget", "in_stages")),
        asked(2, "unpaid_work", offers=("quote", "smaller_first", "swap")),
    )
    assert found.drafts_with_offers == 2
    assert found.offered[0] == Count(name="smaller_part", number=2)
    assert "partner" in found.never_offered
    assert "quote" not in found.never_offered


def test_money_says_of_how_many_noes_it_is_known() -> None:
    found = learnt(
        asked(1, "discount", discount=percent(20), list_price=euros(1000)),
        asked(2, "discount", discount=percent(30), price_before=euros(500)),
        asked(3, "discount", discount=None),
        asked(4, "unpaid_work", kind=Kind.FREE_WORK, unpaid=Flag(yes=True), list_price=euros(300)),
        asked(5, "overdue", kind=Kind.NEW_PROJECT_INQUIRY, list_price=euros(4000)),
        asked(6, "overdue", kind=Kind.NEW_PROJECT_INQUIRY),
        asked(7, action=Action.ACCEPT, kind=Kind.NEW_PROJECT_INQUIRY, list_price=euros(9000)),
    )
    assert [(m.name, m.n, m.known, m.total) for m in found.money] == [
        ("discounts refused", 3, 2, Decimal("350.00")),
        ("work asked for without pay", 1, 1, Decimal("300.00")),
        ("other work declined, at list price", 2, 1, Decimal("4000.00")),
    ]
    assert found.money[0].note == "20 to 30 per cent, read in 2 of 3"


def test_room_is_booked_against_capacity_unless_it_is_stated() -> None:
    weeks = tuple(Week(week=f"2026-W4{n}", capacity=Decimal(40), booked=Decimal(50)) for n in (8, 7))
    ours = SHOP.model_copy(update={"weeks": weeks})
    found = learnt(asked(1, "discount", hours_needed=Duration(number=Decimal(6), unit="hours")), asked(2), ours=ours)
    assert [week.week for week in found.room.weeks] == ["2026-W47", "2026-W48"]
    assert (found.room.known, found.room.n) == (1, 2)
    assert found.room.demand == 125
    assert found.room.asked == 6
    stated = ours.profile.model_copy(update={"demand_to_capacity": Decimal("0.8")})
    assert learnt(ours=ours.model_copy(update={"profile": stated})).room.demand == 80
    assert learnt().room.demand is None


def test_what_to_set_straight_in_the_next_agreement() -> None:
    client = LARK.model_copy(update={"agreement": Agreement(updated=date(2026, 1, 1), changes=(date(2026, 3, 1),))})
    found = learnt(
        asked(1, "out_of_scope", kind=Kind.SCOPE_ADDITION, on=date(2026, 11, 1)),
        asked(2, "out_of_scope", kind=Kind.SCOPE_ADDITION, on=date(2026, 11, 2)),
        asked(3, "discount", on=date(2026, 11, 3)),
        asked(4, "discount", sender="ben@owl.example"),
        asked(5, "no_capacity", kind=Kind.RUSH_DEADLINE),
        asked(6, "no_capacity", kind=Kind.RUSH_DEADLINE, sender="ben@owl.example"),
        ours=business(clients=(client,)),
    )
    assert found.untold == (Count(name="out_of_scope", number=2),)  # no_capacity states a day: it can't be told ahead
    (lark,) = found.straight
    assert lark.client == "Lark"
    assert lark.points == (
        "out_of_scope: 2 noes; they are not told upfront",
        "scope addition: asked for again once after the no of 2026-11-01",
        "scope: changed once since the agreement was last updated",
    )


def test_mails_of_another_policy_are_counted() -> None:
    assert learnt(asked(1, "discount")).other_policy == 1


def test_what_people_did_with_drafts_is_passed_on() -> None:
    assert report((), SHOP, TODAY, Drafts(n=4, edited=1)).drafts == Drafts(n=4, edited=1, gone=0)
