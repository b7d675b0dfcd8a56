"""Held families as claims: each hit belongs to the sentence that asks for it, each such sentence is one ask.

Left out: deciding; what is claimed here is read again, word by word, by the stage that asked.
"""

from collections.abc import Iterable

from pipeline.llm.offline.clauses import clause
from pipeline.llm.offline.evidence import Evidence, Hit
from pipeline.llm.offline.weigh import Held, Weighed
from pipeline.types.replies import AskClaim, FactClaim, MailFact


def asks_of(held: Iterable[Held], body: Evidence, weighed: Weighed) -> list[AskClaim]:
    """One ask for each sentence that asks for a family, in the order of the mail; the first family names it."""
    by_sentence: dict[int, list[tuple[Held, Hit]]] = {}
    for one in held:
        for hit in _told(one):
            by_sentence.setdefault(_asked_in(hit, body, weighed), []).append((one, hit))
    return [_ask(number, found, body) for number, found in sorted(by_sentence.items())]


def _told(held: Held) -> tuple[Hit, ...]:
    """The hits that are told: routine ones all, of a refused family the strongest in each sentence."""
    seen: dict[int, Hit] = {}
    for hit in held.hits:
        seen.setdefault(hit.sentence, hit)
    several = held.family.role == "routine" or held.family.name in {"discount", "expertise"}
    return tuple(seen.values()) if several else tuple(seen.values())[:1]


def _asked_in(hit: Hit, body: Evidence, weighed: Weighed) -> int:
    """The sentence that asks for it: its own, else the nearest one in its paragraph or list item, else its own."""
    asking = weighed.asking - weighed.closing
    if hit.sentence in asking:
        return hit.sentence
    own = body.page.sentences[hit.sentence]
    near = [n for n in asking if body.page.sentences[n][2:] == own[2:]] or [n for n in asking if not own.item]
    return min(near, key=lambda n: abs(n - hit.sentence), default=hit.sentence)


def _ask(number: int, found: list[tuple[Held, Hit]], body: Evidence) -> AskClaim:
    refused = [pair for pair in found if pair[0].family.role != "routine"]
    found = refused or found  # what is refused is not offset by a routine word beside it
    lead, hit = found[0]
    facts: list[FactClaim] = []
    for held, own in found:
        facts += [f for f in _facts(held, own, body) if f.name not in {g.name for g in facts}]
    service = next((h.service for h, _ in found if h.service), "") or _plain_service(lead)
    return AskClaim(kind=lead.family.kind, quote=_quote(number, hit, body), service=service, facts=facts)


def _plain_service(held: Held) -> str:
    return "" if held.family.service == "match" else held.family.service


def _quote(number: int, hit: Hit, body: Evidence) -> str:
    sentence = body.page.sentences[number]
    if hit.sentence != number:
        hit = next((h for h in body.marks["ask"] if h.sentence == number), Hit(number, sentence.start, sentence.start))
    return clause(body.page.text, sentence.start, sentence.end, hit.start, hit.end)


def _facts(held: Held, hit: Hit, body: Evidence) -> list[FactClaim]:
    family = held.family
    text = body.page.text
    values = [(name, text[start:end]) for name, start, end in hit.values]
    if family.name == "rush" and not any(name == "deadline" for name, _ in values):
        near = next((h for h in body.marks["near"] if h.sentence == hit.sentence), None)
        values += [("deadline", text[near.start : near.end])] if near else []
    if family.name == "discount" and not values:
        values += [
            ("discount_asked", text[h.start : h.end]) for h in body.marks["percent"] if h.sentence == hit.sentence
        ][:1]
    facts = [FactClaim(name=MailFact(name), quote=quote, choice=None) for name, quote in values]
    if claimed := family.fact or (family.otherwise if not values else ""):
        quote = _quote(hit.sentence, hit, body)
        facts.insert(0, FactClaim(name=MailFact(claimed), quote=quote, choice=family.choice))
    return facts


def fact_of(held: Held, body: Evidence, history: Evidence) -> FactClaim:
    """A fact of the whole mail."""
    part, hit = (body, held.hits[0]) if held.hits else (history, held.history[0])
    quote = _quote(hit.sentence, hit, part)
    return FactClaim(name=MailFact(held.family.fact), quote=quote, choice=held.family.choice)
