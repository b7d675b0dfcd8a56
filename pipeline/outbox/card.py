"""One message as the review page shows it: which pile it lies in, and its texts cut where words were quoted.

Pure: no HTML is made here, and nothing is escaped or hidden; the page does both in one place.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from pipeline.outbox.rows import answered_by, sender
from pipeline.quotes import unmarked
from pipeline.types.decision import Action, AskDecision, Offer, Reason
from pipeline.types.outcome import Outcome
from pipeline.types.request import Ask, Quote, Request
from pipeline.values.write import write

_SHOWN = 20_000  # characters of a mail; the rest is counted


class Pile(StrEnum):
    """Where a message lies on the page, in this order."""

    EYE = "eye"  # a draft that a person must look at
    YOURS = "yours"  # no draft: a person decides
    READY = "ready"
    QUESTION = "question"
    YES = "yes"
    SKIPPED = "skipped"


class Span(NamedTuple):
    """Characters ``start`` to ``end`` of a text, and the class that shows them."""

    start: int
    end: int
    style: str


class Piece(NamedTuple):
    """A stretch of text and the classes on it, separated by spaces; empty for plain text."""

    text: str
    style: str


class Point(NamedTuple):
    """One ask with what was decided on it; either may be missing."""

    ask: Ask | None
    decided: AskDecision | None


class Card(NamedTuple):
    """All that the page shows of one outcome. ``number`` counts from 1; ``file`` is relative, empty without a draft."""

    number: int
    outcome: Outcome
    pile: Pile
    file: str
    sender: str
    subject: str
    model: str
    mail: tuple[Piece, ...]
    history: tuple[Piece, ...]
    unshown: int  # characters of the mail that the page leaves out
    letter: tuple[Piece, ...]
    points: tuple[Point, ...]
    offers: tuple[Offer, ...]
    reasons: tuple[str, ...]  # what the client may read, values filled in


def card(outcome: Outcome, number: int, file: str) -> Card:
    """Lay out one outcome."""
    message, draft = outcome.message, outcome.draft
    body = message.body if message else ""
    quotes = _quotes(outcome.request) if outcome.request else ()
    return Card(
        number=number,
        outcome=outcome,
        pile=pile(outcome),
        file=file,
        sender=sender(message.sender) if message else outcome.origin,
        subject=message.subject if message else "",
        model=answered_by(outcome),
        mail=_cut(body, quotes, "body"),
        history=_cut(message.history, quotes, "history") if message else (),
        unshown=max(0, len(body) - _SHOWN),
        letter=tuple(pieces(draft.body, _findings(outcome))) if draft else (),
        points=_points(outcome),
        offers=_offers(outcome),
        reasons=tuple(_told(reason, outcome.today) for reason in outcome.decision.reasons) if outcome.decision else (),
    )


def _told(reason: Reason, today: date) -> str:
    text = reason.text.pick("en")
    for term in reason.terms:
        text = text.replace(f"{{{term.name}}}", write(term.value, "en", today))
    return text


def pile(outcome: Outcome) -> Pile:
    """A mark always wins: nothing marked ever lies among what is ready."""
    if outcome.draft:
        if outcome.marked:
            return Pile.EYE
        return Pile.QUESTION if outcome.action is Action.ASK else Pile.READY
    if outcome.marked or outcome.failure:
        return Pile.YOURS
    return {Action.SKIP: Pile.SKIPPED, Action.ACCEPT: Pile.YES}.get(outcome.action, Pile.YOURS)


def pieces(text: str, spans: Iterable[Span]) -> Iterator[Piece]:
    """``text`` cut at every edge of ``spans``; spans may overlap, and what lies outside the text is ignored."""
    inside = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    edges = sorted({0, len(text), *(span.start for span in inside), *(span.end for span in inside)})
    for start, end in pairwise(edges):
        styles = {span.style for span in inside if span.start <= start and end <= span.end}
        yield Piece(text[start:end], " ".join(sorted(styles)))


def _cut(text: str, quotes: Iterable[tuple[str, Quote]], part: str) -> tuple[Piece, ...]:
    """A part of the mail with the quoted words marked; a quote whose words do not stand there is left unmarked."""
    found = (
        Span(quote.start, quote.end, style)
        for style, quote in quotes
        if quote.part == part and unmarked(text[quote.start : quote.end]) == quote.text
    )
    return tuple(pieces(text[:_SHOWN], found))


def _quotes(request: Request) -> tuple[tuple[str, Quote], ...]:
    asks = [("ask", ask.quote) for ask in request.asks]
    facts = [*request.facts, *(fact for ask in request.asks for fact in ask.facts)]
    others = [("aim", request.aim), *(("ask", said.quote) for said in (request.accepted, request.objection) if said)]
    return (*asks, *(("fact", fact.quote) for fact in facts if fact.quote), *((s, q) for s, q in others if q))


def _findings(outcome: Outcome) -> Iterator[Span]:
    for finding in outcome.verdict.findings if outcome.verdict else ():
        yield Span(finding.start, finding.end, finding.severity.value)


def _points(outcome: Outcome) -> tuple[Point, ...]:
    asks = {ask.number: ask for ask in outcome.request.asks} if outcome.request else {}
    decided = {asked.ask: asked for asked in outcome.decision.asks} if outcome.decision else {}
    return tuple(Point(asks.get(number), decided.get(number)) for number in sorted(asks.keys() | decided.keys()))


def _offers(outcome: Outcome) -> tuple[Offer, ...]:
    """The offers that the draft makes, in its order."""
    permitted = {offer.id: offer for offer in outcome.decision.offers} if outcome.decision else {}
    used = outcome.draft.offers if outcome.draft else ()
    return tuple(permitted[id_] for id_ in used if id_ in permitted)
