"""Form: plain text of the right language and length, as code would put it together, without anything hidden in it.

Codes: ``form.length``, ``.assembled``, ``.placeholder``, ``.markup``, ``.hidden``, ``.script``, ``.header_line``,
``.salutation``, ``.language`` and
``.language_mixed``. What this leaves out: tone, grammar, and the subject, which is the client's own and
cleaned on the way out.
"""

import unicodedata
from collections.abc import Iterator

import re2

from pipeline.guard.lexicon import languages, lexicon
from pipeline.guard.reading import MASK, Line, Reading
from pipeline.types.verdict import Finding, Severity
from pipeline.values.text import scripts, visible

_FEWEST, _MANY, _MOST = 25, 300, 350  # words of the body
_LETTERS = 3600  # characters of the body; no 350 words are longer
_ENOUGH = 60  # letters from which a language can be told
_TELLING = 25  # letters from which the language of a sentence is worth a mark
_LATIN_END = "\u0250"  # behind it: phonetic letters that look like plain ones
_SCRIPTS = {
    "ar": {"ARABIC"}, "bg": {"CYRILLIC"}, "el": {"GREEK"}, "fa": {"ARABIC"}, "he": {"HEBREW"}, "hi": {"DEVANAGARI"},
    "ja": {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}, "ko": {"HANGUL", "CJK"}, "mk": {"CYRILLIC"},
    "ru": {"CYRILLIC"}, "sr": {"CYRILLIC"}, "th": {"THAI"}, "uk": {"CYRILLIC"}, "zh": {"CJK"},
}  # fmt: skip

_PLACEHOLDER = re2.compile(r"\[[^\]]*\]|<[^>]*>|\b(?:TODO|TBD|FIXME|XXX+|(?i:lorem ipsum))\b|[{}]|_{3,}|\.{4,}")
_MARKUP = re2.compile(r"(?im)\*\*|__|~~|`|\]\(|\]\[|^\s*#|^\s*[-*•>|]\s|<[/!a-z]|&[a-z0-9#]+;|\|--|data:|javascript:")
_PICTURE = re2.compile(r"[\p{So}\p{Sk}\p{Co}]")  # a thumb or a tick says yes, too
_HEADER = re2.compile(
    r"(?im)^\s*(?:subject|to|from|cc|bcc|reply-to|date|x-[a-z-]+|content-[a-z-]+|betreff|an|von|objet|à|de|asunto|para)\s*:"
)
_MARKER = re2.compile(r"\A\s*(?:([1-9])\.\s)?\s*\z")


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings."""
    yield from _length(reading)
    yield from _assembled(reading)
    yield from _hidden(reading)
    yield from _headers(reading)
    yield from _language(reading)
    for line in reading.lines:
        yield from _patterns(reading, line)
        yield from _script(reading, line)
        yield from _mixed(reading, line)
        yield from _salutation(reading, line)


def _length(reading: Reading) -> Iterator[Finding]:
    words = len(reading.draft.body.split())
    if words > _MOST or words < _FEWEST or len(reading.draft.body) > _LETTERS:
        yield reading.finding("form.length", f"Write {_FEWEST} to {_MANY} words; these are {words}.")
    elif words > _MANY:
        message = f"Write at most {_MANY} words; these are {words}."
        yield reading.finding("form.length", message, severity=Severity.MARK)


def _assembled(reading: Reading) -> Iterator[Finding]:
    """Greeting, sentences and sign-off are all that the body holds; only an offer has a list number."""
    body, cursor, listed = reading.draft.body, len(reading.draft.greeting), 0
    whole = body.startswith(reading.draft.greeting) and body.endswith(reading.draft.signoff)
    for line in reading.lines:
        gap = _MARKER.match(body[cursor : line.start]) if line.start >= cursor else None
        number = gap.group(1) if gap else None
        whole &= gap is not None and (number is None or (line.backing[0] == "offer" and int(number) in {1, listed + 1}))
        listed = int(number) if number else listed
        cursor = max(cursor, line.start + len(line.sentence.text))
    whole &= not any("\n" in line.sentence.text for line in reading.lines)
    if not whole or body[cursor : len(body) - len(reading.draft.signoff)].strip():
        yield reading.finding("form.assembled", "Each sentence must be plain text on one line, to be set as it stands.")


def _hidden(reading: Reading) -> Iterator[Finding]:
    for text in (reading.draft.body, *(line.sentence.template for line in reading.lines)):
        if visible(text) != text or "\t" in text:
            yield reading.finding("form.hidden", "Use no hidden, control or formatting characters.")
            return


def _headers(reading: Reading) -> Iterator[Finding]:
    head = "\n".join(reading.draft.body.splitlines()[:4])
    match = _HEADER.search(head)
    if match or len(reading.draft.subject.splitlines()) > 1:
        message = "Write no header lines such as 'Subject:' or 'To:'; code sets them."
        yield reading.finding("form.header_line", message, match.span() if match else (0, 0))
        return
    for line in reading.lines:
        if _HEADER.match(line.own):
            yield reading.within(line, "form.header_line", "Write no header lines such as 'Subject:' or 'To:'.")


def _language(reading: Reading) -> Iterator[Finding]:
    from pipeline.values.language import guess

    text = " ".join(line.own for line in reading.lines)
    if sum(map(str.isalpha, text)) < _ENOUGH:
        return
    found = guess(text)
    if found not in {"und", reading.permit.language}:
        yield reading.finding("form.language", f"Write in {reading.permit.language!r}; this reads as {found!r}.")


def _mixed(reading: Reading, line: Line) -> Iterator[Finding]:
    """A sentence in another language, where no phrase of ours is sought."""
    from pipeline.values.language import guess

    letters = sum(map(str.isalpha, line.own))
    found = guess(line.own) if letters >= _TELLING else "und"
    if found not in {"und", reading.permit.language}:
        message = f"This sentence reads as {found!r}: write all of it in {reading.permit.language!r}."
        yield reading.within(line, "form.language_mixed", message, severity=Severity.MARK)


def _patterns(reading: Reading, line: Line) -> Iterator[Finding]:
    for match in _PLACEHOLDER.finditer(line.own):
        message = f"{match.group()[:40]!r} looks like a gap left open: use a slot that exists, or say it without."
        yield reading.within(line, "form.placeholder", message, match.span())
    for match in _PICTURE.finditer(line.own.replace(MASK, " ")):
        message = f"Say it in words, without the picture {match.group()!r}."
        yield reading.within(line, "form.markup", message, match.span())
    for match in _MARKUP.finditer(line.own):
        message = f"Write plain text, without markup such as {match.group()[:20]!r}; code sets the list."
        yield reading.within(line, "form.markup", message, match.span())


def _script(reading: Reading, line: Line) -> Iterator[Finding]:
    expected = _SCRIPTS.get(reading.permit.language, {"LATIN"})
    letters = {c for c in line.own if not c.isascii() and unicodedata.category(c)[0] in "LM"}
    foreign = {c for c in letters if scripts(c) - expected or (expected == {"LATIN"} and c >= _LATIN_END)}
    for char in sorted(foreign)[:1]:
        at = line.own.index(char)
        message = f"{char!r} ({unicodedata.name(char, 'unnamed')}) is no letter of this language: use the plain letter."
        yield reading.within(line, "form.script", message, (at, at + 1))


def _salutation(reading: Reading, line: Line) -> Iterator[Finding]:
    codes = {reading.permit.language, "en"} & set(languages())
    for code in codes:
        for hit in lexicon(code).find("salutation", line.own):
            yield reading.on(line, hit, "form.salutation", "Leave out greeting and sign-off: code adds them.")
            return
