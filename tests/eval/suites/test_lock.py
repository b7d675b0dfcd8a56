from pathlib import Path

import pytest

from eval.suites.load import Suite, read_suite
from eval.suites.lock import LockError, check, lock
from tests.eval.suites.small import Row, case, firm, pair, suite


def read(folder: Path, cases: list[Row], firms: list[Row] | None = None) -> Suite:
    found, faults = read_suite(suite(folder, cases, firms))
    assert found is not None, faults
    return found


def test_what_is_locked_passes_and_dev_cases_are_free(tmp_path: Path) -> None:
    assert lock(read(tmp_path, pair())) == 1

    assert check(read(tmp_path, [case("first", language="de"), pair()[1], case("third")])) == ()


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        ([case("second", split="test", must=["be kind"])], "'second' or its business was edited"),
        ([case("second")], "'second' was moved to the dev split"),
        ([case("other")], "'second' was taken out or renamed"),
    ],
)
def test_an_edit_a_move_and_a_loss_are_told_and_locked_on_demand(tmp_path: Path, cases: list[Row], said: str) -> None:
    lock(read(tmp_path, pair()))
    now = read(tmp_path, cases)

    assert [said in sentence for sentence in check(now)] == [True]
    with pytest.raises(LockError, match=said):
        lock(now)
    lock(now, accept=True)
    assert check(now) == ()


def test_an_edit_of_the_business_or_of_its_own_policy_is_one_of_its_test_cases(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("version: 1\n")
    lock(read(tmp_path, pair(), [firm(policy="mine.yaml")]))

    (tmp_path / "mine.yaml").write_text("version: 1 # other\n")
    assert "'second' or its business was edited" in check(read(tmp_path, pair(), [firm(policy="mine.yaml")]))[0]
    assert "'second' or its business was edited" in check(read(tmp_path, pair(), [firm(settings={"a": "1"})]))[0]


def test_a_new_test_case_is_told_until_it_is_locked(tmp_path: Path) -> None:
    now = read(tmp_path, pair())

    assert "'second' is not locked" in check(now)[0]
    lock(now)
    assert check(now) == ()


def test_a_broken_lock_is_a_sentence(tmp_path: Path) -> None:
    now = read(tmp_path, pair())
    (tmp_path / "splits.lock.json").write_text("[]")

    with pytest.raises(LockError, match="not a lock that was written by"):
        check(now)
