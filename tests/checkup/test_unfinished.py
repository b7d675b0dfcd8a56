import shutil
from pathlib import Path

import pytest

from pipeline.business.folder import load_business
from pipeline.checkup.unfinished import unfinished
from pipeline.resources import shipped

MINE = (
    ("profile.yaml", "name: Studio Example", "name: Plum & Press"),
    ("profile.yaml", "hello@studio.example", "hello@plumpress.example"),
    ("profile.yaml", "you@studio.example", "ada@plumpress.example"),
    ("profile.yaml", "domains: [studio.example]", "domains: [plumpress.example]"),
    ("profile.yaml", "  - logo and brand design", "  - posters"),
    ("profile.yaml", "  - legal texts", "  - translations"),
    ("profile.yaml", "  Your Name\n  Studio Example", "  Ada Plum"),
    ("profile.yaml", "Alex Example (Example Film)", "Ivo Reel"),
    ("policy.yaml", "max_discount: 10%", "max_discount: 5%"),
    ("clients.yaml", "name: Weber Joinery", "name: Lark Inn"),
    ("clients.yaml", "name: Northgate Books", "name: Heron Cafe"),
)


def left(folder: Path) -> dict[str, str]:
    """What is told of a folder, by code."""
    return {row.code: f"{row.words.says} {row.words.do}" for row in unfinished(folder, load_business(folder))}


def put(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A starter folder in which somebody has put their own words everywhere."""
    folder = tmp_path / "mine"
    shutil.copytree(shipped("fixtures", "starter"), folder)
    for change in MINE:
        put(folder, *change)
    return folder


def test_a_folder_that_is_filled_in_has_nothing_left(mine: Path) -> None:
    assert left(mine) == {}


@pytest.mark.parametrize(
    ("again", "code", "told"),
    [
        (("name: Plum & Press", "name: Studio Example"), "sample_name", "is still called Studio Example"),
        (("ada@plumpress", "you@studio"), "sample_addresses", "still the example's (you@studio.example)"),
        (("[plumpress.example]", "[studio.example]"), "sample_addresses", "still the example's (studio.example)"),
        (("  - posters", "  - logo and brand design"), "sample_services", "Put what you do at 'services' in"),
        (("  - translations", "  - legal texts"), "sample_not_offered", "who asks for that is told no"),
        (("  Ada Plum", "  Your Name\n  Plum & Press"), "sample_signature", 'still signed "Your Name"'),
        (("Ivo Reel", "Alex Example (Example Film)"), "sample_partners", "sent to Alex Example (Example Film), who is"),
    ],
)
def test_what_is_left_in_the_profile_is_told(mine: Path, again: tuple[str, str], code: str, told: str) -> None:
    put(mine, "profile.yaml", *again)
    found = left(mine)
    assert list(found) == [code]
    assert told in found[code]


def test_what_is_left_of_policy_and_clients_is_told(mine: Path) -> None:
    shutil.copy(shipped("fixtures", "starter", "policy.yaml"), mine)
    put(mine, "clients.yaml", "name: Lark Inn", "name: Weber Joinery")
    found = left(mine)
    assert "10% discount at most" in found["sample_policy"]
    assert "Among the clients are still those of the example: Weber Joinery." in found["sample_clients"]


def test_the_numbers_that_are_named_are_those_of_the_shipped_policy() -> None:
    text = shipped("fixtures", "starter", "policy.yaml").read_text("utf-8")
    assert "max_discount: 10%" in text
    assert "lead_time: 5 working days" in text
