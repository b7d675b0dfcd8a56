from pathlib import Path

import pytest

from eval.suites.load import SuiteError, load_suite, read_suite
from eval.suites.lock import lock
from eval.suites.suite import place_of
from tests.eval.suites.small import Row, case, firm, pair, suite


def test_a_suite_is_its_cases_and_firms(tmp_path: Path) -> None:
    found = load_suite(suite(tmp_path, pair()))

    assert (found.name, found.title) == ("small", "A small suite")
    assert [c.id for c in found.cases] == ["first", "second"]
    assert found.firms["lark"].policy == "starter"


def test_the_hash_follows_the_cases_and_the_policy_but_not_the_order_of_keys(tmp_path: Path) -> None:
    own = firm(policy="mine.yaml")
    (tmp_path / "mine.yaml").write_text("version: 1\n")
    first = load_suite(suite(tmp_path, pair(), [own])).hash
    turned = [dict(reversed(row.items())) for row in pair()]

    assert load_suite(suite(tmp_path, turned, [own])).hash == first
    (tmp_path / "mine.yaml").write_text("version: 1  # as before\n")
    assert load_suite(tmp_path).hash != first
    assert load_suite(suite(tmp_path, [case("third")])).hash != first


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        ([case("a"), case("A")], "cases.jsonl:2: 'A' stands in line 1 already"),
        ([case("a", business="owl")], "cases.jsonl:1: there is no business 'owl' in businesses.jsonl"),
        ([case("a", split="dve")], "cases.jsonl:1: 'split': input should be 'dev' or 'test'"),
        ([case("a", expected={"handling": []})], "cases.jsonl:1: 'expected.handling': tuple should have at least 1"),
    ],
)
def test_faults_name_their_line(tmp_path: Path, cases: list[Row], said: str) -> None:
    found, faults = read_suite(suite(tmp_path, cases))

    assert found is None
    assert faults[0].startswith(said)


def test_two_firms_may_not_share_a_folder(tmp_path: Path) -> None:
    _, faults = read_suite(suite(tmp_path, [case("a", business="a b")], [firm("a b"), firm("a.b")]))

    assert faults == ("businesses.jsonl:2: 'a-b' stands in line 1 already",)


def test_a_policy_that_is_not_there_is_told(tmp_path: Path) -> None:
    _, faults = read_suite(suite(tmp_path, pair(), [firm(policy="startre")]))

    assert faults == (f"businesses.jsonl:1: there is no policy 'startre', shipped or in {tmp_path}",)


def test_a_suite_that_was_copied_without_its_policy_says_which_file_it_lacks(tmp_path: Path) -> None:
    place = suite(tmp_path / "copied", pair(), [firm(policy="../business/policy.yaml")])
    (fault,) = read_suite(place).faults
    assert fault.startswith(
        f"businesses.jsonl:1: there is no policy at {place}/../business/policy.yaml; a suite that was"
    )


def test_a_shipped_suite_goes_by_its_name_unless_a_folder_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_suite(place_of(Path("attacks"))).name == "attacks"
    suite(tmp_path / "attacks", pair())
    assert load_suite(place_of(Path("attacks"))).name == "small"
    assert place_of(Path("no-such-suite")) == Path("no-such-suite")


def test_the_head_of_a_suite_is_checked(tmp_path: Path) -> None:
    (suite(tmp_path, pair()) / "suite.yaml").write_text("schema: 2\nname: small\ntitle: A small suite\n")
    assert "suite.yaml:1:9: 'schema'" in read_suite(tmp_path).faults[0]
    (tmp_path / "suite.yaml").unlink()
    assert read_suite(tmp_path).faults[0].startswith("suite.yaml is missing")


def test_loading_says_the_first_fault_and_how_many_more(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match=r"twice|already \(and 1 more\); 'candor eval suite check"):
        load_suite(suite(tmp_path, [case("a"), case("a"), case("a")]))
    with pytest.raises(SuiteError, match=r"there is no suite at .*; by name there are .*decline, pushback"):
        load_suite(tmp_path / "nowhere")


def test_a_suite_with_an_edited_test_case_is_not_loaded(tmp_path: Path) -> None:
    lock(load_suite(suite(tmp_path, pair())))
    suite(tmp_path, [case("first"), case("second", split="test", day="2026-05-05")])

    with pytest.raises(SuiteError, match="'second' or its business was edited"):
        load_suite(tmp_path)
