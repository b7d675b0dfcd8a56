"""Which trade an ask needs, held against the firm's own lists, through a small thesaurus of trades in each language.

A line of the profile belongs to a trade when it holds one of the trade's words, whatever the language, and not behind
"without" or the like. An ask belongs
to it when its sentence does. Left out: trades that neither list names; the reader can't tell those.
"""

from functools import cache
from typing import NamedTuple

from pipeline.llm.offline.evidence import Evidence, Hit
from pipeline.llm.offline.expressions import Part
from pipeline.llm.offline.patterns import barred, languages, trade_words
from pipeline.llm.offline.trees import Held
from pipeline.values.text import bare


class Trades(NamedTuple):
    """The trades a firm does not offer, each with the line that says so, and those it offers."""

    refused: dict[str, str]
    offered: frozenset[str]


@cache
def trades(services: tuple[str, ...], not_offered: tuple[str, ...]) -> Trades:
    """What the lines of a profile come to."""
    offered = frozenset(name for line in services for name in _named(line))
    refused: dict[str, str] = {}
    for line in not_offered:
        for name in _named(line) - offered:
            refused.setdefault(name, line)
    return Trades(refused, offered)


def asked_trades(evidence: Evidence, known: Trades, asking: frozenset[int] | None) -> list[tuple[Hit, str]]:
    """Sentences (of ``asking``, or all) that name a trade the firm doesn't offer, each with the profile's line."""
    found = []
    for name, line in known.refused.items():
        rules = evidence.language.topics.get(name, ())
        found += [(hit, line) for hit in evidence.hits(rules) if asking is None or hit.sentence in asking]
    return sorted(found)


@cache
def _named(line: str) -> frozenset[str]:
    text = bare(line)
    for code in languages():
        if found := barred(code).within(Held(text)):
            text = found.sub(" ", text)
    held = Held(text)
    return frozenset(
        name
        for code in languages()
        for name, rules in trade_words(code).items()
        if any(_stands(rule.parts[0], text, held) for rule in rules if len(rule.parts) == 1)
    )


def _stands(part: Part, text: str, held: Held) -> bool:
    found = part.within(held)
    return found is not None and found.search(text) is not None
