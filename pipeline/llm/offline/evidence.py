"""What stands in a mail: the signs and families of its language, each with its sentences and words.

A rule is searched once over the whole mail; where its parts meet in one sentence, that is a hit. Days, sums and
percentages are marks of a sentence, read by ``values``. Left out: weighing; see ``weigh``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from pipeline.llm.offline.expressions import MARKS, Compiled, Held, Lists, Part, Rule, part
from pipeline.llm.offline.page import Page, page
from pipeline.llm.offline.patterns import Language
from pipeline.types.quantities import Count, Day, Duration, Money, Percent
from pipeline.values.read import read
from pipeline.values.scan import scan
from pipeline.values.text import bare

ASKS = ("request", "need", "order", "question")  # the signs of a sentence that asks
NEAR = 7  # days: within them lies no working week; sooner is urgent whatever a firm's lead time
_BEHIND = 10  # characters before a day in which a word such as "by" makes it a limit
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
    _found: dict[str, dict[int, Hit]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take the page apart into what patterns may need."""
        self.held = Held(self.page.folded)
        self._lines = [Held(self.page.line(number)) for number in range(len(self.page.sentences))]

    @classmethod
    def of(cls, text: str, language: Language, code: str, today: date, firm: str = "") -> "Evidence":
        """Everything of ``text``, with meaningless phrases and the firm's name blanked out."""
        plain = page(text)
        masked, held = list(plain.folded), Held(plain.folded)
        mask = [rule.parts[0] for rule in language.signs.get("mask", ())]
        mask += [part(name, Lists())] if (name := " ".join(_WORD.findall(bare(firm)))) else []
        for pattern in filter(None, (one.within(held) for one in mask)):
            for match in pattern.finditer(plain.folded):
                masked[match.start() : match.end()] = "~" * (match.end() - match.start())
        found = cls(plain._replace(folded="".join(masked)), language, code, today)
        found.marks = _marks(found)
        found.marks["ask"] = [hit for name in ASKS for hit in found.hits(language.signs.get(name, ()))]
        return found

    def hits(self, rules: Iterable[Rule]) -> Iterator[Hit]:
        """Every sentence in which one of ``rules`` holds, once a rule."""
        for rule in rules:
            first, *others = rule.parts
            if not self._may(rule):
                continue
            for number, hit in self._part(first).items():
                if all(self._stands(part, number) is part.wanted for part in others):
                    yield hit._replace(rule=rule.written)

    def sign(self, *names: str) -> set[int]:
        """The sentences that carry one of these signs."""
        return {hit.sentence for name in names for hit in self.hits(self.language.signs.get(name, ()))}

    def _stands(self, part: Part, number: int) -> bool:
        """Whether a part stands in a sentence, or as far from it as the part reaches."""
        places = self._part(part)
        if part.reach is None:
            return bool(places)
        return any(near in places for near in range(number - part.reach, number + part.reach + 1))

    def _may(self, rule: Rule) -> bool:
        """Whether what a rule wants may stand anywhere in the mail, and all in one sentence."""
        wanted = [part for part in rule.parts if part.wanted]
        if not all(self.marks.get(part.mark) if part.mark else self.held.may(part.tree) for part in wanted):
            return False
        near = [part for part in wanted if part.reach == 0]
        return len(near) == 1 or any(
            all(self._marked(part, n) if part.mark else held.may(part.tree) for part in near)
            for n, held in enumerate(self._lines)
        )

    def _marked(self, part: Part, number: int) -> bool:
        return any(hit.sentence == number for hit in self.marks[part.mark])

    def _part(self, part: Part) -> dict[int, Hit]:
        if part.mark:
            return {hit.sentence: hit for hit in self.marks.get(part.mark, ())}
        if part.words not in self._found:
            pattern = part.within(self.held)
            self._found[part.words] = self._search(pattern) if pattern else {}
        return self._found[part.words]

    def _search(self, pattern: Compiled) -> dict[int, Hit]:
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
    marks: dict[str, list[Hit]] = {name: [] for name in MARKS}
    plain, due = evidence.page, evidence.language.due.within(evidence.held)
    marks["item"] = [Hit(n, own.start, own.end) for n, own in enumerate(plain.sentences) if own.item]
    for value in scan(plain.text, evidence.code, evidence.today):
        number = plain.sentence_of(value.start)
        hit = Hit(number, value.start, value.end)
        for name in _names(value.value, evidence.today):
            marks[name].append(hit)
            behind = plain.text[max(value.start - _BEHIND, plain.sentences[number].start) : value.end]
            if name == "near" and due and due.search(bare(behind)):
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
