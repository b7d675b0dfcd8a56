"""What stands in a mail: the signs and families of its language, each with its sentences and words.

A rule is searched once over the whole mail; where its parts meet in one sentence, that is a hit. Days, sums and
percentages are marks of a sentence, read by ``values``. Left out: weighing; see ``weigh``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from pipeline.llm.offline.expressions import Part, Rule, compiled, expression
from pipeline.llm.offline.page import Page, page
from pipeline.llm.offline.patterns import Language
from pipeline.types.quantities import Count, Day, Duration, Money, Percent
from pipeline.values.read import read
from pipeline.values.scan import scan
from pipeline.values.text import bare

ASKS = ("request", "need", "order", "question")  # the signs of a sentence that asks
NEAR = 7  # days: within them lies no working week; sooner is urgent whatever a firm's lead time
_BEHIND = 10  # characters before a day in which a word such as "by" makes it a limit
_MARKS = ("day", "near", "due", "far", "money", "percent", "length", "item")
_WORD = re.compile(r"\w+", re.ASCII)
_TYPES = dict.fromkeys(("deadline", "event_day"), "day")
_TYPES |= dict.fromkeys(("price_before", "price_wanted", "price_cut", "amount"), "money")
_TYPES |= {"discount_asked": "percent", "payment_term": "duration", "revision_round": "count"}


class Hit(NamedTuple):
    """Where a rule holds: its sentence, the span of its first part, and the spans of its named groups."""

    sentence: int
    start: int
    end: int
    values: tuple[tuple[str, int, int], ...] = ()
    rule: str = ""


@dataclass
class Evidence:
    """A text with what was found in it; searches are kept, since many rules share their parts."""

    page: Page
    language: Language
    code: str
    today: date
    marks: dict[str, list[Hit]] = field(default_factory=dict)
    _present: frozenset[str] = frozenset()
    _found: dict[str, dict[int, Hit]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, language: Language, code: str, today: date, firm: str = "") -> "Evidence":
        """Everything of ``text``, with meaningless phrases and the firm's name blanked out."""
        plain = page(text)
        masked = list(plain.folded)
        names = [expression(firm_name, {})] if (firm_name := " ".join(_WORD.findall(bare(firm)))) else []
        for words in (*names, *(rule.parts[0].words for rule in language.signs.get("mask", ()))):
            for match in compiled(words).finditer(plain.folded):
                masked[match.start() : match.end()] = "~" * (match.end() - match.start())
        found = cls(plain._replace(folded="".join(masked)), language, code, today)
        found._present = frozenset(w for screen in language.screens for w in screen.present(found.page.folded))
        found.marks = _marks(found)
        found.marks["ask"] = [hit for name in ASKS for hit in found.hits(language.signs.get(name, ()))]
        return found

    def hits(self, rules: Iterable[Rule]) -> Iterator[Hit]:
        """Every sentence in which one of ``rules`` holds, once a rule."""
        for rule in rules:
            first, *others = rule.parts
            for number, hit in self._part(first.words).items():
                if all(self._stands(part, number) is part.wanted for part in others):
                    yield hit._replace(rule=rule.written)

    def sign(self, *names: str) -> set[int]:
        """The sentences that carry one of these signs."""
        return {hit.sentence for name in names for hit in self.hits(self.language.signs.get(name, ()))}

    def _stands(self, part: Part, number: int) -> bool:
        """Whether a part stands in a sentence, or as far from it as the part reaches."""
        places = self._part(part.words)
        if part.reach is None:
            return bool(places)
        return any(near in places for near in range(number - part.reach, number + part.reach + 1))

    def _part(self, words: str) -> dict[int, Hit]:
        if words.startswith("@"):
            return {hit.sentence: hit for hit in self.marks.get(words[1:], ())}
        if words not in self._found:
            self._found[words] = self._search(words) if words in self._present else {}
        return self._found[words]

    def _search(self, words: str) -> dict[int, Hit]:
        pattern = compiled(words)
        found: dict[int, Hit] = {}
        for match in pattern.finditer(self.page.folded):
            number = self.page.sentence_at(match.start())
            if number not in found:
                start, end = self.page.span(match.start(), match.end())
                found[number] = Hit(number, start, end, tuple(self._values(pattern.groupindex, match)))
        return found

    def _values(self, groups: dict[str, int], match: "object") -> Iterator[tuple[str, int, int]]:
        for name, number in groups.items():
            first, last = match.span(number)  # type: ignore[attr-defined]
            if first >= 0:
                start, end = self.page.span(first, last)
                if name not in _TYPES or self.value(_TYPES[name], start, end) is not None:
                    yield name, start, end

    def value(self, type_: str, start: int, end: int) -> object:
        """What the words between state, None when that can't be read."""
        return read(type_, self.page.text[start:end], self.code, self.today)


def _marks(evidence: Evidence) -> dict[str, list[Hit]]:
    """Days, sums, percentages and lengths of time by sentence; a ``due`` day is near and behind a word like by."""
    marks: dict[str, list[Hit]] = {name: [] for name in _MARKS}
    plain, due = evidence.page, compiled(evidence.language.due)
    marks["item"] = [Hit(n, own.start, own.end) for n, own in enumerate(plain.sentences) if own.item]
    for value in scan(plain.text, evidence.code, evidence.today):
        number = plain.sentence_of(value.start)
        hit = Hit(number, value.start, value.end)
        for name in _names(value.value, evidence.today):
            marks[name].append(hit)
            behind = plain.text[max(value.start - _BEHIND, plain.sentences[number].start) : value.end]
            if name == "near" and due.search(bare(behind)):
                marks["due"].append(hit._replace(values=(("deadline", hit.start, hit.end),)))
    return marks


def _names(value: object, today: date) -> Iterator[str]:
    match value:
        case Day(day=day):
            yield "day"
            ahead = (day - today).days
            if 0 <= ahead < NEAR:
                yield "near"
            elif ahead >= NEAR:
                yield "far"
        case Money():
            yield "money"
        case Percent():
            yield "percent"
        case Duration():
            yield "length"
        case Count():
            pass
