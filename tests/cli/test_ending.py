import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pipeline.cli.ending import run
from pipeline.errors import EndpointError, OutputError
from tests.cli.conftest import Candor


def ending(error: BaseException | None) -> click.Command:
    """A command that ends with ``error``."""

    @click.command()
    @click.option("--debug", is_flag=True)
    def command(*, debug: bool) -> None:
        if error:
            raise error

    return command


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (OutputError("drafts cannot be written: No space left on device"), 2, "drafts cannot be written"),
        (EndpointError("the key is refused"), 1, "the key is refused"),
        (KeyError("secret"), 1, "something went wrong inside Candor (KeyError); run again with --debug"),
        (RecursionError(), 1, "something went wrong inside Candor (RecursionError)"),
        (click.UsageError("No such thing."), 2, "No such thing. See "),
    ],
)
def test_every_failure_is_one_line_and_a_code(
    error: Exception, code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([], ending(error)) == code
    err = capsys.readouterr().err
    assert err.startswith(f"candor: {sentence}")
    assert err.count("\n") == 1


def test_nothing_private_of_an_unexpected_failure_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    run([], ending(KeyError("secret")))
    assert "secret" not in capsys.readouterr().err


def test_debug_shows_where(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--debug"], ending(OutputError("no"))) == 2
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert err.endswith("candor: no\n")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interrupt_is_no_failure(error: BaseException, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([], ending(error)) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_what_is_done_is_zero() -> None:
    assert run([], ending(None)) == 0


def test_a_terminal_is_not_steered_by_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    run([], ending(OutputError("no file \x1b[2J\x07")))
    assert not {"\x1b", "\x07"} & set(capsys.readouterr().err)


@pytest.mark.parametrize("words", [["--help"], ["doctor"]])
def test_a_reader_that_leaves_is_no_noise_and_no_verdict(words: list[str]) -> None:
    """Nor a 1, which of ``eval compare`` would say that a prompt is worse."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *words], stdout=write, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nope"], "No such command 'nope'"),
        (["draft"], "Missing argument 'FILE|-'"),
        (["draft", "mail.eml", "--today", "31.12."], "'31.12.' is no day"),
        (["batch", "in.mbox"], "Missing option '--out'"),
        (["batch", "in.mbox", "--out", "o", "--engine", "steam"], "'steam' is not one of"),
        (["collect", "drafts"], "name the files with the results"),
        (["record", "drafts", "--into", "set"], "Missing option '--label'"),
    ],
)
def test_wrong_words_end_in_one_sentence(candor: Candor, words: list[str], sentence: str) -> None:
    call = candor(*words)
    assert (call.code, call.out) == (2, "")
    assert sentence in call.err
    assert call.err.count("\n") == 1


def test_python_m_pipeline_is_the_same_program(here: Path) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "nope"],
        env={**os.environ, "PYTHONPATH": str(root)}, cwd=here, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (2, "candor: No such command 'nope'. See 'candor --help'.\n")


def test_a_sigterm_ends_as_an_interrupt_does() -> None:
    @click.command()
    def command() -> None:
        signal.raise_signal(signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    assert run([], command) == 130
    assert signal.getsignal(signal.SIGTERM) == before


def test_debug_opens_our_own_log_for_as_long_as_the_command_runs() -> None:
    @click.command()
    @click.option("--debug", is_flag=True)
    def command(*, debug: bool) -> int:
        return int(logging.getLogger("pipeline").isEnabledFor(logging.DEBUG) == debug)

    assert [run(words, command) for words in ([], ["--debug"], [])] == [1, 1, 1]
