import io

import pytest

from pipeline.cli.consent import agreed
from pipeline.cli.page import Page
from pipeline.errors import UsageError
from pipeline.llm.compose import ModelSpec

SPEC = ModelSpec(name="openai:gpt-5-mini")


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "answer"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_somebody_is_told_and_asked(monkeypatch: pytest.MonkeyPatch, typed: str, answer: bool) -> None:  # noqa: FBT001 - a table
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    sheet = io.StringIO()
    assert agreed(SPEC, Page(sheet), yes=False) is answer
    words = " ".join(sheet.getvalue().split())
    assert "This sends five invented mails to api.openai.com" in words
    assert "do send your clients' mail to api.openai.com" in words
    assert "Your private notes and reasons" in words


def test_a_yes_beforehand_is_told_all_the_same() -> None:
    sheet = io.StringIO()
    assert agreed(SPEC, Page(sheet), yes=True)
    assert "five invented mails" in sheet.getvalue()


def test_where_nobody_can_be_asked_nothing_is_told_or_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    sheet = io.StringIO()
    with pytest.raises(UsageError, match="there is nobody to ask; with --yes it does"):
        agreed(SPEC, Page(sheet), yes=False)
    assert sheet.getvalue() == ""
