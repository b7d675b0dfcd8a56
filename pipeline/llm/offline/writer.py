"""The offline draft: set phrases around the policy's own reason, offers and questions. The decision's shape, no more.

The policy's texts are said as they stand, so they must be in the mail's language; if they are not, there is nothing to
say and a person writes. What this leaves out: fitting an offer to the case, which takes a model that reads.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator

from pipeline.llm.offline.wording import Voice, Wording, languages, wording
from pipeline.types.prompt import AskLine, DraftVariables, OfferLine, ReasonLine
from pipeline.types.replies import DraftReply, SentenceClaim
from pipeline.values.language import guess

_THREE = 3
_SLOT = re.compile(r"\{[a-z0-9_.]+\}")
_YES, _NO = "yes", "no"  # ``AskLine.verdict``; anything else is still open


def compose(letter: DraftVariables) -> DraftReply:
    """The sentences of a letter; none when it can't be written in the mail's language."""
    if letter.language not in languages() or not _speaks(letter):
        return DraftReply(sentences=[])
    words = wording(letter.language)
    compose_action = {"ask": _asking, "end": _parting}.get(letter.action, _declining)
    return DraftReply(sentences=list(compose_action(letter, words, _voice(letter, words))))


def _speaks(letter: DraftVariables) -> bool:
    """Whether all texts of the policy, taken together, are in the mail's language."""
    texts = [r.text for r in letter.reasons] + [o.text for o in letter.offers] + [q.text for q in letter.questions]
    return guess(_SLOT.sub(" ", " ".join(texts))) == letter.language


def _voice(letter: DraftVariables, words: Wording) -> Voice:
    """One of the voices, always the same for the same asks."""
    digest = hashlib.sha256("\n".join(ask.quote for ask in letter.asks).encode(errors="replace")).digest()
    return words.voices[digest[0] % len(words.voices)]


def _declining(letter: DraftVariables, words: Wording, voice: Voice) -> Iterator[SentenceClaim]:
    yield from _opening(letter, words, voice)
    yield from _refusals(letter, words)
    for ask in letter.asks:
        if ask.verdict == _YES and (quote := _quote(letter, ask)):
            yield _say(words.yes, f"kept:{ask.number}", quote, new_paragraph=True)
    yield _say(voice.bridge, "courtesy", new_paragraph=True)
    yield from _offers(_three_kinds(letter))
    if letter.questions:
        yield _say(words.also, "courtesy", new_paragraph=True)
        yield from _questions(letter, words)
    yield _say(voice.next, "courtesy", new_paragraph=True)


def _asking(letter: DraftVariables, words: Wording, voice: Voice) -> Iterator[SentenceClaim]:
    yield from _opening(letter, words, voice)
    yield _say(voice.asking, "courtesy", new_paragraph=True)
    yield from _questions(letter, words)
    yield _say(voice.asked, "courtesy", new_paragraph=True)


def _parting(letter: DraftVariables, words: Wording, _: Voice) -> Iterator[SentenceClaim]:
    backing = f"rule:{letter.reasons[0].id}" if letter.reasons else "ask:1"
    yield _say(words.parting.no, backing, new_paragraph=True)
    yield from (_say(reason.text, f"rule:{reason.id}") for reason in letter.reasons[:1])
    yield _say(words.parting.bridge, "courtesy", new_paragraph=True)
    yield from _offers(letter.offers[:_THREE])
    yield _say(words.parting.next, "courtesy", new_paragraph=True)


def _opening(letter: DraftVariables, words: Wording, voice: Voice) -> Iterator[SentenceClaim]:
    """What they want, in their own words if a slot has them, and what it does to them if they say so."""
    quotes = {slot.name for slot in letter.slots}
    first = next((ask for ask in letter.asks if ask.verdict != _YES), None)
    if "aim.quote" in quotes:
        yield _say(voice.aim, "aim", "{aim.quote}", new_paragraph=True)
    elif first and (quote := _quote(letter, first)):
        yield _say(voice.ask, f"ask:{first.number}", quote, new_paragraph=True)
    else:
        yield _say(voice.plain, "courtesy", new_paragraph=True)
    if feeling := words.feeling.get(letter.sentiment):
        yield _say(feeling, "courtesy")


def _refusals(letter: DraftVariables, words: Wording) -> Iterator[SentenceClaim]:
    """A no for each refused ask, and behind it the reason that leads it, once."""
    told: set[str] = set()
    for ask in (ask for ask in letter.asks if ask.verdict == _NO):
        no = words.no.get(ask.kind, words.no["other"])
        quote = _quote(letter, ask)
        yield _say(words.no_too if told and quote else no, f"ask:{ask.number}", quote, new_paragraph=True)
        reason = _reason(letter.reasons, ask)
        if reason and reason.id not in told:
            yield _say(reason.text, f"rule:{reason.id}")
            told.add(reason.id)


def _reason(reasons: Iterable[ReasonLine], ask: AskLine) -> ReasonLine | None:
    return next((reason for reason in reasons if ask.number in reason.for_asks), None)


def _three_kinds(letter: DraftVariables) -> list[OfferLine]:
    """Three offers of three kinds in their given order: for each refused ask its first, then the first of all."""
    refused = [ask.number for ask in letter.asks if ask.verdict == _NO]
    firsts = [next((offer for offer in letter.offers if number in offer.for_asks), None) for number in refused]
    by_kind: dict[str, OfferLine] = {}
    for offer in (*firsts, *letter.offers):
        if offer:
            by_kind.setdefault(offer.kind, offer)
    chosen = list(by_kind.values())[:_THREE]
    return [offer for offer in letter.offers if offer in chosen]


def _offers(offers: Iterable[OfferLine]) -> Iterator[SentenceClaim]:
    return (_say(offer.text, f"offer:{offer.id}", new_paragraph=True) for offer in offers)


def _questions(letter: DraftVariables, words: Wording) -> Iterator[SentenceClaim]:
    for question in letter.questions:
        yield _say(question.text, f"question:{question.id}")
        if why := words.why.get(question.id):
            yield _say(why, f"question:{question.id}")


def _quote(letter: DraftVariables, ask: AskLine) -> str:
    """The slot that holds the ask's own words, in braces; empty when there is none."""
    name = f"ask.{ask.number}.quote"
    return f"{{{name}}}" if any(slot.name == name for slot in letter.slots) else ""


def _say(text: str, backing: str, quote: str = "", *, new_paragraph: bool = False) -> SentenceClaim:
    """A sentence: capital first, full stop last."""
    sentence = text.replace("{quote}", quote).strip()
    sentence = sentence[:1].upper() + sentence[1:]
    if sentence[-1:] not in {".", "!", "?", ":"} and sentence[-2:-1] not in {".", "!", "?"}:
        sentence += "."
    return SentenceClaim(text=sentence, backing=backing, new_paragraph=new_paragraph)
