"""The past outcomes of an output folder, from its export."""

from pathlib import Path

import pytest

from pipeline.batch.history import EXPORT, history, one
from pipeline.errors import OutputError
from pipeline.types.decision import Action
from pipeline.types.outcome import Outcome
from tests.fakes import TODAY, message


def outcome(number: int, action: Action = Action.ACCEPT) -> Outcome:
    key = f"{number:x}" * 64
    return Outcome(
        key=key, origin=f"{number:02}-mail.eml", today=TODAY, action=action, code="", message=message("Could you?")
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [outcome(n).model_dump_json() for n in (10, 11, 12)]
    (tmp_path / EXPORT).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def test_they_come_in_order_with_mail_and_day(folder: Path) -> None:
    past = list(history(folder))
    assert [each.origin for each in past] == ["10-mail.eml", "11-mail.eml", "12-mail.eml"]
    assert past[0].message == message("Could you?")
    assert past[0].today == TODAY


@pytest.mark.parametrize("wanted", ["2", "bbbb", "11-mail.eml", "11-"])
def test_one_is_found_by_number_key_or_file(folder: Path, wanted: str) -> None:
    assert one(folder, wanted).origin == "11-mail.eml"


@pytest.mark.parametrize(("wanted", "sentence"), [("4", "no outcome in"), ("", "no outcome in"), ("zz", "no outcome")])
def test_one_that_is_not_there(folder: Path, wanted: str, sentence: str) -> None:
    with pytest.raises(OutputError, match=sentence):
        one(folder, wanted)


def test_several_are_no_answer(folder: Path) -> None:
    twice = (folder / EXPORT).read_text(encoding="utf-8") * 2
    (folder / EXPORT).write_text(twice, encoding="utf-8")
    with pytest.raises(OutputError, match=r"2 outcomes in .* begin with 'bbb'; give more of the key"):
        one(folder, "bbb")


def test_a_folder_without_a_run(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"holds no run of Candor: there is no outcomes\.jsonl"):
        list(history(tmp_path))


@pytest.mark.parametrize("line", ["{}", "not json", "[]", '{"key": 1}', "\udcff"])
def test_a_line_that_is_no_outcome(tmp_path: Path, line: str) -> None:
    (tmp_path / EXPORT).write_bytes(line.encode("utf-8", "surrogateescape"))
    with pytest.raises(OutputError):
        list(history(tmp_path))
