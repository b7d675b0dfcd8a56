"""The day that words of a mail were written on: its own, or that of the earlier mail that it quotes them from.

"By Friday" in a quoted mail is the Friday after that one. Its day is read from the line that brings the quotation in
("On 4 May 2026 Ada wrote:", "Sent: 4 May 2026"). Left out: earlier mails that no such line dates.
"""

from datetime import date

import re2

from pipeline.types.message import Message
from pipeline.types.quantities import Day
from pipeline.types.request import Quote
from pipeline.values.scan import scan

_MARKS = " \t>|"
_YEAR = re2.compile(r"\b(19|20)\d\d\b")
_LABEL = re2.compile(r"(?i)^\W*(sent|date|gesendet|datum|envoyé|enviado|fecha)\s?:")
_MOST = 300  # characters of such a line


def written_on(quote: Quote, message: Message, language: str, day: date) -> date | None:
    """The day, where ``day`` is that of the mail itself; None for an earlier mail that isn't dated."""
    if quote.part != "history":
        return day
    lines = [line.strip(_MARKS) for line in message.history[: quote.start].splitlines()]
    for line in reversed(lines):
        dating = line.endswith(":") or _LABEL.search(line)
        if dating and len(line) <= _MOST and _YEAR.search(line) and (found := _day(line, language, day)):
            return found
    return None


def _day(line: str, language: str, day: date) -> date | None:
    """The one day that a line names, if it isn't after the mail."""
    found = {each.value.day for each in scan(line, language, day) if isinstance(each.value, Day)}
    return min(found) if len(found) == 1 and min(found) <= day else None
