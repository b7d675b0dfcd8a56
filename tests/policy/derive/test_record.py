import pytest

from pipeline.types.request import Fact, Kind, State
from tests.policy.derive.shop import QUOTE, YES, ask, derived, shop


def test_the_oldest_open_invoice_counts() -> None:
    invoices = [
        {"client": "lark", "number": "1", "amount": 1, "due": "2026-11-09"},
        {"client": "lark", "number": "2", "amount": 1, "due": "2026-10-20"},
        {"client": "lark", "number": "3", "amount": 1, "due": "2026-01-20", "paid_on": "2026-11-01"},
    ]
    assert derived(shop(), ask(Kind.OTHER), invoices=invoices)["overdue_days"] == "30"


def test_an_invoice_within_its_time_is_not_overdue() -> None:
    open_ = [{"client": "lark", "number": "1", "amount": 1, "due": "2026-11-19"}]
    assert "overdue_days" not in derived(shop(), ask(Kind.OTHER), invoices=open_)


def test_threats_are_forgotten_after_a_year() -> None:
    told = Fact(name="leave_threat", state=State.KNOWN, value=YES, quote=QUOTE)
    got = derived(shop(), ask(Kind.OTHER), mail=(told,), threats=["2025-11-18", "2025-11-19", "2026-06-01"])
    assert got["threats_total"] == "3"


def test_changes_of_scope_since_the_agreement_was_updated() -> None:
    agreed = {"updated": "2026-05-01", "changes": ["2026-04-30", "2026-05-02", "2026-06-02", "2026-11-20"]}
    got = derived(shop(), ask(Kind.OTHER), agreement=agreed)
    assert (got["scope_changes"], got["agreement_age"]) == ("2", "202")


def test_an_agreement_of_a_later_day_has_no_age_yet() -> None:
    got = derived(shop(), ask(Kind.OTHER), agreement={"updated": "2026-11-20", "changes": ["2026-11-21"]})
    assert not {"agreement_age", "scope_changes"} & set(got)


@pytest.mark.parametrize(("profile", "demand"), [({"demand_to_capacity": "1.2"}, "120"), ({}, "75")])
def test_demand_is_stated_or_counted_from_the_weeks(profile: dict[str, str], demand: str) -> None:
    from decimal import Decimal

    stated = {name: Decimal(words) for name, words in profile.items()}
    assert derived(shop(40, 20, **stated), ask(Kind.OTHER))["demand_to_capacity"] == demand


def test_a_stranger_has_no_record() -> None:
    got = derived(shop(), ask(Kind.OTHER))
    assert (got["client_known"], got["tier"], got["threats_total"]) == ("no", "new", "0")
    assert not {"overdue_days", "revenue_share", "agreement_age", "scope_changes"} & set(got)
