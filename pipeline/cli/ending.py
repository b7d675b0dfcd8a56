"""How every call of ``candor`` ends: an exit code, and for what went wrong one plain sentence on the error stream.

What this leaves out: messages that are rows. A mail that fails ends in its outcome, not here.
"""

import io
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from pipeline.cli.group import candor

DONE, UNFINISHED, WRONG, INTERRUPTED, UNREAD = 0, 1, 2, 130, 141
"""The last two are what a shell says of a program that SIGINT or SIGPIPE has ended."""


def run(arguments: Sequence[str], command: click.Command = candor) -> int:
    """Run the command that ``arguments`` name, and return the exit code; ``--debug`` among them shows tracebacks."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a mail may hold what this terminal cannot show
    try:
        with _terminable(), _explained(debug="--debug" in arguments):
            code = command.main(list(arguments), prog_name="candor", standalone_mode=False)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # the second is what click and Rich make of the first, and nobody else raises
        # The reader has gone, e.g. ``head``. Nothing is left to say, and Python's own flush at exit must not try.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREAD
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last place where a failure can become a sentence
        if "--debug" in arguments:
            import traceback  # costs a tenth of what `--help` does

            traceback.print_exc()
        return _told(error)
    return code if isinstance(code, int) else DONE


@contextmanager
def _terminable() -> Iterator[None]:
    """SIGTERM ends a command as Ctrl-C does; a run over an inbox hears both for itself, to finish what it has begun."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _explained(*, debug: bool) -> Iterator[None]:
    """With ``debug`` our own log shows tracebacks too. The logs of other packages stay as they are."""
    if not debug:
        yield
        return
    import logging

    log = logging.getLogger("pipeline")
    before = log.level
    log.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        log.setLevel(before)


def _told(error: Exception) -> int:
    """Say what went wrong, and return its exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return WRONG
    sentence, code = _sentence(error)
    click.echo(f"candor: {sentence}", err=True)
    return code


def _sentence(error: Exception) -> tuple[str, int]:
    from pipeline.errors import CandorError, UsageError  # heavy, and needed only when something fails
    from pipeline.outbox.terminal import safe

    match error:
        case click.UsageError():
            where = error.ctx.command_path if error.ctx else "candor"
            return f"{safe(error.format_message()).rstrip('.')}. See '{where} --help'.", WRONG
        case click.ClickException():
            return safe(error.format_message()), WRONG
        case UsageError():
            return safe(str(error)), WRONG
        case CandorError():
            return safe(str(error)), UNFINISHED
        case _:
            kind = type(error).__name__
            return f"something went wrong inside Candor ({kind}); run again with --debug to see where", UNFINISHED
