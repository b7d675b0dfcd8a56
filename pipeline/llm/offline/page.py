"""A mail as sentences: where each begins, which paragraph or list item it belongs to, and what is mere frame.

All sentences are folded (lower case, no accents, plain punctuation) into one text with a line each, so that a pattern
runs once over the mail and its place tells the sentence. Left out: grammar; a sentence is what punctuation, bullets and
paragraphs make it.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

import re2

from pipeline.values.lexicon import lexicon
from pipeline.values.text import Folded, bare, simple

_LONGEST = 6_000  # characters of a mail that are read
_HALVES = re.compile("[\ud800-\udfff]")  # of surrogate pairs, which re2 can't take
_SIMPLE = re.compile(r"(?:[!-~]| (?! ))*")  # printed ASCII, single blanks
_PARAGRAPH = re2.compile(r"(?:[^\n]|\n[^\S\n]*[^\s])+")
_ITEM = re2.compile(
    r"^\s*(?:[-*\x{2022}\x{2013}\x{2014}\x{b7}>]\s|\(?\d{1,2}[.):/]\)?\s|\(?[a-hA-H][).]\s|\d{1,2}\s?[-\x{2013}:]\s)"
)
_END = re2.compile(r"[.!?…]+[\"'\x{201d}\x{2019})\x{bb}]*(?:\s+|$)|[;]\s+|\n")
_SHORT = re2.compile(
    r"(?i)(?:^|[\s(])(?:mr|mrs|ms|dr|st|no|nr|approx|ca|e\.g|i\.e|etc|vs|incl|z\.\s?b|bzw|evtl|ggf|inkl|zzgl|mme|mlle|m"
    r"|sr|sra|srta|d|dña|núm|p\.\s?ej|art|tel|usw|d\.\s?h|u\.\s?a|str|av|jan|feb|aug|sept|oct|nov|dec|[a-z])\.$"
)
_DAY = re.compile(r"(?<!\w)\d{1,2}$", re.ASCII)
_DAY_OR_MONTH = re.compile(r"\d{1,2}\.", re.ASCII)
_WORD = re.compile(r"\w+")
_WRAPPED = 55  # characters: a line this long was broken by the mail program, not by its writer


class Sentence(NamedTuple):
    """A sentence: its span in the mail's text, its paragraph, and whether it begins a list item."""

    start: int
    end: int
    paragraph: int
    item: int  # number of the list item it belongs to, 0 outside of lists


class Page(NamedTuple):
    """A text, its sentences, and their folded lines in one string with the way back."""

    text: str
    sentences: tuple[Sentence, ...]
    folded: str
    lines: tuple[int, ...]  # where each sentence's line begins in ``folded``
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def sentence_at(self, place: int) -> int:
        """The number of the sentence whose line holds the folded ``place``."""
        return bisect_right(self.lines, place) - 1

    def sentence_of(self, place: int) -> int:
        """The number of the sentence that holds, or comes before, a ``place`` of the text."""
        return max(bisect_right(self.sentences, place, key=lambda sentence: sentence.start) - 1, 0)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of ``text`` that a folded span came from."""
        return self.starts[start], self.ends[max(end - 1, start)]

    def line(self, number: int) -> str:
        """The folded line of a sentence."""
        end = self.lines[number + 1] - 1 if number + 1 < len(self.lines) else len(self.folded)
        return self.folded[self.lines[number] : end]

    def words(self, number: int) -> str:
        """The sentence as it stands."""
        return self.text[self.sentences[number].start : self.sentences[number].end]


def page(text: str) -> Page:
    """``text`` in sentences."""
    text = _HALVES.sub("\ufffd", text[:_LONGEST])
    sentences = tuple(_sentences(text))
    folded: list[str] = []
    lines: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    for sentence in sentences:
        lines.append(len(starts))
        line = _folded(text[sentence.start : sentence.end])
        folded.append(line.text)
        starts += [sentence.start + place for place in line.starts] + [sentence.end]
        ends += [sentence.start + place for place in line.ends] + [sentence.end]
    return Page(text, sentences, "\n".join(folded), tuple(lines), tuple(starts), tuple(ends))


def _folded(words: str) -> Folded:
    """``simple(words)``, at once where nothing but capitals can change."""
    if _SIMPLE.fullmatch(words):
        return Folded(words.lower(), tuple(range(len(words))), tuple(range(1, len(words) + 1)))
    return simple(words)


def _sentences(text: str) -> list[Sentence]:
    found: list[Sentence] = []
    item = 0
    for number, match in enumerate(_PARAGRAPH.finditer(text)):
        inside = False
        for start, end in _pieces(text, match.start(), match.end()):
            begins = start == match.start() or text[start - 1] == "\n"
            if begins and _ITEM.search(text[start:end]):
                item, inside = item + 1, True
            if any(map(str.isalnum, text[start:end])):
                found.append(Sentence(*_trimmed(text, start, end), number, item if inside else 0))
    return found


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans between sentence ends; a line break counts unless the mail program made it."""
    pieces = []
    last = start
    for match in _END.finditer(text[start:end]):
        stop = start + match.end()
        if _breaks(text, last, start + match.start(), stop):
            pieces.append((last, stop))
            last = stop
    return [*pieces, (last, end)] if last < end else pieces


def _breaks(text: str, last: int, at: int, stop: int) -> bool:
    if text[at] == "\n":
        following = text[stop : stop + 12].lstrip(" ")
        line = text.rfind("\n", 0, at) + 1
        return at - line < _WRAPPED or bool(_ITEM.search(following))
    if text[at] == ".":
        small = text[stop : stop + 1].islower() or _dated(text[last:at], text[stop:])
        return not small and not _SHORT.search(text[last : at + 1])
    return True


def _dated(before: str, behind: str) -> bool:
    """Whether a full stop is that of a German ordinal in a date: "3. Mai", "26. 6."."""
    if not _DAY.search(before[-4:]):
        return False
    word = _WORD.match(behind)
    return bool(_DAY_OR_MONTH.match(behind) or (word and bare(word[0]) in lexicon("de").months))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
