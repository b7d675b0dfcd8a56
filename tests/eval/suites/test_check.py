from pathlib import Path

from eval.suites.check import faults
from eval.suites.load import load_suite
from eval.suites.lock import lock
from tests.eval.suites.small import Row, case, firm, pair, suite


def test_a_sound_suite_has_no_faults(tmp_path: Path) -> None:
    lock(load_suite(suite(tmp_path, pair())))

    assert faults(tmp_path) == ()


def test_the_lock_is_told_by_line(tmp_path: Path) -> None:
    lock(load_suite(suite(tmp_path, pair())))
    suite(tmp_path, [case("first"), case("second"), case("third", split="test")])

    assert [said.partition(": ")[0] for said in faults(tmp_path)] == ["cases.jsonl:2", "cases.jsonl:3"]
    suite(tmp_path, [case("first")])
    assert faults(tmp_path) == ("splits.lock.json: the test case 'second' was taken out or renamed",)


def test_a_story_that_stands_in_both_splits_is_told(tmp_path: Path) -> None:
    lock(load_suite(suite(tmp_path, [case("a", cluster="hedge"), case("b", cluster="hedge", split="test")])))

    assert faults(tmp_path) == ("cases.jsonl:2: 'b' is test and 'a' of the same cluster is dev; put both on one side",)


def test_facts_are_those_of_the_catalogue(tmp_path: Path) -> None:
    facts: Row = {
        "discount_aksed": "50%",
        "deadline": "Friday",
        "wrongdoing": "rude",
        "threat": "yes",
        "quantity": "six",
    }
    suite(tmp_path, [case("a", expected={"handling": ["decline"], "facts": facts})])

    assert faults(tmp_path) == (
        "cases.jsonl:1: there is no fact 'discount_aksed' (did you mean 'discount_asked'?)",
        "cases.jsonl:1: the value of 'deadline' is a day, which 'Friday' is not",
        "cases.jsonl:1: 'wrongdoing' is one of unlawful, deceptive, harms_others, not 'rude'",
    )


def test_a_business_that_can_not_be_loaded_is_told_with_its_place(tmp_path: Path) -> None:
    suite(tmp_path, [case("a", business="owl")], [firm(), firm("owl", files={"profile.yaml": {"name": "Owl"}})])

    assert [said.partition(": 'addresses'")[0] for said in faults(tmp_path)] == [
        "businesses.jsonl:2: of 'owl': profile.yaml:1:1"
    ]


def test_faults_of_the_files_come_alone(tmp_path: Path) -> None:
    assert faults(tmp_path / "nowhere") == (f"there is no suite at {tmp_path / 'nowhere'}",)
