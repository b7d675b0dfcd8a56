"""Copies: the mail speaks in the draft through slots alone, and what it had us grant is looked at.

Codes: ``grounding.copied`` and the mark ``kept.uncovered``. Words are compared folded. What this leaves out: parts
of the mail within a longer sentence, which any answer shares with its question.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.guard.lexicon import anywhere, folded
from pipeline.guard.reading import Line, Reading
from pipeline.types.request import Ask, Kind, State
from pipeline.types.verdict import Finding
from pipeline.values.scan import scan

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|\u25a1+")
_FEWEST = 4  # words; fewer are common to any two texts
_MONEY = {"money", "percent"}
_GIVING = (
    "gift",
    "guarantee",
    "wish_discount",
    "wish_refund_or_blame",
    "figure",
    "acceptance",
    "wish_met",
    "admission",
)
_OWN = {Kind.DISCOUNT: "wish_discount", Kind.REFUND_OR_BLAME: "wish_refund_or_blame", Kind.FREE_WORK: "gift"}


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings."""
    mail = _plain(reading.permit.mail)
    for line in reading.lines if mail.strip() else ():
        if _copies(line, mail):
            message = "These are the client's words: say it in ours, or quote them through a slot."
            yield reading.within(line, "grounding.copied", message)
    for ask in reading.request.asks:
        if ask.number in reading.decision.kept and _uncovered(reading, ask):
            message = f"Ask {ask.number} is granted, and its words ask for more than was read: a person must look."
            yield reading.finding("kept.uncovered", message)


def _copies(line: Line, mail: str) -> bool:
    """Whether all of a sentence, but for its first or last word, stands in the mail as it is."""
    words = _WORD.findall(folded(line.own).text)
    return any(len(some) >= _FEWEST and f" {' '.join(some)} " in mail for some in (words, words[1:], words[:-1]))


@lru_cache(maxsize=64)
def _plain(mail: str) -> str:
    return f" {' '.join(_WORD.findall(folded(mail).text))} "


def _uncovered(reading: Reading, ask: Ask) -> bool:
    """Whether its quote holds money, a gift or our word that none of its facts carries."""
    groups = [group for group in _GIVING if group != _OWN.get(ask.kind)]
    if any(anywhere(group, folded(ask.quote.text).text) for group in groups):
        return True
    permit = reading.permit
    told = {fact.value for fact in ask.facts if fact.state is State.KNOWN}
    values = [f for f in scan(ask.quote.text, permit.language, permit.today) if f.kind in _MONEY]
    return any(found.value not in told for found in values)
