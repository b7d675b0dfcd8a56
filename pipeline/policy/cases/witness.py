"""The plainest mail that tells a changed policy from the policy as it is; or the proof that none can.

Every value a fact can have falls into one of finitely many cells, so the search is complete: where no point of the
space is left, for one ask or for two, on any day, the change is no change, and it is left out of the count. The other
way round is not proven: of a change whose plainest points all come out the same, no row is suggested, and it counts.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

from pipeline.policy.cases.mutate import Mutant, steps
from pipeline.policy.cases.regions import SECOND, Atlas, Point, Regions, doubled, overlap
from pipeline.policy.catalogue.spec import Owner
from pipeline.policy.facts import BY_NAME
from pipeline.policy.lint.space import Space
from pipeline.policy.vocabulary import dormant
from pipeline.types.business import Business
from pipeline.types.decision import Action
from pipeline.types.policy import Alternative, IfUnknown, Rule

__all__ = ["SECOND", "Found", "Point", "Witnesses"]


_ASKABLE = frozenset(name for name, spec in BY_NAME.items() if spec.owner is Owner.CLIENT and spec.question)


class Query(NamedTuple):
    """A region to look for a witness in, and what must not be. Without any point of a ``final`` one there is none."""

    region: Regions
    holes: Regions
    final: bool = False


class Found(NamedTuple):
    """A point that may tell a change, and the day it must be."""

    point: Point
    today: date


class Witnesses:
    """Looks for witnesses under one policy; ``today`` is the day of its rows."""

    def __init__(self, business: Business, today: date) -> None:
        self._policy = business.policy
        self._space = Space.of(business.policy, steps(business.policy))
        self._dormant = dormant(business)
        self._today = today
        self._atlases: dict[date, Atlas] = {}
        self.possible = True

    def of(self, mutant: Mutant) -> Iterator[Found]:
        """Points that may tell the change, the plainest first. Afterwards ``possible`` says whether any could."""
        self.possible = False
        for today in self._days():
            atlas = self._atlases.setdefault(today, Atlas(self._policy, self._space, self._dormant, today))
            for query in _queries(mutant, atlas):
                for point in atlas.points(query.region, query.holes):
                    self.possible = self.possible or query.final
                    yield Found(point, today)

    def _days(self) -> Iterator[date]:
        """The rows' own day, then those on which a dated rule begins or has ended, and those before."""
        yield self._today
        edges = chain.from_iterable((r.from_, r.until and r.until + timedelta(1)) for r in self._policy.rules)
        days = {each for day in edges if day for each in (day, day - timedelta(1))}
        yield from sorted(days - {self._today})


def _queries(mutant: Mutant, atlas: Atlas) -> Iterator[Query]:
    match mutant.old, mutant.new:
        case Rule() as old, Rule() as new if old.if_unknown is not new.if_unknown:
            yield from _of_unknown(old, new, atlas)
        case Rule() as old, Rule() as new if old.decide is not new.decide:
            yield from _tiers(old, atlas.fired(old), (), atlas)
            yield from _tiers(old, atlas.unread(old), atlas.fired(old), atlas)
        case Rule() as old, Rule() | None as new:
            fires, still = atlas.fired(old), atlas.fired(new) if new else ()
            yield from _tiers(old, fires, still, atlas)
            yield from _tiers(old, still, fires, atlas)
            unread, now = atlas.unread(old), atlas.unread(new) if new else ()
            yield from _tiers(old, unread, (*fires, *now), atlas)
            yield from _tiers(old, now, (*still, *unread), atlas)
        case Alternative() as old, Alternative() as new:
            yield from _of_offer(old, new, atlas)


def _tiers(rule: Rule, region: Regions, holes: Regions, atlas: Atlas) -> Iterator[Query]:
    """Best where no other rule fires, else where none of more weight does, else anywhere."""
    others = [r for r in atlas.rules if r.id != rule.id]
    heavier = [r for r in others if r.decide.rank > rule.decide.rank]
    yield Query(region, (*holes, *_fires(others, atlas)))
    yield Query(region, (*holes, *_fires(heavier, atlas)))
    yield Query(region, holes, final=True)


