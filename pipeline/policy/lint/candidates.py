"""Alternatives as the search sees them: what takes each away from an ask, for sure or by a chance of the mail."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.policy.lint.ground import Ground, fact_slots
from pipeline.policy.lint.refusals import Refusal, refusals
from pipeline.policy.lint.solve import Box
from pipeline.policy.lint.starve import Candidate
from pipeline.policy.terms import slots
from pipeline.types.decision import Action
from pipeline.types.policy import Alternative
from pipeline.types.request import State

_ALWAYS: Box = {}  # the box that holds every point


class Weighed(NamedTuple):
    """An alternative with what takes it away: ``surely`` by the facts, ``perhaps`` by a value that may be missing.

    ``undated`` is where the weeks on file may be full, so that a day that it gives can't be told.
    """

    alternative: Alternative
    surely: tuple[Box, ...]
    perhaps: tuple[Box, ...]
    refused: tuple[Refusal, ...]
    undated: tuple[Box, ...] = ()

    def candidate(self, ground: Ground, *, doubted: bool = False) -> Candidate:
        """For a search that counts only on what is there for certain; ``doubted``: what may take it away does."""
        enemies = tuple(name for name in self.alternative.not_for if name in ground.fires)
        gone = (*self.surely, *self.perhaps, *(r.box for r in self.refused if r.sure or doubted))
        gone = (*gone, *self.undated) if doubted else gone
        return Candidate(self.alternative.id, self.alternative.kind, self.alternative.for_, gone, enemies)

    @property
    def filler(self) -> bool:
        """Whether it is offered with every no, whatever it is about."""
        one = self.alternative
        return not (one.for_ or one.when or one.not_for or one.instead)


def weighed(ground: Ground) -> tuple[Weighed, ...]:
    """The alternatives of the first reply."""
    return tuple(_weigh(each, ground) for each in ground.policy.alternatives if each.round == 1)


def on_decline(all_: tuple[Weighed, ...]) -> tuple[Weighed, ...]:
    """Those that a refusal may offer."""
    return tuple(each for each in all_ if Action.DECLINE in each.alternative.on)


def _weigh(alternative: Alternative, ground: Ground) -> Weighed:
    space, profile = ground.space, ground.business.profile
    gone: list[Box] = [{cell.fact: space.full[cell.fact] & ~space.where(cell)} for cell in alternative.when]
    gone += [{name: cells} for name, cells in ground.unsaid(alternative.offer).items()]
    named = slots(alternative.offer)
    if ("booked_until" in named and profile.booked_until is None) or ("partner" in named and not profile.partners):
        gone.append(_ALWAYS)
    perhaps = (_unnamed(ground),) if "partner" in named else ()
    surely = tuple(box for box in gone if all(box.values()))
    return Weighed(
        alternative, surely, perhaps, tuple(refusals(alternative, ground)), tuple(_undated(alternative, ground))
    )


def _undated(alternative: Alternative, ground: Ground) -> Iterator[Box]:
    full = ground.space.states("ready_by", State.UNKNOWN)
    if full and (alternative.states_a_day or any(line.term == "earliest_date" for line in alternative.instead)):
        yield {"ready_by": full}


def _unnamed(ground: Ground) -> Box:
    """Where nobody may be named: anywhere but at a listed service, if each of those has its partner."""
    profile, expertise = ground.business.profile, ground.space.cells.get("expertise")
    covered = {service.casefold() for partner in profile.partners for service in partner.for_}
    if expertise is None or not covered.issuperset(service.casefold() for service in profile.not_offered):
        return _ALWAYS
    listed = sum(1 << n for n, cell in enumerate(expertise) if cell.words == "not_offered")
    return {"expertise": ground.space.full["expertise"] & ~listed}


def stated(ground: Ground) -> set[str]:
    """Every fact that a text for clients states."""
    texts = [rule.public for rule in ground.policy.rules if rule.public]
    texts += [alternative.offer for alternative in ground.policy.alternatives]
    return {name for text in texts for name in fact_slots(text, ground.policy)}
