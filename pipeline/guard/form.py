"""Form: plain text of the right language and length, as code would put it together, without anything hidden in it.

Codes: ``form.length``, ``.assembled``, ``.placeholder``, ``.markup``, ``.hidden``, ``.script``, ``.header_line``,
``.salutation``, ``.language`` and
``.language_mixed``. What this leaves out: tone, grammar, and the subject, which is the client's own and
cleaned on the way out.
"""

import re
import unicodedata
from collections.abc import Iterator

import re2

from pipeline.guard.lexicon import anywhere, folded, languages, lexicon
from pipeline.guard.reading import MASK, Line, Reading
from pipeline.types.decision import Action
from pipeline.types.draft import FEWEST, MOST
from pipeline.types.verdict import Finding, Severity
from pipeline.values.text import scripts, visible

_LIMIT = 350  # words of the body; more than MOST are marked, more than these refused
_LETTERS = 3600  # characters of the body; no 350 words are longer
_ENOUGH = 60  # letters from which a language can be told
_TELLING = 25  # letters from which the language of a sentence is worth a mark
_COMMON = 3  # of the commonest words in a sentence; fewer say nothing about its language
_WORD = re.compile(r"[^\W\d_]+")
_SURE = 40  # letters of a sentence without one common word that is surely in another language
_LATIN_END = "\u0250"  # behind it: phonetic letters that look like plain ones
_SCRIPTS = {
    "ar": {"ARABIC"}, "bg": {"CYRILLIC"}, "el": {"GREEK"}, "fa": {"ARABIC"}, "he": {"HEBREW"}, "hi": {"DEVANAGARI"},
    "ja": {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}, "ko": {"HANGUL", "CJK"}, "mk": {"CYRILLIC"},
    "ru": {"CYRILLIC"}, "sr": {"CYRILLIC"}, "th": {"THAI"}, "uk": {"CYRILLIC"}, "zh": {"CJK"},
}  # fmt: skip

