"""How a later round may close the talk: they leave us one way or none, or they give the matter up.

The reader names the pressure and its words; code looks in those words for the shape of an ultimatum, since "last
chance, as it were" leaves us free and "12 or nothing" doesn't. Pure; left out: threats of harm, which are facts of
their own, and other languages than those of ``finality.yaml``.
"""

from functools import cache
from pathlib import Path

from pipeline.types.base import Value
from pipeline.types.message import MOST_READ, Message
from pipeline.types.replies import MailFact
from pipeline.types.request import Pressure, Request
from pipeline.values.grammar import Pattern, whole
from pipeline.values.text import simple
from pipeline.yamltree import read_shipped

_PRESSING = frozenset({Pressure.ULTIMATUM, Pressure.THREATENS_TO_LEAVE})


class _Phrases(Value):
    """The file's lists, RE2 over bare text."""

    either_or: tuple[str, ...]
    gives_up: tuple[str, ...]


def ultimatum(request: Request) -> bool:
    """Whether they insist, and press in words of the newest mail that leave us this or nothing."""
    insists = any(fact.name == MailFact.INSISTS and fact.quote for fact in request.facts)
    pressing = [each.quote.text for each in request.leverage if each.kind in _PRESSING]
    pressing += [fact.quote.text for fact in request.facts if fact.name == MailFact.LEAVE_THREAT and fact.quote]
    return insists and any(_pattern("either_or").search(simple(words).text) for words in pressing)


def gives_up(request: Request, message: Message) -> bool:
    """Whether the newest mail gives the matter up and asks for nothing in its own words."""
    asks = any(ask.quote.part != "history" for ask in request.asks)
    return not asks and bool(_pattern("gives_up").search(simple(message.body[:MOST_READ]).text))


@cache
def _pattern(name: str) -> Pattern:
    lists = _Phrases.model_validate(read_shipped(Path(__file__).with_name("finality.yaml")).plain())
    phrases: tuple[str, ...] = getattr(lists, name)
    return whole(phrases)
