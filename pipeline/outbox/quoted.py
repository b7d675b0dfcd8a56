"""The original mail below a reply, each line behind ``> ``, under an attribution line in the mail's language.

Only the newest text is quoted, not the thread below it; a very long mail is cut, and the cut is shown.
"""

from datetime import date

from pipeline.outbox.characters import plain
from pipeline.outbox.headers import text
from pipeline.outbox.words import words
from pipeline.types.draft import Draft
from pipeline.types.message import Message

_LIMIT = 20_000  # characters of the original
_NAME_LIMIT = 80


def reply_body(draft: Draft, message: Message) -> str:
    """The draft with the original below it, plain line ends."""
    return f"{plain(draft.body).strip()}\n\n{quoted(message, draft.language)}"


def quoted(message: Message, language: str) -> str:
    """Attribution line and quoted text, ending in a newline; no more than 20,000 characters of the mail."""
    body = plain(message.body[:_LIMIT]).strip("\n")
    lines = [*body.split("\n"), *(["[…]"] if len(message.body) > _LIMIT else [])]
    return "\n".join([attribution(message, language), *(f"> {line}".rstrip() for line in lines)]) + "\n"


def attribution(message: Message, language: str) -> str:
    """Who wrote, and on which day of their own clock, e.g. ``Am 4. Mai 2026 schrieb Anna Holm:``."""
    known = words().attribution
    line = known.get(language, known["en"])
    name = text(message.sender.name, _NAME_LIMIT) or text(message.sender.address, _NAME_LIMIT)
    if message.sent is None:
        return line.undated.format(name=name)
    return line.dated.format(day=_day(message.sent.date(), line.locale), name=name)


def _day(day: date, locale: str) -> str:
    from babel.dates import format_date

    return str(format_date(day, format="long", locale=locale))
