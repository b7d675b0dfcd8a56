"""From evidence to what holds: which families, in which sentences, and whether anything is left unexplained.

A family holds by its own sentences, with the mail's manner of asking as a makeweight; what speaks against it is taken
off. Left out: what a mail means beyond its sentences.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from pipeline.llm.offline.evidence import ASKS, Evidence, Hit
from pipeline.llm.offline.families import Family, families, weights
from pipeline.llm.offline.topics import asked_trades, trades

SUBJECT = 0  # the sentence that is the mail's subject
_PAID, _RELAXED = "pays", "relaxed"


@dataclass(frozen=True)
class Held:
    """A family that has points, its hits (the best first), and the service it is about if it is known."""

    family: Family
    points: int
    hits: tuple[Hit, ...]
    history: tuple[Hit, ...] = ()  # in the earlier mails
    service: str = ""
    own: int = 0  # points before the manner of asking, and what takes it back
    spoilt: bool = False  # whether the mail holds what rules it out

    @property
    def holds(self) -> bool:
        """Whether the evidence is enough for this family."""
        return self.points >= weights().bar and not self.spoilt


@dataclass(frozen=True)
class Weighed:
    """All families with points, by role, and the sentences that ask."""

    held: tuple[Held, ...]
    asking: frozenset[int]
    closing: frozenset[int]
    alarms: frozenset[int]
    pressing: int  # points of the signs
    foreign: bool  # whether a trade that the firm doesn't offer is named at all

    def of(self, *roles: str) -> tuple[Held, ...]:
        """What holds in these roles."""
        return tuple(h for h in self.held if h.family.role in roles and h.holds)

    @property
    def refusable(self) -> int:
        """All points that speak for a refusal, over all families and the manner of asking."""
        return self.pressing + sum(max(h.points - self.pressing, 0) for h in self.traces("refuse") if not h.spoilt)

    @property
    def unexplained(self) -> frozenset[int]:
        """Asking sentences that no family stands in."""
        return self.asking - self.closing - {hit.sentence for held in self.held for hit in held.hits}

    @property
    def suspicious(self) -> bool:
        """Whether anything is claimed, pressed for or named that a plain yes would have to know."""
        points = weights()
        doubts = [h for h in self.held if h.family.role not in {"routine", "nothing"}]
        sure = any(h.own >= points.bar and (h.family.role == "refuse" or not h.spoilt) for h in doubts)
        weak = sum(max(h.points, 0) for h in doubts if not h.spoilt)
        return bool(self.alarms or self.foreign or self.pressing > 1 or sure or weak > points.maybe)

    @property
    def whole(self) -> tuple[Held, ...]:
        """Facts of the whole mail; to insist means something only after a no."""
        found = self.of("whole")
        refused = any(h.family.name == "earlier_no" for h in found)
        return tuple(h for h in found if refused or h.family.name != "insists")

    def traces(self, *roles: str) -> tuple[Held, ...]:
        """What has any points in these roles."""
        return tuple(h for h in self.held if h.family.role in roles and h.points > 0)


def weigh(evidence: Evidence, history: Evidence, services: tuple[str, ...], not_offered: tuple[str, ...]) -> Weighed:
    """Points for every family, for a firm that offers these services and not those."""
    known = trades(services, not_offered)
    points = weights()
    pressing = min(points.most, sum(n for name, n in points.signs.items() if evidence.sign(name)))
    against = {name for name in (_PAID, _RELAXED) if evidence.sign(name)}
    asking = frozenset(evidence.sign(*ASKS)) - {SUBJECT}
    asked = asked_trades(evidence, known, asking)
    found = (_found(family, evidence, history, asked) for family in families())
    return Weighed(
        held=tuple(_pressed(held, pressing, against) for held in found if held),
        asking=asking,
        closing=frozenset(evidence.sign("closing")),
        alarms=frozenset(evidence.sign("alarm")),
        pressing=pressing,
        foreign=bool(asked_trades(evidence, known, None)),
    )


def _found(family: Family, evidence: Evidence, history: Evidence, asked: list[tuple[Hit, str]]) -> Held | None:
    """A family's own evidence, None without any; where the mail holds what spoils it, it is a mere suspicion."""
    rules = evidence.language.families.get(family.name, {})
    never = {hit.sentence for hit in evidence.hits(rules.get("never", ()))} | evidence.sign("alarm")
    plain, sure, maybe = (
        [hit for hit in evidence.hits(rules.get(strength, ())) if hit.sentence not in never]
        for strength in ("plain", "sure", "maybe")
    )
    service = ""
    if family.service == "match" and asked:
        sure, service = [hit for hit, _ in asked], asked[0][1]
    earlier = tuple(history.hits(rules.get("history", ())))
    hits = (*plain, *sure, *maybe)
    if not hits and not (earlier and family.role == "whole"):
        return None
    score = _score(plain, sure, maybe) + weights().sure * bool(earlier)
    spoilt = any(evidence.hits(rules.get("spoils", ())))
    return Held(family, score, hits, earlier, service, score, spoilt)


def _score(plain: Iterable[Hit], sure: Iterable[Hit], maybe: Iterable[Hit]) -> int:
    """Plain and sure evidence by sentence (a subject line is no more than weak), weak evidence by rule."""
    points = weights()
    value = {hit.sentence: points.sure for hit in sure} | {hit.sentence: points.plain for hit in plain}
    weak = {hit.rule for hit in maybe if hit.sentence not in value}
    if value.pop(SUBJECT, 0):
        weak.add("subject")
    return sum(sorted(value.values(), reverse=True)[:2]) + points.maybe * min(len(weak), 2)


def _pressed(held: Held, pressing: int, against: Collection[str]) -> Held:
    """A refusal weighs more the harder it is pressed for, and less where they pay or have time."""
    family = held.family
    if family.role != "refuse":
        return held
    taken_back = (family.paid and _PAID in against) + (family.relaxed and _RELAXED in against)
    return replace(held, points=held.points + pressing - weights().taken_back * taken_back)
