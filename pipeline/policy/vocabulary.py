"""Which facts the reading model is asked for: those of every mail, and those about a record that this client has.

Entries of a record become the choices of the facts that name one, so that a model can only pick what is on file.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Generic, TypeVar

from pipeline.policy.catalogue.mail import ALWAYS, WITH_RECORDS
from pipeline.policy.catalogue.spec import FactSpec, Need
from pipeline.policy.facts import CATALOGUE
from pipeline.types.business import Business
from pipeline.types.records import Client

_LONGEST = 160  # characters of an entry that a model is shown


def vocabulary(business: Business, client: Client | None) -> tuple[FactSpec, ...]:
    """The mail facts to ask for, with the choices that hold for this client."""
    return _vocabulary(_Same(business), _Same(client))


@lru_cache(maxsize=256)
def _vocabulary(of: "_Same[Business]", asking: "_Same[Client | None]") -> tuple[FactSpec, ...]:
    business, lists = of.value, entries(of.value, asking.value)
    judged = {c.fact for rule in business.policy.rules for c in rule.conditions}
    told = (_with(spec, lists) for spec in WITH_RECORDS)
    return (*ALWAYS, *(spec for spec in told if _meant(spec, lists, judged)))


def entries(business: Business, client: Client | None) -> Mapping[Need, tuple[str, ...]]:
    """The entries of every record that a mail fact may name; a record without any is not kept."""
    profile = business.profile
    found = {
        Need.PRICES: tuple(p.item for p in business.prices),
        Need.NOTICE: tuple(f"{p.name}: {', '.join(p.for_)}" for p in profile.partners if p.notice),
        Need.DISLIKED: profile.disliked,
        Need.FOCUS: profile.focus,
    }
    return found | (_of(client) if client else {})


def _of(client: Client) -> dict[Need, tuple[str, ...]]:
    return {
        Need.AGREEMENT: tuple(c.what for c in client.agreement.scope),
        Need.EXCLUDED: client.agreement.excluded,
        Need.APPROVALS: tuple(a.what for a in client.approvals),
        Need.MISTAKES: tuple(m.what for m in client.our_mistakes),
        Need.GOALS: client.goals,
        Need.BRIEFS: client.briefs,
        Need.PROJECTS: tuple(p.name for p in client.projects),
        Need.WAITING: tuple(w.what for w in client.waiting_for),
        Need.SHARE: ("yes",) if client.revenue_share is not None else (),
    }


def _with(spec: FactSpec, lists: Mapping[Need, tuple[str, ...]]) -> FactSpec:
    """The fact with its record's entries: as choices, or as what the judgement is made by."""
    listed = tuple(entry[:_LONGEST] for need in spec.needs for entry in lists.get(need, ()))
    if spec.entry:
        return spec.model_copy(update={"choices": listed})
    if spec.needs == (Need.FOCUS,):
        return spec.model_copy(update={"meaning": f"{spec.meaning}; it is for: {', '.join(listed)}"})
    return spec


def _meant(spec: FactSpec, lists: Mapping[Need, tuple[str, ...]], judged: set[str]) -> bool:
    if spec.needs == (Need.JUDGED,):
        return spec.name in judged
    return all(lists.get(need) for need in spec.needs)


def kept(business: Business) -> frozenset[Need]:
    """Every record that the business keeps for at least one client; rules about the others are dormant."""
    profile, clients = business.profile, business.clients
    lists = [entries(business, client) for client in (None, *clients)]
    listed = {need for each in lists for need, found in each.items() if found}
    agreements = [client.agreement for client in clients]
    own = {
        Need.COST: profile.cost_per_hour is not None,
        Need.WEEKS: bool(business.weeks),
        Need.BOOKED: profile.booked_until is not None,
        Need.DEMAND: profile.demand_to_capacity is not None or bool(business.weeks),
        Need.INVOICES: any(c.invoices or c.overdue_since for c in clients),
        Need.AGREEMENT: any(a.scope or a.updated for a in agreements),
        Need.BUDGET: any(a.budget is not None for a in agreements),
        Need.JUDGED: True,
    }
    return frozenset(listed | {need for need, there in own.items() if there})


def dormant(business: Business) -> frozenset[str]:
    """The names of all facts that no record of this business can fill."""
    return _dormant(_Same(business))


_T_co = TypeVar("_T_co", covariant=True)


class _Same(Generic[_T_co]):
    """A value that is equal only to itself: thousands of mails are decided by one business, and it never changes."""

    def __init__(self, value: _T_co) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


@lru_cache(maxsize=8)
def _dormant(of: _Same[Business]) -> frozenset[str]:
    there = kept(of.value)
    return frozenset(spec.name for spec in CATALOGUE if not there.issuperset(spec.needs))
