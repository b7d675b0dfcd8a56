"""Names in the writer's own words: one that neither the mail, nor the business, nor the decision gives is foreign.

Code: ``grounding.name``. A name is a capital that nothing explains: not the beginning of a sentence, no word that is
always written so. In German every noun has a capital: there only two in a row count, or one behind a title, and a
plural that has its article elsewhere is a noun. What this leaves out: a foreign name that opens a sentence alone, and
one that is also a common word of the mail.
"""

import re
from collections.abc import Iterator

from pipeline.guard.lexicon import folded
from pipeline.guard.permit import words_of
from pipeline.guard.reading import Reading
from pipeline.types.verdict import Finding

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")  # noqa: RUF001 - both apostrophes are met
_PART = re.compile(r"['’-]")  # noqa: RUF001 - both apostrophes are met
_TITLE = re.compile(
    r"\b(?:mr|mrs|ms|dr|prof|sir|dame|lord|herrn?|frau|madame|monsieur|mme|señora?|doña|don|firma|kolleg(?:e|en|in)"
    r"|kund(?:e|en|in)|chef(?:in)?|partner(?:in)?)\.? \Z"
)
_NEAR = 80  # characters in which a thing is followed by what is done with it
_PLURAL = ("e", "en", "er")
_OPENS = frozenset(".!?¿¡:;\n\"'“”„«»‹›‘’(–—-")  # noqa: RUF001 - dashes and quotation marks are met


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings."""
    own = reading.own.text if reading.lexicon.common else ""  # capitals mean nothing in a language that nobody told
    placed = [match for match in _WORD.finditer(own) if match.group()[0].isupper() and _is_name(reading, own, match)]
    known = _known(reading) if placed else frozenset()
    for match in placed:
        behind = _behind(own, match) if reading.permit.language == "de" and not _is_titled(own, match) else None
        if not _is_known(match.group(), known) and not (behind and _is_known(behind, known)):
            line, span = reading.own.place(*match.span())
            message = f"'{match.group()[:60]}' is a name that nobody gave: leave it out, or use its slot."
            yield reading.within(line, "grounding.name", message, span)


def _is_name(reading: Reading, own: str, match: re.Match[str]) -> bool:
    """Whether the capital is a name's, as far as its place tells."""
    word, before = match.group(), own[: match.start()].rstrip(" ")
    if own[match.start() - 1 : match.start()].isdigit():
        return False  # "3D": the figure is ``grounding``'s to judge
    if not before or before[-1] in _OPENS or _is_plain(reading, word):
        return False
    if reading.permit.language != "de" or _is_titled(own, match):
        return True
    behind = _behind(own, match)
    noun = (
        _is_plain(reading, behind)
        or _is_noun(own, behind)
        or reading.lexicon.has("handles", own[match.start() : match.start() + _NEAR])
    )
    return behind[:1].isupper() and not noun


def _is_noun(own: str, word: str) -> bool:
    """Whether it is a plural that stands behind its article elsewhere: "which places tables bear … the tables"."""
    return word.endswith(_PLURAL) and re.search(rf"\b[Dd]ie {re.escape(word)}\b", own) is not None


def _is_plain(reading: Reading, word: str) -> bool:
    """Whether the word, or its first part as in "German-speaking", is always written so."""
    return _PART.split(word.lower())[0] in reading.lexicon.capital


def _is_titled(own: str, match: re.Match[str]) -> bool:
    return _TITLE.search(own[max(0, match.start() - 10) : match.start()].lower()) is not None


def _behind(own: str, match: re.Match[str]) -> str:
    """The word right behind, with one blank between."""
    behind = _WORD.match(own, match.end() + 1) if own[match.end() : match.end() + 1] == " " else None
    return behind.group() if behind else ""


def _is_known(word: str, known: frozenset[str]) -> bool:
    plain = folded(word).text
    return words_of(word) <= known or plain.removesuffix("'s") in known or plain.removesuffix("s") in known


def _known(reading: Reading) -> frozenset[str]:
    """Words, folded, that the mail, the business, the decision and the permitted names hold."""
    request, permit = reading.request, reading.permit
    quotes = [ask.quote.text for ask in request.asks] + [quote.text for quote in request.details]
    told = (*reading.told_by_us, *quotes, *permit.slots.values(), *permit.names, reading.draft.greeting)
    return permit.known | words_of(*told)
