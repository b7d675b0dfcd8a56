"""The listing: one flat row a message for a spreadsheet, and one JSON line for programs.

A cell that a spreadsheet would run as a formula is written as text. The JSON line is the whole outcome and reads back
with ``Outcome.model_validate_json``.
"""

import csv
from collections.abc import Mapping
from typing import IO

from pipeline.outbox.characters import one_line
from pipeline.outbox.public import public as without_private
from pipeline.types.message import Address
from pipeline.types.outcome import Outcome

COLUMNS = ("number", "from", "subject", "date", "action", "reason", "kinds", "model", "marked", "file", "failure")
_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")  # the last four are their full-width forms


def row(outcome: Outcome, *, number: int = 0, file: str = "") -> dict[str, str]:
    """The row of ``COLUMNS``, one line each: number from 1, ISO date, lists joined by commas, empty where unknown."""
    message, failure = outcome.message, outcome.failure
    asks = outcome.request.asks if outcome.request else ()
    cells = {
        "number": str(number or ""),
        "from": sender(message.sender) if message else outcome.origin,
        "subject": message.subject if message else "",
        "date": message.sent.date().isoformat() if message and message.sent else "",
        "action": outcome.action.value,
        "reason": outcome.code,
        "kinds": ", ".join(dict.fromkeys(ask.kind.value for ask in asks)),
        "model": answered_by(outcome),
        "marked": ", ".join(outcome.marked),
        "file": file,
        "failure": f"{failure.stage}: {failure.message}" if failure else "",
    }
    return {name: one_line(cell) for name, cell in cells.items()}


def answered_by(outcome: Outcome) -> str:
    """The model whose words the draft holds, else the last one that was asked; empty when none was."""
    if outcome.draft:
        return outcome.draft.model
    return outcome.attempts[-1].model if outcome.attempts else ""


def sender(address: Address) -> str:
    """``Name <address>``, or the address alone."""
    return f"{address.name} <{address.address}>" if address.name else address.address


class Table:
    """Writes a header row to ``stream``, then rows as they come (UTF-8, RFC 4180)."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._writer = csv.DictWriter(_Encoded(stream), COLUMNS)
        self._writer.writeheader()

    def add(self, cells: Mapping[str, str]) -> None:
        """Write one row."""
        self._writer.writerow({name: _inert(cell) for name, cell in cells.items()})


class _Encoded:
    """What ``csv`` writes text to."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(text.encode())


def jsonl(outcome: Outcome, *, public: bool = False) -> str:
    """The outcome as one line of JSON without line end; ``public`` leaves out what is private to the business."""
    return (without_private(outcome) if public else outcome).model_dump_json()


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
