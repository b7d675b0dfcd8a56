"""Rows that would notice what no row notices yet: the plainest mail for each change, with what the policy makes of it.

The outcomes are those of today's policy. Whether they are right, its owner must say.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain, count
from typing import NamedTuple

from pipeline.policy.cases.coverage import Base, changed, noticed
from pipeline.policy.cases.mutate import Mutant
from pipeline.policy.cases.table import Expected, Placed, Row, Stated, placed
from pipeline.policy.cases.values import fact, written
from pipeline.policy.cases.witness import SECOND, Found, Point, Witnesses
from pipeline.policy.facts import BY_NAME
from pipeline.types.business import Business, Profile
from pipeline.types.decision import TOO_FEW, Decision
from pipeline.types.policy import Alternative
from pipeline.types.quantities import Choice, Flag
from pipeline.types.request import Fact, Kind, State

Facts = Mapping[str, Fact]
_SAID = frozenset({"kind", "tier", "expertise", "threats_total"})  # never absent


class Suggested(NamedTuple):
    """New ``rows`` and the changes that they notice; those that are no change; those that no row was found for."""

    rows: tuple[Row, ...]
    noticed: tuple[Mutant, ...]
    equal: tuple[Mutant, ...]
    left: tuple[Mutant, ...]


def suggest(survivors: Iterable[Mutant], business: Business, today: date, names: Iterable[str]) -> Suggested:
    """The fewest rows that come easily, and notice all that can be noticed; ``names`` are taken."""
    witnesses, taken = Witnesses(business, today), set(names)
    bases: list[Base] = []
    caught: list[Mutant] = []
    equal: list[Mutant] = []
    left: list[Mutant] = []
    for mutant in survivors:
        other = changed(business, mutant)
        if noticed(mutant, bases, other):
            caught.append(mutant)
            continue
        mails = (base for found in witnesses.of(mutant) for base in _bases(found, business))
        base = next((row for base in mails if (row := _telling(base, mutant, other)) is not None), None)
        if base is not None:
            caught.append(mutant)
            name = _name(mutant, base, taken)
            bases.append(replace(base, row=base.row.model_copy(update={"name": name})))
        else:
            (left if witnesses.possible else equal).append(mutant)
    return Suggested(tuple(base.row for base in bases), tuple(caught), tuple(equal), tuple(left))


def _bases(found: Found, business: Business) -> Iterator[Base]:
    """The mail as a row, decided; then the same with all taken back that its derivations add."""
    base = Base.of(_row(found, {}, business.profile), business)
    yield base
    unsaid = {n: tuple(_added(facts, found.point, SECOND * (n - 1))) for n, facts in base.facts.asks.items()}
    if any(unsaid.values()):
        yield Base.of(_row(found, unsaid, business.profile), business)


def _telling(base: Base, mutant: Mutant, other: Business) -> Base | None:
    """The row with no more of what comes of it than is needed to notice the change; None if it can't."""
    if not base.touched(mutant):
        return None
    under = base.under(other)
    rows = (base.expecting(expected) for expected in _expecting(base.decision, mutant))
    return next((row for row in rows if row.fails(under)), None)


def _expecting(got: Decision, mutant: Mutant) -> Iterator[Expected]:
    """What comes of it, told more and more closely."""
    told = got.code == TOO_FEW or any(got.code == ask.lead for ask in got.asks)
    wanted = Expected(action=got.action, lead=got.code if told else "")
    yield wanted
    if isinstance(mutant.old, Alternative):
        yield wanted.model_copy(update={"offers": tuple(offer.id for offer in got.offers)})
        return
    rule = mutant.old.id
    fired = "fired" if any(rule in ask.fired for ask in got.asks) else "quiet"
    yield wanted.model_copy(update={fired: (rule,)})
    yield wanted.model_copy(update={"ask": tuple(question.id for question in got.questions)})
    yield wanted.model_copy(update={"doubts": got.doubts})
    yield wanted.model_copy(update={"lead": got.code})


def _row(found: Found, unsaid: Mapping[int, tuple[Fact, ...]], profile: Profile) -> Row:
    second = [fact for name, fact in found.point.items() if name.endswith(SECOND)]
    asks = ([fact for name, fact in found.point.items() if not name.endswith(SECOND)], *([second] if second else ()))
    said = [_ask(facts, unsaid.get(n, ()), profile) for n, facts in enumerate(asks, 1)]
    return Row(
        name="",
        line=0,
        today=found.today,
        mail=said[0].mail,
        given=said[0].given,
        asks=tuple(each.ask for each in said),
    )


def _ask(facts: Iterable[Fact], unsaid: Iterable[Fact], profile: Profile) -> Placed:
    """One ask of a point. A trade is stated by naming a service, where the profile has one for it."""
    stated = [fact(BY_NAME[f.name], f.state, f.value) for f in facts if f.state is not State.ABSENT]
    trade = next(
        (each.value.name for each in stated if each.name == "expertise" and isinstance(each.value, Choice)), ""
    )
    known = {service for partner in profile.partners for service in partner.for_}
    refused = sorted(profile.not_offered, key=lambda name: name not in known)
    service = {"offered": profile.services, "not_offered": refused}.get(trade, [trade] if trade else ["everyday"])
    kept = (each for each in stated if each.name != "expertise" or not (trade and service))
    return placed((*kept, *unsaid), service[0] if service else "everyday")


def _added(facts: Facts, point: Point, ask: str) -> Iterator[Fact]:
    """What nobody stated and code derives all the same, as not said."""
    for name, each in facts.items():
        plain = each.state is State.ABSENT or each.value == Flag(yes=False)
        stated = any(n in point and point[n].state is not State.ABSENT for n in (name, f"{name}{ask}"))
        if BY_NAME[name].level == "derived" and name not in _SAID and not stated and not plain:
            spec = BY_NAME[name]
            yield fact(spec, State.ABSENT, Flag(yes=False) if spec.type == "flag" else None)


def _name(mutant: Mutant, base: Base, taken: set[str]) -> str:
    """The rule or offer and what is stated, e.g. ``discount: discount total 10%``; and what a no still lacks."""
    row = base.row
    asks = "; ".join(filter(None, (_words((*row.mail, *row.given)), *(_stated(ask) for ask in row.asks))))
    lacking = ", as long as it has fewer than three kinds of offers" if base.decision.code == TOO_FEW else ""
    name = f"{mutant.old.id}: {asks or 'nothing said'}{lacking}"
    again = (f"{name} ({n})" for n in count(2))
    name = next(each for each in chain((name,), again) if each not in taken)
    taken.add(name)
    return name


def _stated(ask: Stated) -> str:
    kind = "" if ask.kind is Kind.OTHER else ask.kind.replace("_", " ")
    service = "" if ask.service == "everyday" else ask.service
    return ", ".join(filter(None, (kind, service, _words((*ask.mail, *ask.given)))))


def _words(facts: Iterable[Fact]) -> str:
    return ", ".join(f"{f.name.replace('_', ' ')} {written(f)}" for f in facts if f.state is not State.ABSENT)
