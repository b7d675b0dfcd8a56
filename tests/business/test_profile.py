from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.business.places import PROFILE, fault, made


def test_all_that_a_profile_may_say(tmp_path: Path) -> None:
    more = (
        "focus: [owner-run shops]\ndisliked: [wedding stationery]\ncost_per_hour: 42.50\ndemand_to_capacity: 1.2\n"
        "partners: [{name: Rolf, for: [video], notice: 10}, {name: Ida, for: [film]}]\n"
    )
    profile = made(tmp_path, profile=PROFILE + more).profile
    assert (profile.focus, profile.disliked) == (("owner-run shops",), ("wedding stationery",))
    assert (profile.cost_per_hour, profile.demand_to_capacity) == (Decimal("42.50"), Decimal("1.2"))
    assert [partner.notice for partner in profile.partners] == [10, 0]


def test_the_holidays_of_a_country_join_our_own(tmp_path: Path) -> None:
    own = PROFILE + "holidays: [2026-12-24, 2026-03-17]\n"
    assert made(tmp_path, profile=own).profile.holidays == (date(2026, 12, 24), date(2026, 3, 17))
    joined = made(tmp_path, profile=own + "country: ie\n").profile.holidays
    assert joined == tuple(sorted(set(joined)))
    assert {date(2026, 12, 24), date(2026, 3, 17), date(2027, 2, 1)} <= set(joined)


def test_the_holidays_are_part_of_the_hash(tmp_path: Path) -> None:
    german, bavarian = (made(tmp_path, profile=f"{PROFILE}country: DE\n{region}") for region in ("", "region: BY\n"))
    assert german.hash != bavarian.hash


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("country: Ireland\n", "7:10: 'Ireland' is not a country's two-letter code, e.g. IE or DE (did you mean IE?)"),
        ("country: XX\n", "7:10: 'XX' is not a country's two-letter code, e.g. IE or DE"),
        ("country: DE\nregion: Bayern\n", "8:9: 'Bayern' is not a region of Germany: BB, BE, BW, BY,"),
        ("country: IE\nregion: Cork\n", "8:9: Ireland has no regions to choose from: leave 'region' out"),
        ("region: BY\n", "7:9: 'region' needs 'country', e.g. country: DE"),
        ("demand_to_capacity: 120\n", "7:21: a fifth more is 1.2; 120 is a percentage"),
        ("cost_per_hour: -1\n", "7:16: 'cost_per_hour': it can't be less than 0"),
        ("partners: [{name: R, for: [x], notice: soon}]\n", "7:40: 'notice': 'soon' is not a whole number"),
        ("country: [DE]\n", "7:10: 'country': one text is expected here"),
    ],
)
def test_a_fault_in_the_profile(tmp_path: Path, more: str, says: str) -> None:
    assert fault(tmp_path, profile=PROFILE + more).startswith(f"profile.yaml:{says}")


def test_what_may_be_told_beside_a_no_names_rules_that_there_are(tmp_path: Path) -> None:
    told = """
examples: [{id: peeled, for: [RULE], text: {en: "We once cut a set early, and it peeled."}}]
people: [{name: Robin Plum, role: {en: "who plans our weeks"}, for: [RULE]}]
"""
    profile = made(tmp_path, profile=PROFILE + told.replace("RULE", "a")).profile
    assert profile.examples[0].text.pick("en").endswith("peeled.")
    assert (profile.people[0].name, profile.people[0].for_) == ("Robin Plum", ("a",))
    says = "profile.yaml: 'examples' names the rule 'latte', and policy.yaml has none of that id"
    assert fault(tmp_path, profile=PROFILE + told.replace("RULE", "latte")) == says


def test_a_shared_provider_is_not_our_own_domain(tmp_path: Path) -> None:
    shared = PROFILE.replace("plumpress.example]\nservices", "gmx.de]\nservices")
    assert fault(tmp_path, profile=shared).startswith("profile.yaml:3:11: anybody can have an address at gmx.de")
