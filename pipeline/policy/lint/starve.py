"""Is there a mail that is declined and left with fewer than three kinds of alternatives? An exact search.

It starts from one rule as the reason told, and goes on by taking alternatives away: by a line of ``when`` that does not
hold, a value that is missing, a rule in ``not_for`` that fires in this ask or in a further one of the same mail. Two
kinds may stay. What can't be taken away without a contradiction ends the search.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from pipeline.policy.facts import BY_NAME
from pipeline.policy.lint.ground import Ground
from pipeline.policy.lint.solve import Box, both, inside, outside
from pipeline.types.policy import Rule

THREE = 3
_OF_THE_MAIL = frozenset({"invoice_overdue", "threats_total"})


class Candidate(NamedTuple):
    """An alternative, and what takes it away: boxes of the ask itself, and rules that fire anywhere in the mail."""

    id: str
    kind: str
    for_: tuple[str, ...]
    gone: tuple[Box, ...]
    enemies: tuple[str, ...]


class Mail(NamedTuple):
    """A mail as far as it is settled: the rule that leads each refused ask, where its facts lie, and where not."""

    leads: tuple[str, ...]
    box: Box
    holes: tuple[Box, ...]


@dataclass
class Search:
    """Over mails of at most ``asks`` refused asks, each led by one of ``leads`` (empty: by any rule)."""

    ground: Ground
    candidates: tuple[Candidate, ...]
    asks: int = 1
    leads: frozenset[str] = frozenset()
    _full: dict[str, int] = field(init=False)
    _rules: dict[str, Rule] = field(init=False)
    _first: dict[str, frozenset[str]] = field(init=False)
    _holes: dict[tuple[str, int], tuple[Box, ...]] = field(init=False, default_factory=dict)
    _seen: set[object] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        """Names for the facts of every ask."""
        every = self.ground.space.full
        self._full = {name_of(name, ask): cells for ask in range(self.asks) for name, cells in every.items()}
        self._rules = {rule.id: rule for rule in self.ground.rules}
        self._first = {name: frozenset(rule.id for rule in rules) for name, rules in self.ground.before.items()}

    def starved(self, lead: Rule) -> Mail | None:
        """A mail whose first reason is ``lead`` and that is left with fewer than three kinds; None: there is none."""
        self._seen.clear()
        told = self.ground.unsaid(lead.public) if lead.public else {}
        full = self.ground.space.full
        stated = {name: full[name] & ~cells for name, cells in told.items()}
        if not all(stated.values()):
            return None
        for box in self.ground.fires[lead.id]:
            start = self._asked(Mail((), {}, ()), lead, (box, stated))
            if start and (found := self._from(start, frozenset())):
                return found
        return None

    def pairs(self, mail: Mail) -> Iterator[tuple[Candidate, int]]:
        """Every alternative that answers an ask of the mail and is not surely gone."""
        for ask, lead in enumerate(mail.leads):
            for candidate in self.candidates:
                if (not candidate.for_ or lead in candidate.for_) and not self._gone(candidate, ask, mail):
                    yield candidate, ask

    def _gone(self, candidate: Candidate, ask: int, mail: Mail) -> bool:
        if any(inside(mail.box, of_ask(box, ask)) for box in candidate.gone):
            return True
        everywhere = range(len(mail.leads))
        fired = ((box, n) for rule in candidate.enemies for box in self.ground.fires[rule] for n in everywhere)
        return any(inside(mail.box, of_ask(box, n)) for box, n in fired)

    def _from(self, mail: Mail, spared: frozenset[str]) -> Mail | None:
        key = (mail.leads, frozenset(mail.box.items()), spared)
        if key in self._seen:
            return None
        self._seen.add(key)
        left = list(self.pairs(mail))
        kinds = {candidate.kind for candidate, _ in left}
        if len(kinds) < THREE:
            return mail
        foes = {rule: list(self._foe(rule, mail)) for rule in {r for candidate, _ in left for r in candidate.enemies}}
        open_: list[tuple[str, list[Mail]]] = []
        for candidate, ask in left:
            if candidate.kind not in spared:
                ways = [*self._lost(candidate, ask, mail), *(way for rule in candidate.enemies for way in foes[rule])]
                open_.append((candidate.kind, ways))
                if not ways:
                    spared |= {candidate.kind}
        if len(spared & kinds) >= THREE:
            return None
        kind, ways = min((o for o in open_ if o[0] not in spared), key=lambda o: len(o[1]))
        for way in ways:
            if found := self._from(way, spared):
                return found
        return self._from(mail, spared | {kind}) if len(spared & kinds) < THREE - 1 else None

    def _lost(self, candidate: Candidate, ask: int, mail: Mail) -> Iterator[Mail]:
        """Every way in which the ask's own facts take the alternative away."""
        found = (self._narrowed(mail, of_ask(box, ask)) for box in candidate.gone)
        return (narrowed for narrowed in found if narrowed)

    def _foe(self, enemy: str, mail: Mail) -> Iterator[Mail]:
        """Every way in which a rule fires: in an ask of the mail, or in one more."""
        boxes = (of_ask(box, ask) for box in self.ground.fires[enemy] for ask in range(len(mail.leads)))
        yield from (narrowed for box in boxes if (narrowed := self._narrowed(mail, box)))
        if len(mail.leads) < self.asks:
            yield from self._further(enemy, mail)

    def _further(self, enemy: str, mail: Mail) -> Iterator[Mail]:
        """The mail with one more ask, in which ``enemy`` fires."""
        lead_of = self._rules[mail.leads[0]].decide
        for lead in self.ground.rules:
            if lead.decide is not lead_of or (self.leads and lead.id not in self.leads):
                continue
            if enemy in self._first[lead.id]:
                continue
            boxes = product(self.ground.fires[lead.id], self.ground.fires[enemy] if enemy != lead.id else ({},))
            for pair in boxes:
                if more := self._asked(mail, lead, pair):
                    yield more

    def _asked(self, mail: Mail, lead: Rule, boxes: tuple[Box, ...]) -> Mail | None:
        """The mail with one more ask, led by ``lead`` and lying in ``boxes``."""
        ask = len(mail.leads)
        if (lead.id, ask) not in self._holes:
            self._holes[lead.id, ask] = tuple(of_ask(hole, ask) for hole in self.ground.holes[lead.id])
        more = Mail((*mail.leads, lead.id), mail.box, (*mail.holes, *self._holes[lead.id, ask]))
        for box in boxes:
            met = both(more.box, of_ask(box, ask))
            if met is None:
                return None
            more = more._replace(box=met)
        return self._narrowed(more, {})

    def _narrowed(self, mail: Mail, box: Box) -> Mail | None:
        met = both(mail.box, box)
        if met is None or outside(met, mail.holes, self._full) is None:
            return None
        return mail._replace(box=met)


def name_of(fact: str, ask: int) -> str:
    """The variable of a fact in one ask; all asks share those of the whole mail."""
    shared = BY_NAME[fact].level in {"mail", "record"} or fact in _OF_THE_MAIL
    return fact if ask == 0 or shared else f"{fact} {ask}"


def of_ask(box: Box, ask: int) -> Box:
    """A box over facts, as one over the variables of an ask."""
    return box if ask == 0 else {name_of(fact, ask): cells for fact, cells in box.items()}
