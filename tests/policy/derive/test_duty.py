from decimal import Decimal

import pytest

from pipeline.types.quantities import Choice, Count, Duration
from pipeline.types.request import Fact, Kind, State
from tests.policy.derive.shop import YES, ask, day, derived, entry, money, posters, shop

RESTORE = {"what": "restores", "obliges": True, "times_per_year": 2}


@pytest.mark.parametrize(
    ("clause", "obliged"),
    [
        (RESTORE | {"used_on": ["2026-03-01"]}, "yes"),
        (RESTORE | {"used_on": ["2026-03-01", "2026-05-01"]}, "no"),
        (RESTORE | {"used_on": ["2026-03-01", "2025-05-01"]}, "yes"),
        ({"what": "restores", "obliges": True, "within_days": 90, "since": "2026-08-21"}, "yes"),
        ({"what": "restores", "obliges": True, "within_days": 90, "since": "2026-08-20"}, "no"),
        ({"what": "restores"}, "no"),
    ],
)
def test_an_entry_of_the_agreement_obliges_within_its_number_and_time(clause: dict[str, object], obliged: str) -> None:
    got = derived(shop(), ask(Kind.IN_SCOPE_REQUEST, entry("agreed", "restores")), agreement={"scope": [clause]})
    assert got["obliged"] == obliged


@pytest.mark.parametrize(
    ("kind", "what", "obliged"),
    [
        (Kind.REFUND_OR_BLAME, "restores", "unknown"),
        (Kind.REFUND_OR_BLAME, "lifts", "no"),
        (Kind.DISCOUNT, "restores", "no"),
    ],
)
def test_a_complaint_that_would_take_money_for_what_we_owe_is_for_a_person(kind: Kind, what: str, obliged: str) -> None:
    wanted = ask(kind, entry("agreed", what), price_cut=money(100))
    assert derived(shop(), wanted, agreement={"scope": [RESTORE, {"what": "lifts"}]})["obliged"] == obliged


@pytest.mark.parametrize(("used", "obliged"), [(1, "yes"), (2, "no")])
def test_a_round_that_is_included_is_owed(used: int, obliged: str) -> None:
    got = derived(shop(), ask(Kind.EXTRA_REVISIONS), revision_rounds_used=used, agreement={"rounds": 2})
    assert got["obliged"] == obliged


def test_a_stranger_is_owed_no_round() -> None:
    assert derived(shop(), ask(Kind.EXTRA_REVISIONS, revision_round=Count(number=1)))["obliged"] == "no"


def test_our_own_mistake_obliges_by_our_record_and_may_by_their_word() -> None:
    blamed, recorded = ask(Kind.REFUND_OR_BLAME, fault=Choice(name="us")), entry("our_mistake", "wrong plate")
    assert derived(shop(), blamed)["obliged"] == "unknown"
    assert derived(shop(), ask(Kind.INFORMATION_REQUEST, recorded))["obliged"] == "yes"
    assert derived(shop(), ask(Kind.REFUND_OR_BLAME, recorded, fault=Choice(name="us")))["obliged"] == "yes"


@pytest.mark.parametrize(
    ("facts", "scope"),
    [
        ([entry("agreed", "site")], "inside"),
        ([entry("excluded", "shop")], "outside"),
        ([entry("agreed", "site"), entry("excluded", "shop")], "unclear"),
        ([entry("extra_scope", "")], "outside"),
    ],
)
def test_scope(facts: list[object], scope: str) -> None:
    assert derived(shop(), ask(Kind.OTHER, *facts))["scope"] == scope  # type: ignore[arg-type]  # facts


@pytest.mark.parametrize(("arrives", "late"), [("2026-11-20", "no"), ("2026-11-23", "yes"), (None, "no")])
def test_the_lead_time_counts_from_when_their_part_arrives(arrives: str | None, late: str) -> None:
    promised = [Fact(name="part_by", state=State.KNOWN, value=day(arrives))] if arrives else []
    got = derived(shop(), ask(Kind.RUSH_DEADLINE, entry("waits_for", "texts"), *promised, deadline=day("2026-11-27")))
    assert (got["client_part_open"], got["client_part_too_late"]) == ("yes", late)


@pytest.mark.parametrize(
    ("facts", "hours"),
    [
        ({"unpaid": YES, "hours_asked": Duration(number=Decimal("1.5"), unit="hours")}, "7"),
        ({"unpaid": YES}, "7"),
        ({"unpaid": YES, "offers_payment": YES}, None),
        ({"unpaid": YES, "pays_with": Choice(name="exposure")}, None),
        ({}, None),
    ],
)
def test_favours_of_this_year_with_this_one(facts: dict[str, object], hours: str | None) -> None:
    favours = [{"on": "2026-02-01", "hours": 2}, {"on": "2025-12-01", "hours": 9}]
    got = derived(shop(), ask(Kind.FREE_WORK, posters(1), **facts), favours=favours)  # type: ignore[arg-type]
    assert got.get("goodwill_after") == hours


def test_a_favour_of_unknown_size_is_unknown() -> None:
    assert derived(shop(), ask(Kind.FREE_WORK, unpaid=YES))["goodwill_after"] == "unknown"


def test_a_favour_after_one_of_unknown_size_is_unknown() -> None:
    asks = ask(Kind.FREE_WORK, unpaid=YES), ask(Kind.FREE_WORK, posters(1), number=2, unpaid=YES)
    assert derived(shop(), *asks)["goodwill_after"] == "unknown"


def test_a_favour_of_a_later_day_is_not_yet_given() -> None:
    wanted = ask(Kind.FREE_WORK, posters(1), unpaid=YES)
    given = [{"on": "2026-11-19", "hours": 2}, {"on": "2026-11-20", "hours": 3}]
    assert derived(shop(), wanted, favours=given)["goodwill_after"] == "7"
