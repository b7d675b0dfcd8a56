"""The schemas of a business folder's files: what fits them is read, and a slip is marked."""

from pathlib import Path

import pytest

from pipeline.business.schema import NAMES, file_schema
from pipeline.resources import shipped
from tests.policy.schema.walk import faults, typed

FILES = sorted(p for name in NAMES for p in shipped("fixtures").rglob(f"{name}.yaml"))

CLIENT = """
clients:
  - id: lark
    name: Lark
    tier: key
    since: 2024-03-01
    revenue_share: 30%
    addresses: mia@lark.example
    domains: [lark.example]
    goals: [more walk-ins]
    agreement:
      updated: 2026-01-02
      budget: 5000
      scope:
        - two rounds of changes
        - {what: small fixes, obliges: yes, times_per_year: 2, used_on: [2026-02-03]}
    waiting_for: [{what: photos, on: 2026-11-02}, logo]
    private_notes:
"""
VOICE = """
name: Lark
addresses: [hello@lark.example]
services: logos
signature: Mia
voice:
  greeting: {en: "Hi {name},", de: {informal: "Hallo {name},", formal: "Guten Tag,"}}
  signoff: {en: "Best,"}
  formality: {de: formal, en: match}
  words: 90 to 180
  use: happy to
  avoid: {en: [alas]}
"""
GOOD = {
    "profile": VOICE,
    "clients": CLIENT,
    "prices": "prices:\n  - {item: poster, price: 300, hours: 5, per: 10}\n",
    "invoices": "invoices:\n  - {client: lark, number: 2026-14, amount: 300.50, due: 2026-10-01, paid_on: }\n",
    "calendar": "weeks:\n  - {week: 2026-W48, capacity: 40, booked: 12.5}\n",
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_files_that_come_with_candor_fit(path: Path) -> None:
    assert faults(typed(path.read_text(encoding="utf-8")), file_schema(path.stem)) == []


@pytest.mark.parametrize("name", GOOD)
def test_a_file_that_is_read_fits(name: str) -> None:
    assert faults(typed(GOOD[name]), file_schema(name)) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("clients", "name: Lark", "nam: Lark"),
        ("clients", "since: 2024-03-01", "since: March"),
        ("clients", "obliges: yes", "obliges: perhaps"),
        ("clients", "tier: key", "formality: Sie"),
        ("profile", "de: formal", "de: Sie"),
        ("profile", 'informal: "Hallo', 'familiar: "Hallo'),
        ("profile", "use: happy to", "use: {en: {de: a}}"),
        ("clients", "budget: 5000", "budget: [5000]"),
        ("clients", "    private_notes:", "    invoices: []"),
        ("prices", "price: 300", "price: -300"),
        ("prices", "price: 300, ", ""),
        ("invoices", "due: 2026-10-01", "due: 1.10.2026"),
        ("calendar", "2026-W48", "48"),
        ("calendar", "weeks:", "week:"),
    ],
)
def test_a_slip_is_marked(name: str, old: str, new: str) -> None:
    assert old in GOOD[name]
    assert faults(typed(GOOD[name].replace(old, new)), file_schema(name))
