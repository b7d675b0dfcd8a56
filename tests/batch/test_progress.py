import io
import time

import pytest

from pipeline.batch.progress import Bar, Lines, Progress, Silent, progress_on
from tests.batch.fakes import outcome


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def follow(progress: Progress) -> None:
    progress.start(3)
    progress.step(outcome("a"))
    progress.note("a [remark] in brackets")
    progress.step(None)
    progress.step(outcome("b"))
    progress.end()


def test_lines_tell_remarks_and_the_end() -> None:
    stream = io.StringIO()
    follow(Lines(stream))
    assert stream.getvalue() == "a [remark] in brackets\n3 of 3 messages\n"


def test_lines_tell_the_count_from_time_to_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 100, 6))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    stream = io.StringIO()
    follow(Lines(stream, every=10))
    assert stream.getvalue().splitlines() == ["a [remark] in brackets", "2 of 3 messages", "3 of 3 messages"]


def test_a_run_without_work_says_nothing() -> None:
    stream = io.StringIO()
    Lines(stream).end()
    assert not stream.getvalue()


def test_a_terminal_gets_the_bar() -> None:
    stream = Terminal()
    progress = progress_on(stream)
    assert isinstance(progress, Bar)
    follow(progress)
    assert "3/3" in stream.getvalue()
    assert "a [remark] in brackets" in stream.getvalue()


def test_elsewhere_it_is_lines() -> None:
    assert isinstance(progress_on(io.StringIO()), Lines)


def test_silent_is_a_progress_too() -> None:
    follow(Silent())
