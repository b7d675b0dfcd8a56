import json
import shutil
from pathlib import Path

import pytest

from pipeline.resources import shipped
from tests.cli.conftest import Candor

SMALL = """\
today: 2026-11-19
rows:
  # what we settled in spring
  - {name: a threat, with: {threat: yes}, expect: escalate, lead: threat}
"""
POLICY = """\
version: 1
settings: {max_discount: 10%}
rules:
  - id: threat
    when: {threat: yes}
    decide: escalate
  - id: discount
    when: {discount_total: over max_discount}
    unless: {offers_payment: yes}
    decide: decline
    public: "{max_discount} is the most."
alternatives:
  - {id: one, kind: one, offer: "One"}
  - {id: two, kind: two, offer: "Two", for: [discount], not_for: [threat]}
  - {id: three, kind: three, offer: "Three"}
"""


@pytest.fixture
def folder(here: Path) -> Path:
    shutil.copytree(shipped("fixtures", "starter"), here / "business")
    (here / "business" / "policy.yaml").write_text(POLICY)
    shutil.rmtree(here / "business" / "texts")
    (here / "business" / "policy_test.yaml").write_text(SMALL)
    return here / "business"


def said(text: str) -> str:
    return " ".join(text.split())


def test_a_new_folder_comes_with_a_table_that_holds(candor: Candor) -> None:
    candor("init", "business")
    call = candor("policy", "test")
    assert (call.code, call.err) == (0, "")
    assert "rows, all as expected." in call.out
    assert "small changes to the policy would make a row fail: 100 %." in call.out
    assert max(map(len, call.out.splitlines())) <= 100


def test_what_no_row_notices_is_told_by_rule(candor: Candor, folder: Path) -> None:
    call = candor("policy", "test", "--business", folder)
    assert call.code == 0
    assert "1 row, all as expected." in call.out
    assert "- 'discount_total: at least max_discount' instead of 'over max_discount' (line 7)" in said(call.out)
    assert "candor policy test --suggest" in call.out


def test_a_row_that_fails_shows_each_condition_and_what_it_must_be(candor: Candor, folder: Path) -> None:
    with (folder / "policy_test.yaml").open("a") as file:
        file.write("  - {name: too much, with: {discount_asked: 8%}, expect: decline, lead: discount}\n")
    call = candor("policy", "test")
    assert call.code == 1
    told = said(call.out)
    assert "1 of 2 rows did not come out as expected." in told
    assert "where policy_test.yaml:5 expected decline by discount got accept: no_objection" in told
    assert "rule discount (policy.yaml:7) does not fire" in told
    assert "discount_total is 8%; must be over max_discount (10%): does not hold" in told
    assert "unless: offers_payment is no; must be yes: does not hold" in told


def test_suggested_rows_are_shown_and_nothing_is_written(candor: Candor, folder: Path) -> None:
    call = candor("policy", "test", "--suggest")
    assert call.code == 0
    assert '- name: "discount: discount total 10%"' in call.out
    assert "candor policy test --suggest --write" in call.out
    assert (folder / "policy_test.yaml").read_text() == SMALL


def test_written_rows_stand_below_the_others_and_then_everything_is_noticed(candor: Candor, folder: Path) -> None:
    call = candor("policy", "test", "--suggest", "--write")
    assert call.code == 0
    assert "added to business/policy_test.yaml" in call.out
    text = (folder / "policy_test.yaml").read_text()
    assert text.startswith(SMALL)
    assert "  # Confirm these" in text
    after = candor("policy", "test", "--suggest", "--write")
    assert "100 %" in after.out
    assert (folder / "policy_test.yaml").read_text() == text


def test_without_a_file_one_can_be_made(candor: Candor, folder: Path) -> None:
    (folder / "policy_test.yaml").unlink()
    call = candor("policy", "test")
    assert call.code == 2
    assert call.err == (
        "candor: there is no policy_test.yaml in business; 'candor policy test --suggest --write' makes one\n"
    )
    assert candor("policy", "test", "--suggest", "--write").code == 0
    assert "100 %" in candor("policy", "test").out
    assert (folder / "policy_test.yaml").stat().st_mode & 0o777 == 0o600


def test_rows_are_only_added_where_they_can_be(candor: Candor, folder: Path) -> None:
    (folder / "policy_test.yaml").write_text("rows: [{name: a, expect: accept}]\ntoday: 2026-11-19\n")
    call = candor("policy", "test", "--suggest", "--write")
    assert call.code == 2
    assert "'rows' must come last" in call.err
    assert candor("policy", "test", "--write").err.startswith("candor: --write goes with --suggest")


def test_a_fault_in_the_table_is_one_sentence_with_its_place(candor: Candor, folder: Path) -> None:
    (folder / "policy_test.yaml").write_text(SMALL.replace("threat: yes", "treat: yes"))
    call = candor("policy", "test")
    assert (call.code, call.out) == (2, "")
    assert call.err == "candor: policy_test.yaml:4:36: unknown fact 'treat' (did you mean 'threat'?)\n"


def test_all_of_it_as_one_line_of_json(candor: Candor, folder: Path) -> None:
    with (folder / "policy_test.yaml").open("a") as file:
        file.write("  - {name: too much, with: {discount_asked: 8%}, expect: decline}\n")
    call = candor("policy", "test", "--json")
    assert call.code == 1
    told = json.loads(call.out)
    assert (told["rows"], told["today"]) == (2, "2026-11-19")
    assert told["failed"][0]["misses"] == [{"expected": "decline", "got": "accept: no_objection"}]
    assert told["changes"]["noticed"] < told["changes"]["of"]
    assert {"id", "line", "change"} == set(told["unnoticed"][0])
    assert told["suggested"].startswith("  - name: ")
