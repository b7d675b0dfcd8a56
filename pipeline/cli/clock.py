"""The one place that reads the clock, and what ``--today`` makes of it."""

from datetime import date, datetime

BY_MAIL = "mail"


def today() -> date:
    """The day on this machine's clock."""
    return datetime.now().astimezone().date()


def chosen_day(word: str) -> date | None:
    """The day that ``--today`` names, the clock's if it names none, or None for each mail's own."""
    if word == BY_MAIL:
        return None
    return date.fromisoformat(word) if word else today()
