import io

import pytest

from pipeline.cli.page import Column, Page, quoted, text


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def sheet() -> io.StringIO:
    return io.StringIO()


def test_a_pipe_gets_plain_text_of_at_most_a_hundred_columns(sheet: io.StringIO) -> None:
    page = Page(sheet)
    page.heading("A title")
    page.say("word " * 60, "bold red")
    page.part("Label", text("word " * 60, "green"))
    lines = sheet.getvalue().splitlines()
    assert "\x1b" not in sheet.getvalue()
    assert max(map(len, lines)) <= 100
    assert all(line == line.rstrip() for line in lines)


def test_a_terminal_gets_colours_and_its_own_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Terminal()
    page = Page(stream)
    page.part("Label", text("word", "green"))
    assert page.width == 60
    assert "\x1b[32mword\x1b[0m" in stream.getvalue()


def test_a_label_stands_once_beside_its_texts(sheet: io.StringIO) -> None:
    Page(sheet).part("Why", text("one"), text("two\n\nthree"))
    assert sheet.getvalue() == "  Why         one\n              two\n\n              three\n"


def test_what_is_wrapped_stays_as_far_in_as_it_began(sheet: io.StringIO) -> None:
    Page(sheet).part("Draft", text("- " + "word " * 20 + "\n    " + "deep " * 20))
    first, second, third, fourth = sheet.getvalue().splitlines()
    assert first.startswith("  Draft       - word")
    assert second.startswith(" " * 16 + "word")
    assert third.startswith(" " * 18 + "deep")
    assert fourth.startswith(" " * 18 + "deep")


def test_mail_can_neither_steer_the_terminal_nor_pass_for_markup(sheet: io.StringIO) -> None:
    page = Page(sheet)
    page.part("Mail", text("\x1b]0;owned\x07 [bold]not bold[/bold] :smile: \u202egnp.exe"), quoted("two\nlines\x1b[2J"))
    out = sheet.getvalue()
    assert not {"\x1b", "\x07", "\u202e"} & set(out)
    assert "[bold]not bold[/bold] :smile:" in out
    assert "“two lines[2J”" in out


def test_a_table_keeps_its_columns(sheet: io.StringIO) -> None:
    page = Page(sheet)
    page.table(
        (Column("from", 6), Column("subject", 8)), [(text("Bäuerle, Örs"), text("Hi")), (text("A"), text("語" * 9))]
    )
    assert sheet.getvalue().splitlines() == ["  from    subject", "  Bäuer…  Hi", "  A       語語語 …"]


def test_a_narrow_terminal_gets_narrow_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    stream = Terminal()
    Page(stream).table((Column("a", 20), Column("b", 20)), [(text("x" * 40), text("y" * 40))])
    assert stream.getvalue().splitlines()[1] == f"  {'x' * 11}…  {'y' * 11}…"


def test_commands_are_never_wrapped(sheet: io.StringIO) -> None:
    Page(sheet).say("  candor batch " + "x" * 200)
    assert sheet.getvalue().count("\n") == 1
