"""One draft laid open for the checks: where each sentence stands in the body, and which of its words code filled in.

Nothing is taken on trust: a sentence's text is compared with its template filled again from the permit, and the place
of every sentence is searched in the body. What this leaves out: any judgement, which is the checks'.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.guard.findings import FINDINGS
from pipeline.guard.lexicon import Hit, Lexicon, anywhere, folded, languages, lexicon
from pipeline.guard.permit import Permit, words_of
from pipeline.types.decision import Decision, Offer
from pipeline.types.draft import Draft, Sentence
from pipeline.types.request import Request
from pipeline.types.verdict import Finding, Severity

SLOT = re.compile(r"\{([A-Za-z0-9_.]{1,100})\}")
_TOKEN = re.compile(r"[\w.+@-]+")
_NAMED = re.compile(r"(?![HQSTW]\d)[A-Z]{1,4}\d[A-Z]?|\dD")  # A4, B2B, 3D; Q3 is a time
_MAILBOX = re.compile(r"[\w.+-]{2,40}@(?![\w])")
MASK = "□"  # neither letter nor digit, and nothing that any check looks for
_EXCERPT, _QUOTED = 120, 60  # characters of the body in a finding, of a phrase in its message


_STEPPING = {"commitment", "soft_accept", "acceptance"}  # groups that "tell us which, and we'll start" is none of
_GRANTING = {"acceptance", "wish_met"}  # groups that "we agree that …, but" is none of, unless a wish is in it
_INTRODUCING = {"acceptance", "offering"}  # groups that the end of "it can be had in another way:" is none of
_ENDS = " :"


@dataclass(frozen=True)
class Filled:
    """A slot: its ``name`` and where its words stand in the sentence's text."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Line:
    """A sentence. ``start``: its place in the body, -1 when it is not there; ``expected``: its template filled anew."""

    number: int
    sentence: Sentence
    start: int
    expected: str
    slots: tuple[Filled, ...]

    @cached_property
    def backing(self) -> tuple[str, str]:
        """What backs it, as kind and id: ``("offer", "later")``; the id of ``courtesy`` and ``aim`` is empty."""
        kind, _, name = self.sentence.backing.partition(":")
        return kind, name

    @property
    def intact(self) -> bool:
        """Whether the text is the filled template; the first letter may have become a capital."""
        return self.sentence.text.lower() == self.expected.lower()

    @cached_property
    def own(self) -> str:
        """The text with every filled slot blanked: the model's own words, at their places."""
        if not self.intact:
            return self.sentence.text
        text = self.sentence.text
        for slot in self.slots:
            text = text[: slot.start] + MASK * (slot.end - slot.start) + text[slot.end :]
        return text


@dataclass(frozen=True)
class Own:
    """All lines' own words, one a row, so that a pattern is asked once a draft and not once a line."""

    text: str
    plain: str  # the same, folded for the lexicons
    rows: tuple[tuple[int, Line], ...]  # where each line's row begins in ``text``

    @classmethod
    def of(cls, lines: tuple[Line, ...]) -> "Own":
        """The rows of some lines. A line feed within a sentence becomes a blank."""
        rows, at = [], 0
        for line in lines:
            rows.append((at, line))
            at += len(line.own) + 1
        text = "\n".join(line.own.replace("\n", " ") for line in lines)
        return cls(text, "\n".join(folded(line.own).text for line in lines), tuple(rows))

    def place(self, start: int, end: int) -> tuple[Line, tuple[int, int]]:
        """The line that a span of ``text`` begins in, and the span within that line's text."""
        row, line = self.rows[bisect_right(self.rows, start, key=lambda row: row[0]) - 1]
        return line, (start - row, min(end - row, len(line.own)))


