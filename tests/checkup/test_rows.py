import re
from pathlib import Path

import pytest

from pipeline.checkup import rows
from pipeline.checkup.rows import Mark, Row, look, ok, worst, wrong

ROOM = Path(rows.__file__).parent
TEXTS = rows._texts()


def codes() -> set[str]:
    """Every code that a check of this room names."""
    source = "\n".join(path.read_text("utf-8") for path in ROOM.glob("*.py"))
    return set(re.findall(r'\b(?:ok|look|wrong)\("(?:\w+" if \w+ else ")?(\w+)"', source))


def test_a_row_is_told_in_plain_words() -> None:
    row = look("sample_services", file="business/profile.yaml")
    assert row.words.says.startswith("The services are still the example's")
    assert row.words.do.startswith("Put what you do at 'services' in business/profile.yaml")


def test_a_command_to_copy_stays_on_a_line_of_its_own() -> None:
    assert look("no_folder").words.do.splitlines() == [
        "Make one, then put your own words in it:",
        "  candor init business",
    ]


def test_a_value_is_never_read_as_a_slot() -> None:
    assert "{model}" in wrong("wrong_model", sentence="no model is called '{model}'").words.says


def test_the_worst_row_decides() -> None:
    assert worst([]) is Mark.OK
    assert worst([ok("a"), look("b"), ok("c")]) is Mark.LOOK
    assert worst([wrong("a"), look("b")]) is Mark.WRONG


def test_every_code_that_a_check_names_has_its_words() -> None:
    assert codes() <= TEXTS.keys()


@pytest.mark.parametrize("code", TEXTS)
def test_words_are_sentences_without_a_dangling_slot(code: str) -> None:
    text = TEXTS[code]
    slots = {name: f"<{name}>" for name in re.findall(r"{(\w+)}", text.says + text.do)}
    words = Row(mark=Mark.OK, code=code, values=slots).words
    assert words.says == words.says.strip() != ""
    assert "{" not in words.says + words.do
