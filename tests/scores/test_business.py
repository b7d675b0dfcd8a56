"""The business cases hold their bar: 95 % of 48, by what a careful reader noted in each mail."""

import pytest

from tests.scores import recorded
from tests.scores.business import Row, business, cases, rows


@pytest.fixture(scope="module")
def decided() -> list[Row]:
    return list(rows())


def test_at_least_95_percent_are_handled_and_led_as_labelled(decided: list[Row]) -> None:
    both = [row for row in decided if row.handled and row.led]
    assert len(both) >= 0.95 * len(decided) == 0.95 * 48


def test_nothing_that_the_agreement_obliges_us_to_do_is_refused(decided: list[Row]) -> None:
    owed = [row for row in decided if "obliged" in row.case.gold.reasons]
    assert len(owed) == 5
    assert {row.decision.action.value for row in owed} == {"accept"}


def test_every_decline_offers_three_kinds(decided: list[Row]) -> None:
    declined = [row.decision for row in decided if row.decision.action.value == "decline"]
    assert declined
    assert all(len({offer.kind for offer in decision.offers}) >= 3 for decision in declined)


def test_every_case_has_its_records_in_form() -> None:
    for case in cases():
        assert bool(business(case).clients) == bool(case.records.client)


async def test_a_capable_models_reading_comes_to_the_same() -> None:
    done = await recorded.rows()
    assert sum(row.handled and row.led for row in done) >= 0.95 * len(done) == 0.95 * 48