_PLACEHOLDER = re2.compile(r"\[[^\]]*\]|<[^>]*>|\b(?:TODO|TBD|FIXME|XXX+|(?i:lorem ipsum))\b|[{}]|_{3,}|\.{4,}")
_MARKUP = re2.compile(
    r"(?im)\*\*|__|~~|[`\\]|\]\(|\]\[|^\s*#|^\s*[-*•>|]\s|<[/!a-z]|&[a-z0-9#]+;|\|--|data:|javascript:|\\"
)
_PICTURE = re2.compile(r"[\p{So}\p{Sk}\p{Co}]")  # a thumb or a tick says yes, too
_HEADER = re2.compile(
    r"(?im)^\s*(?:subject|to|from|cc|bcc|reply-to|date|x-[a-z-]+|content-[a-z-]+|betreff|an|von|objet|à|de|asunto|para)\s*:"
)
_SPACE = " \t\n\f\r"
_OPENING, _CLOSING = f"\"'“”„«‹‘’(¿¡{_SPACE}", f"\"'“”»›‘’){_SPACE}"  # noqa: RUF001 - quotation marks
_FIRST = {"Lu", "Lt", "Lo", "Nd", "Nl", "No", "Sc"}  # scripts without capitals have letters of neither case
_NUMBERS = frozenset(f"{number}." for number in range(1, 10))
_LAST = frozenset(".!?:…。？！")  # noqa: RUF001 - of any script


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings."""
    yield from _length(reading)
    yield from _assembled(reading)
    yield from _hidden(reading)
    yield from _headers(reading)
    yield from _language(reading)
    yield from _patterns(reading)
    yield from _script(reading)
    yield from _salutation(reading)


def _length(reading: Reading) -> Iterator[Finding]:
    words = len(reading.draft.body.split())
    fewest = 1 if reading.decision.action is Action.CONFIRM or reading.decision.round > 1 else FEWEST
    if words > _LIMIT or words < fewest or len(reading.draft.body) > _LETTERS:
        yield reading.finding("form.length", f"Write {fewest} to {MOST} words; these are {words}.")
    elif words > MOST:
        message = f"Write at most {MOST} words; these are {words}."
        yield reading.finding("form.length", message, severity=Severity.MARK)


def _assembled(reading: Reading) -> Iterator[Finding]:
    """Greeting, sentences and sign-off are all that the body holds; only an offer has a list number."""
    body, cursor, listed = reading.draft.body, len(reading.draft.greeting), 0
    whole = body.startswith(reading.draft.greeting) and body.endswith(reading.draft.signoff)
    for line in reading.lines:
        number = _number(body[cursor : line.start]) if line.start >= cursor else None
        whole &= number == 0 or (line.backing[0] == "offer" and number in {1, listed + 1})
        listed = number or listed
        cursor = max(cursor, line.start + len(line.sentence.text))
    whole &= not any("\n" in line.sentence.text for line in reading.lines)
    for line in reading.lines:
        first = line.number == 0 and reading.draft.greeting.endswith(",")  # where German goes on in small letters
        if not _is_sentence(f"A{line.sentence.text}" if first else line.sentence.text):
            message = "Write a whole sentence: a capital or a figure first, a full stop, question mark or colon last."
            yield reading.within(line, "form.assembled", message)
    if not whole or body[cursor : len(body) - len(reading.draft.signoff)].strip():
        yield reading.finding("form.assembled", "Each sentence must be plain text on one line, to be set as it stands.")


def _number(gap: str) -> int | None:
    """The list number that stands between two sentences, 0 for none; None where anything else stands there."""
    written = gap.strip(_SPACE)
    if not written:
        return 0
    return int(written[0]) if written in _NUMBERS and gap[-1] in _SPACE else None


def _is_sentence(text: str) -> bool:
    """Whether it is whole, in quotation marks or not: a capital or a figure first, a full stop or the like last."""
    opened, closed = text.lstrip(_OPENING), text.rstrip(_CLOSING)
    return opened != "" and unicodedata.category(opened[0]) in _FIRST and closed[-1:] in _LAST


def _hidden(reading: Reading) -> Iterator[Finding]:
    texts = "".join((reading.draft.body, *(line.sentence.template for line in reading.lines)))
    if visible(texts) != texts or "\t" in texts:
        yield reading.finding("form.hidden", "Use no hidden, control or formatting characters.")


def _headers(reading: Reading) -> Iterator[Finding]:
    head = "\n".join(reading.draft.body.splitlines()[:4])
    match = _HEADER.search(head) if ":" in head else None
    if match or len(reading.draft.subject.splitlines()) > 1:
        message = "Write no header lines such as 'Subject:' or 'To:'; code sets them."
        yield reading.finding("form.header_line", message, match.span() if match else (0, 0))
        return
    for line in reading.lines:
        if ":" in line.own and _HEADER.match(line.own):
            yield reading.within(line, "form.header_line", "Write no header lines such as 'Subject:' or 'To:'.")


def _language(reading: Reading) -> Iterator[Finding]:
    """The language of the whole, and sentences in another one, where no phrase of ours is sought.

    A sentence with a few of the commonest words of the language wanted is in it; only the others are worth a guess.
    """
    from pipeline.values.language import guess

    wanted = reading.permit.language
    foreign = [line for line in reading.lines if not _at_home(reading, line)]
    letters = {line.number: sum(map(str.isalpha, line.own)) for line in reading.lines}
    whole = sum(letters.values())
    if whole >= _ENOUGH and sum(letters[line.number] for line in foreign) * 2 > whole:
        found = guess(" ".join(line.own for line in reading.lines))
        if found not in {"und", wanted}:
            yield reading.finding("form.language", f"Write in {wanted!r}; this reads as {found!r}.")
    for line in foreign:
        found = guess(line.own) if letters[line.number] >= _TELLING else wanted
        strange = found == "und" and letters[line.number] >= _SURE and not _common(reading, line)
        if strange and reading.lexicon.common:
            message = f"No language is known for this sentence: write it plainly in {wanted!r}."
            yield reading.within(line, "form.language_mixed", message)
        elif found not in {"und", wanted}:
            message = f"This sentence reads as {found!r}: write all of it in {wanted!r}."
            sure = letters[line.number] >= _SURE and not _common(reading, line)
            yield reading.within(line, "form.language" if sure else "form.language_mixed", message)


def _at_home(reading: Reading, line: Line) -> bool:
    return _common(reading, line) >= _COMMON


def _common(reading: Reading, line: Line) -> int:
    return len(reading.lexicon.common.intersection(_WORD.findall(folded(line.own).text)))


def _patterns(reading: Reading) -> Iterator[Finding]:
    own = reading.own
    for match in _PLACEHOLDER.finditer(own.text):
        line, span = own.place(*match.span())
        message = f"{match.group()[:40]!r} looks like a gap left open: use a slot that exists, or say it without."
        yield reading.within(line, "form.placeholder", message, span)
    for line, hit in reading.told("placeholder"):
        message = "'{words}' looks like a gap left open: use a slot that exists, or say it without."
        yield reading.on(line, hit, "form.placeholder", message)
    for match in _PICTURE.finditer(own.text.replace(MASK, " ")):
        line, span = own.place(*match.span())
        yield reading.within(line, "form.markup", f"Say it in words, without the picture {match.group()!r}.", span)
    for match in _MARKUP.finditer(own.text):
        line, span = own.place(*match.span())
        message = f"Write plain text, without markup such as {match.group()[:20]!r}; code sets the list."
        yield reading.within(line, "form.markup", message, span)


def _script(reading: Reading) -> Iterator[Finding]:
    expected = _SCRIPTS.get(reading.permit.language, {"LATIN"})
    letters = {c for c in set(reading.own.text) if not c.isascii() and unicodedata.category(c)[0] in "LM"}
    foreign = {c for c in letters if scripts(c) - expected or (expected == {"LATIN"} and c >= _LATIN_END)}
    for char in sorted(foreign):
        at = reading.own.text.index(char)
        line, span = reading.own.place(at, at + 1)
        message = f"{char!r} ({unicodedata.name(char, 'unnamed')}) is no letter of this language: use the plain letter."
        yield reading.within(line, "form.script", message, span)


def _salutation(reading: Reading) -> Iterator[Finding]:
    codes = {reading.permit.language, "en"} & set(languages())
    for line in reading.lines if anywhere("salutation", reading.own.plain) else ():
        hits = [hit for code in codes for hit in lexicon(code).find("salutation", line.own)]
        for hit in hits[:1]:
            yield reading.on(line, hit, "form.salutation", "Leave out greeting and sign-off: code adds them.")
