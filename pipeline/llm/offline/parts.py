"""The parts of an offline letter, each a few sentences with what backs them: opening, feeling, yes, no, reason, offers.

In which order they come is the voice's plan; see ``writer``. What this leaves out: any judgement of its own.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.llm.offline.quoting import aim, quote, with_values
from pipeline.llm.offline.wording import Voice, Wording
from pipeline.types.prompt import AskLine, DraftVariables, OfferLine, ReasonLine
from pipeline.types.replies import SentenceClaim
from pipeline.types.request import Kind

_YES, _NO = "yes", "no"  # ``AskLine.verdict``; anything else is still open or ends the work together
_TELLING = 6  # words from which an ask says by itself what it is about


class Sheet(NamedTuple):
    """What a letter is made of. ``seed``: bytes that are the same for the same mail, to choose between equals."""

    letter: DraftVariables
    words: Wording
    voice: Voice
    seed: bytes

    @property
    def refused(self) -> tuple[AskLine, ...]:
        """The asks that get a no."""
        return tuple(ask for ask in self.letter.asks if ask.verdict == _NO)

    @property
    def kept(self) -> tuple[AskLine, ...]:
        """The asks that get a yes."""
        return tuple(ask for ask in self.letter.asks if ask.verdict == _YES)

    def one_of(self, two: tuple[str, str]) -> str:
        """One of two phrases that say the same."""
        return two[self.seed[1] % len(two)]


def say(text: str, backing: str) -> SentenceClaim:
    """A sentence: capital first, full stop last."""
    sentence = text.strip()
    sentence = sentence[:1].upper() + sentence[1:]
    if sentence[-1:] not in {".", "!", "?", ":"} and sentence[-2:-1] not in {".", "!", "?"}:
        sentence += "."
    return SentenceClaim(text=sentence, backing=backing, new_paragraph=False)


def open_(sheet: Sheet) -> Iterator[SentenceClaim]:
    """Their aim in their own words, or what they ask for, in theirs and ours."""
    if aim(sheet.letter):
        yield from their_aim(sheet)
    else:
        yield from _their_ask(sheet)
        yield from wish(sheet)


def their_aim(sheet: Sheet) -> Iterator[SentenceClaim]:
    """Their aim, if it can be quoted."""
    if words := aim(sheet.letter):
        yield say(sheet.voice.aim.replace("{quote}", words), "aim")


def wish(sheet: Sheet) -> Iterator[SentenceClaim]:
    """What they wish for, by the kind of the first ask that is not granted."""
    first = next((ask for ask in sheet.letter.asks if ask.verdict != _YES), None)
    words = sheet.words.wish.get(first.kind if first else Kind.OTHER, sheet.words.wish[Kind.OTHER])
    yield say(sheet.one_of(words), f"ask:{first.number}" if first else "courtesy")


def feel(sheet: Sheet) -> Iterator[SentenceClaim]:
    """What it does to them, if they show it."""
    if words := sheet.words.feeling.get(sheet.letter.sentiment):
        yield say(sheet.one_of(words), "courtesy")


def yes(sheet: Sheet) -> Iterator[SentenceClaim]:
    """The first granted ask: one only, so that the no stays near the top."""
    return (_granted(sheet, sheet.words.yes[0], ask) for ask in sheet.kept[:1])


def no(sheet: Sheet) -> Iterator[SentenceClaim]:
    """The first no, behind the voice's lead-in."""
    for ask in sheet.refused[:1]:
        led = sheet.voice.lead if sheet.voice.lead.endswith(":") or _reason(sheet, ask) else ""
        yield say(f"{led} {_no(sheet, ask)}", f"ask:{ask.number}")


def why(sheet: Sheet) -> Iterator[SentenceClaim]:
    """The reason of the first no."""
    reasons = (_reason(sheet, ask) for ask in sheet.refused[:1])
    return (say(reason.text, f"rule:{reason.id}") for reason in reasons if reason)


def rest(sheet: Sheet) -> Iterator[SentenceClaim]:
    """Every further no with its reason, unless that was told, and every further yes."""
    told = {reason.id for ask in sheet.refused[:1] if (reason := _reason(sheet, ask))}
    for place, ask in enumerate(sheet.refused[1:]):
        refusal = _further(sheet, ask, later=place > 0)
        reason = _reason(sheet, ask)
        if refusal:
            yield refusal
        if refusal and reason and reason.id not in told:
            yield say(reason.text, f"rule:{reason.id}")
            told.add(reason.id)
    yield from (_granted(sheet, sheet.words.yes[1], ask) for ask in sheet.kept[1:])


def offers(sheet: Sheet, chosen: Iterable[OfferLine], *, gains: bool) -> Iterator[SentenceClaim]:
    """The offers, each with whom it suits if there is room for that."""
    for offer in chosen:
        yield say(offer.text, f"offer:{offer.id}")
        if gains and (gain := sheet.words.gain.get(offer.kind)):
            yield say(gain, f"offer:{offer.id}")


def questions(sheet: Sheet) -> Iterator[SentenceClaim]:
    """Each question with why it matters."""
    for question in sheet.letter.questions:
        yield say(question.text, f"question:{question.id}")
        if reason := sheet.words.why.get(question.id):
            yield say(reason, f"question:{question.id}")


def _their_ask(sheet: Sheet) -> Iterator[SentenceClaim]:
    """The first ask in their own words, if the voice quotes and the no won't name its figure anyway."""
    ask = next((ask for ask in sheet.letter.asks if ask.verdict != _YES), None)
    if ask is None or ask.kind == Kind.UNETHICAL_OR_ILLEGAL or "{" in _no(sheet, ask):
        return
    words = quote(sheet.letter, ask, at_least=_TELLING)
    if words and sheet.voice.ask:
        yield say(sheet.voice.ask.replace("{quote}", words), f"ask:{ask.number}")


def _granted(sheet: Sheet, phrase: str, ask: AskLine) -> SentenceClaim:
    words = quote(sheet.letter, ask)
    thing = sheet.words.thing.get(ask.kind, sheet.words.thing[Kind.OTHER])
    named = sheet.words.marks.replace("{quote}", words) if words else thing
    if ask.kind == Kind.INFORMATION_REQUEST:
        phrase = sheet.words.answered[not words]
    return say(phrase.replace("{thing}", named), f"kept:{ask.number}")


def _further(sheet: Sheet, ask: AskLine, *, later: bool) -> SentenceClaim | None:
    """A no of a kind that was refused already is not told twice in the same words; None if it has none of its own."""
    words, no_ = quote(sheet.letter, ask), _no(sheet, ask)
    if any(other.kind == ask.kind for other in sheet.refused if other.number < ask.number):
        return say(sheet.words.same[later].replace("{quote}", words), f"ask:{ask.number}") if words else None
    named = bool(words) and "{" not in no_
    lead = sheet.words.further_named.replace("{quote}", words) if named else sheet.words.further[later]
    return say(f"{lead} {no_}", f"ask:{ask.number}")


def _no(sheet: Sheet, ask: AskLine) -> str:
    """The first form of the no whose values the mail gave."""
    forms = sheet.words.no.get(ask.kind, sheet.words.no[Kind.OTHER])
    return next(words for form in forms if (words := with_values(form, sheet.letter, ask)))


def _reason(sheet: Sheet, ask: AskLine) -> ReasonLine | None:
    return next((reason for reason in sheet.letter.reasons if ask.number in reason.for_asks), None)
