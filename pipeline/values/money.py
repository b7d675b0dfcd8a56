"""Amounts of money. The currency is that of the sign, code or name beside the figure; None when none is named.

Left out: cents by name, exchange rates, and amounts in millions ("£2m"), which are found but not read.
"""

from datetime import date

from pipeline.types.quantities import Money
from pipeline.values.grammar import Match, compiled
from pipeline.values.lexicon import Lexicon, common
from pipeline.values.numbers import number


def money(match: Match, today: date) -> Money | None:  # noqa: ARG001 - all kinds are read by one signature
    """The amount of a ``money`` match, or of a plain ``number``, then without a currency."""
    amount = number(match.part("n"), match.lexicon)
    if amount is None or match.meaning == "unsure":
        return None
    return Money(amount=amount, currency=_currency(match.part("currency"), match.lexicon))


def _currency(name: str, lexicon: Lexicon) -> str | None:
    if name in lexicon.signs or not name:
        return lexicon.signs.get(name)
    named = (code for code, names in lexicon.currencies.items() for n in names if compiled(n).fullmatch(name))
    return next(named, name.upper() if name.upper() in common().codes else None)