@dataclass(frozen=True)
class Reading:
    """What every check reads."""

    draft: Draft
    decision: Decision
    request: Request
    permit: Permit
    lines: tuple[Line, ...]

    @cached_property
    def lexicon(self) -> Lexicon:
        """The phrases of the language that the draft is to be in."""
        return lexicon(self.permit.language)

    @cached_property
    def told_offers(self) -> tuple[Offer, ...]:
        """The permitted offers that the draft tells, in the order of the decision."""
        told = set(self.draft.offers)
        return tuple(offer for offer in self.decision.offers if offer.id in told)

    def offer_lines(self, offer: str) -> tuple[Line, ...]:
        """The sentences that one offer backs."""
        return tuple(line for line in self.lines if line.backing == ("offer", offer))

    @cached_property
    def told_by_us(self) -> tuple[str, ...]:
        """What the decision's own texts say, in every language that they have."""
        decision = self.decision
        texts = [text.text for some in (decision.reasons, decision.offers, decision.questions) for text in some]
        return tuple(words for text in texts for words in text.by_language.values())

    @cached_property
    def said_by_us(self) -> str:
        """The same texts folded for the lexicons, one a row."""
        return _rows(self.told_by_us)

    @cached_property
    def said_by_them(self) -> str:
        """What the client says, folded, one quote a row."""
        return _rows(self.told_by_them)

    @cached_property
    def told_by_them(self) -> tuple[str, ...]:
        """What the client says of the asks: the quotes of asks, details and aim."""
        request = self.request
        quotes = (*(ask.quote for ask in request.asks), *request.details, *filter(None, [request.aim]))
        return tuple(quote.text for quote in quotes)

    def is_mailbox(self, words: str) -> bool:
        """Whether it is the short name of a mailbox, without a place, that the client wrote: "sales@"."""
        name = _MAILBOX.match(folded(words).text)
        return name is not None and bool(re.search(rf"(?<!\w){re.escape(name.group())}", folded(self.permit.mail).text))

    def in_a_word(self, own: str, at: int) -> bool:
        """Whether a figure or sign is part of a thing's name, or of a mailbox's, that they or we use: "3D"."""
        word = next((w.group() for w in _TOKEN.finditer(own) if w.start() <= at < w.end()), "").rstrip(".-")
        named = _NAMED.fullmatch(word) is not None and words_of(word) <= self.permit.known
        return named or ("@" in word and self.is_mailbox(word))

    @cached_property
    def own(self) -> "Own":
        """The model's own words in one piece."""
        return Own.of(self.lines)

    @cached_property
    def filled(self) -> tuple[tuple[int, int, str], ...]:
        """Every filled slot in the body: start, end, name."""
        lines = [line for line in self.lines if line.start >= 0 and line.intact]
        return tuple((line.start + s.start, line.start + s.end, s.name) for line in lines for s in line.slots)

    def told(self, *groups: str) -> Iterator[tuple[Line, Hit]]:
        """Phrases of these groups, line by line, as ``said`` finds them. Mostly one question over all lines: none."""
        present = [group for group in groups if anywhere(group, self.own.plain)]
        for line in self.lines if present else ():
            for group in present:
                yield from ((line, hit) for hit in self._said(group, line))

    def said(self, group: str, line: Line) -> Iterator[Hit]:
        """Phrases of ``group`` that neither the sentence negates nor its offer's own text uses, each place once.

        They are sought in every language that is known, so that a switch of language hides nothing.
        """
        if anywhere(group, self.own.plain):
            yield from self._said(group, line)

    def _said(self, group: str, line: Line) -> Iterator[Hit]:
        """The same of a group that is somewhere in the draft."""
        if not anywhere(group, folded(line.own).text):
            return
        found = [hit for code in languages() for hit in lexicon(code).affirmed(group, line.own, self.lexicon)]
        if found:
            spared = list(self.lexicon.find(f"not_{group}", line.own))
            spared += self.lexicon.find("next_step", line.own) if group in _STEPPING else ()
            if group in _GRANTING:
                spared = [hit for hit in spared if not self.lexicon.has("conceded", hit.words)]
            found = [hit for hit in found if not any(s.start <= hit.start < s.end for s in spared)]
        if found and self.introduces(line) and group in _INTRODUCING:
            found = [hit for hit in found if hit.end < len(line.own.rstrip(_ENDS))]
        if found and group in _STEPPING:
            found = [hit for hit in found if not self.asks(line, hit.start, hit.end)]
        if found and not self.allows(group, line):
            yield from {(hit.start, hit.end): hit for hit in found}.values()

    def introduces(self, line: Line) -> bool:
        """Whether the sentence ends in a colon right before the first of the offers."""
        behind = self.lines[line.number + 1 : line.number + 2]
        return line.own.rstrip().endswith(":") and any(one.backing[0] == "offer" for one in behind)

    def asks(self, line: Line, start: int, end: int) -> bool:
        """Whether a place lies within what the client is to tell us: "tell us how …"; a new clause ends that."""
        words, own = self.lexicon, line.own
        spans = (hit for hit in words.find("asked", own) if hit.start <= start and end <= hit.end)
        return any(not words.has("clause", own[hit.start : start]) for hit in spans)

    def allows(self, group: str, line: Line) -> bool:
        """Whether the sentence tells an offer whose own text, in any of its languages, uses phrases of ``group``."""
        texts = [
            text
            for offer in self.decision.offers
            if line.backing == ("offer", offer.id)
            for text in offer.text.by_language.values()
        ]
        return any(anywhere(group, folded(text).text) for text in texts)

    def finding(
        self, code: str, message: str, at: tuple[int, int] = (0, 0), *, severity: Severity | None = None
    ) -> Finding:
        """A finding over a span of the body; its severity is the catalogue's unless another is given."""
        start, end = at
        return Finding(
            code=code, severity=severity or FINDINGS[code].severity, message=message, start=start, end=end,
            excerpt=self.draft.body[start:end][:_EXCERPT],
        )  # fmt: skip

    def within(self, line: Line, code: str, message: str, at: tuple[int, int] | None = None) -> Finding:
        """A finding over a span of a sentence's text, or over the whole sentence."""
        start, end = at or (0, len(line.sentence.text))
        place = (line.start + start, line.start + end) if line.start >= 0 else (0, 0)
        return self.finding(code, message, place)

    def on(self, line: Line, hit: Hit, code: str, message: str) -> Finding:
        """A finding over a phrase; ``{words}`` in the message are the phrase's."""
        return self.within(line, code, message.replace("{words}", hit.words[:_QUOTED]), (hit.start, hit.end))


def read(draft: Draft, decision: Decision, request: Request, permit: Permit) -> Reading:
    """Lay the draft open. Sentences are searched in the body one behind the other."""
    lines: list[Line] = []
    cursor = len(draft.greeting) if draft.body.startswith(draft.greeting) else 0
    for number, sentence in enumerate(draft.sentences):
        start = draft.body.find(sentence.text, cursor)
        cursor = start + len(sentence.text) if start >= 0 else cursor
        lines.append(Line(number, sentence, start, *_fill(sentence.template, permit.slots)))
    return Reading(draft, decision, request, permit, tuple(lines))


def _rows(texts: tuple[str, ...]) -> str:
    return "\n".join(folded(words).text for words in texts)


def _fill(template: str, words: dict[str, str]) -> tuple[str, tuple[Filled, ...]]:
    """The template with its known slots filled, and where they came to stand."""
    text, slots, last = "", [], 0
    for match in SLOT.finditer(template):
        name = match.group(1)
        text += template[last : match.start()]
        filled = words.get(name, match.group(0))
        slots.append(Filled(name, len(text), len(text) + len(filled)))
        text += filled
        last = match.end()
    return text + template[last:], tuple(slots)