def _of_unknown(old: Rule, new: Rule, atlas: Atlas) -> Iterator[Query]:
    """Where the rule can't be read, and it counts. To ask or to call a person differs only in what a client can say."""
    to_ask = {old.if_unknown, new.if_unknown} == {IfUnknown.ASK, IfUnknown.ESCALATE}
    region = atlas.unread(old, _ASKABLE if to_ask else None)
    least = min(Action.DECLINE.rank, old.decide.rank)
    others = [r for r in atlas.rules if r.id != old.id]
    sure = (*atlas.fired(old), *_fires((r for r in others if r.decide.rank >= least), atlas))
    heard = [r for r in others if r.if_unknown is not IfUnknown.IGNORE]
    plain = atlas.unread(old, _ASKABLE if to_ask else None, plainly=True)
    yield Query(plain, (*sure, *chain.from_iterable(map(atlas.unread, heard))))
    yield Query(overlap(region, _fires((r for r in others if r.decide is Action.ASK), atlas)), sure)
    yield Query(region, (*sure, *_settled(old, others, atlas)), final=True)
    if not to_ask:  # a doubt is at least told, where it would outweigh what is sure
        heavier = (*atlas.fired(old), *_fires((r for r in others if r.decide.rank >= old.decide.rank), atlas))
        yield Query(overlap(region, chain.from_iterable(atlas.fires.values())), heavier, final=True)


def _settled(rule: Rule, others: Iterable[Rule], atlas: Atlas) -> Regions:
    """Where another rule calls a person already, as nobody can be asked what it lacks."""
    if rule.decide.rank > Action.ESCALATE.rank:
        return ()
    heard = (r for r in others if r.decide.rank >= Action.DECLINE.rank and r.if_unknown is not IfUnknown.IGNORE)
    stuck = (atlas.stuck(r, frozenset() if r.if_unknown is IfUnknown.ESCALATE else _ASKABLE) for r in heard)
    return tuple(chain.from_iterable(stuck))


def _of_offer(old: Alternative, new: Alternative, atlas: Atlas) -> Iterator[Query]:
    """Where a reason that the offer answers leads, and only one of the two policies may offer it."""
    let = set(old.not_for) - set(new.not_for)
    fixed = atlas.where(c for c in old.when if c in new.when)
    forbidden = _fires((r for r in atlas.rules if r.id in new.not_for), atlas)
    freed = _fires((r for r in atlas.rules if r.id in let), atlas)
    for rule in (r for r in atlas.rules if r.decide in old.on):
        answered, still = (not each.for_ or rule.id in each.for_ for each in (old, new))
        if not (answered or still) or (answered and still and old.for_ != new.for_):
            continue
        region, ahead = overlap(atlas.fires[rule.id], fixed), _ahead(rule, atlas)
        for cell in (c for c in old.when if c not in new.when):
            region = overlap(region, atlas.fails(cell))
        if any("{partner}" in text for text in old.offer.by_language.values()):
            yield Query(overlap(overlap(region, freed) if let else region, atlas.elsewhere), (*ahead, *forbidden))
        yield Query(overlap(region, freed) if let else region, (*ahead, *forbidden), final=True)
        if let:
            beside, never = _beside(rule, freed, forbidden, atlas)
            yield Query(overlap(region, beside), (*ahead, *forbidden, *never), final=True)


def _beside(rule: Rule, freed: Regions, forbidden: Regions, atlas: Atlas) -> tuple[Regions, Regions]:
    """Where the rule that forbids the offer fires at a second ask that is refused as well, and what must not be."""
    refusing = _fires((r for r in atlas.rules if r.decide is rule.decide), atlas)
    heavier = _fires((r for r in atlas.rules if r.decide.rank > rule.decide.rank), atlas)
    duty = atlas.yes("obliged") if rule.decide in {Action.DECLINE, Action.END} else ()
    never = (*forbidden, *heavier, *duty)
    return tuple(map(doubled, overlap(freed, refusing))), tuple(map(doubled, never))


def _ahead(rule: Rule, atlas: Atlas) -> Regions:
    """Where another rule leads, or our own duty does."""
    place, weight = atlas.rules.index(rule), rule.decide.rank
    before = (r for n, r in enumerate(atlas.rules) if r.decide.rank > weight or (r.decide is rule.decide and n < place))
    return (*_fires(before, atlas), *(atlas.yes("obliged") if rule.decide in {Action.DECLINE, Action.END} else ()))


def _fires(rules: Iterable[Rule], atlas: Atlas) -> Regions:
    return tuple(chain.from_iterable(atlas.fires[rule.id] for rule in rules))
