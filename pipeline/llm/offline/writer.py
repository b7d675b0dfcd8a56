"""The offline draft: set phrases around the policy's own reason, offers and questions. The decision's shape, no more.

The policy's texts are said as they stand, so they must be in the mail's language; if they are not, there is nothing to
say and a person writes. Which voice writes is a stable hash of the mail's words. What this leaves out: fitting an
offer to the case, which takes a model that reads.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence

from pipeline.llm.offline import parts
from pipeline.llm.offline.choice import THREE, three_offers
from pipeline.llm.offline.parts import Sheet, say
from pipeline.llm.offline.wording import Step, languages, wording
from pipeline.types.prompt import DraftVariables, OfferLine
from pipeline.types.replies import DraftReply, SentenceClaim
from pipeline.values.language import UNDETERMINED, guess

_SLOT = re.compile(r"\{([a-z0-9_.]+)\}")
_ENOUGH = 165  # words of a letter, greeting and sign-off apart, from which nothing is added that it can do without
_STEPS: dict[Step, Callable[[Sheet], Iterator[SentenceClaim]]] = {
    "open": parts.open_,
    "wish": parts.wish,
    "aim": parts.their_aim,
    "feel": parts.feel,
    "yes": parts.yes,
    "no": parts.no,
    "why": parts.why,
    "rest": parts.rest,
}


def compose(letter: DraftVariables) -> DraftReply:
    """The sentences of a letter; none when it can't be written in the mail's language, or would bind us."""
    if letter.language not in languages() or letter.action == "confirm":
        return DraftReply(sentences=[])
    words, seed = wording(letter.language), _seed(letter)
    sheet = Sheet(letter, words, words.voices[seed[0] % len(words.voices)], seed)
    write = {"ask": _asking, "end": _parting}.get(letter.action, _declining)
    sentences = write(sheet)
    return DraftReply(sentences=sentences if _speaks(sentences, letter.language) else [])


def _seed(letter: DraftVariables) -> bytes:
    """Bytes that are the same for the same mail."""
    told = "\n".join((letter.aim, *letter.details, *(ask.quote for ask in letter.asks)))
    return hashlib.sha256(told.encode(errors="replace")).digest()


def _speaks(sentences: list[SentenceClaim], language: str) -> bool:
    """Whether the policy's texts, where they are used, are all in the mail's language."""
    told = [s.text for s in sentences if s.backing.partition(":")[0] in {"rule", "offer", "question"}]
    texts = [_SLOT.sub(" ", text) for text in told]
    return guess(" ".join(texts)) == language and all(guess(text) in {language, UNDETERMINED} for text in texts)


def _declining(sheet: Sheet) -> list[SentenceClaim]:
    """A refusal by the voice's plan."""
    chosen = three_offers(sheet.letter, sheet.refused, sheet.seed)
    plain = _refusal(sheet, chosen, gains=False)
    full = _refusal(sheet, chosen, gains=sheet.voice.gains)
    return full if _length(sheet, full) <= _ENOUGH else plain


def _refusal(sheet: Sheet, chosen: Sequence[OfferLine], *, gains: bool) -> list[SentenceClaim]:
    blocks: list[list[SentenceClaim]] = [[]]
    for step in sheet.voice.plan:
        if step == "/":
            blocks.append([])
        else:
            blocks[-1] += _STEPS[step](sheet)
    blocks[-1].append(say(sheet.voice.bridge, "courtesy"))
    blocks.append(list(parts.offers(sheet, chosen, gains=gains)))
    if sheet.letter.questions:
        blocks.append([say(sheet.words.also, "courtesy"), *parts.questions(sheet)])
    return _set(*blocks, [say(sheet.voice.next, "courtesy")])


def _asking(sheet: Sheet) -> list[SentenceClaim]:
    """Nothing but the questions: no yes, no no."""
    opening = parts.wish if "aim" in sheet.voice.plan else parts.open_
    return _set(
        [*opening(sheet), *parts.feel(sheet), say(sheet.voice.asking, "courtesy")],
        *_pairs(sheet),
        [say(sheet.voice.asked, "courtesy")],
    )


def _pairs(sheet: Sheet) -> Iterator[list[SentenceClaim]]:
    """Each question a paragraph of its own."""
    told = list(parts.questions(sheet))
    return ([s for s in told if s.backing == f"question:{question.id}"] for question in sheet.letter.questions)


def _parting(sheet: Sheet) -> list[SentenceClaim]:
    """The end, in good order."""
    parting, reasons = sheet.voice.parting, sheet.letter.reasons[:1]
    return _set(
        [
            say(parting.no, f"rule:{reasons[0].id}" if reasons else "ask:1"),
            *(say(reason.text, f"rule:{reason.id}") for reason in reasons),
        ],
        [say(parting.bridge, "courtesy")],
        list(parts.offers(sheet, sheet.letter.offers[:THREE], gains=False)),
        [say(parting.next, "courtesy")],
    )


def _set(*blocks: list[SentenceClaim]) -> list[SentenceClaim]:
    """The blocks as paragraphs; an empty one is none."""
    return [
        sentence.model_copy(update={"new_paragraph": not place})
        for block in blocks
        for place, sentence in enumerate(block)
    ]


def _length(sheet: Sheet, sentences: list[SentenceClaim]) -> int:
    """Words, with the slots filled."""
    filled = {slot.name: slot.words for slot in sheet.letter.slots}
    text = " ".join(sentence.text for sentence in sentences)
    return len(_SLOT.sub(lambda slot: filled.get(slot[1], ""), text).split())
