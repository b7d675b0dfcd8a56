"""``profile.yaml``: who we are, how we write, when we work. Its holidays are those of the country and our own."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from pipeline.business.holidays import public_holidays
from pipeline.business.senders import addresses, domains
from pipeline.business.shape import read
from pipeline.business.voice import VoiceFile, voice_of
from pipeline.errors import BusinessError
from pipeline.types.base import Value
from pipeline.types.business import Example, Partner, Profile, Support
from pipeline.types.decision import Text
from pipeline.yamltree import Node, parse

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MOST_DEMAND = 10  # times our capacity; beyond it stands a percentage


class _PartnerFile(Value):
    name: str
    for_: tuple[str, ...] = Field(alias="for")
    notice: int = Field(default=0, ge=0)


class _ExampleFile(Value):
    id: str = Field(pattern="^[a-z][a-z0-9_]*$")
    text: dict[str, str]
    for_: tuple[str, ...] = Field(alias="for", min_length=1)


class _PersonFile(Value):
    name: str
    role: dict[str, str]
    for_: tuple[str, ...] = Field(alias="for", min_length=1)


class ProfileFile(Value):
    """The keys of the file, as they stand in it."""

    name: str
    addresses: tuple[str, ...] = Field(min_length=1)
    domains: tuple[str, ...] = ()
    services: tuple[str, ...] = Field(min_length=1)
    not_offered: tuple[str, ...] = ()
    signature: str
    voice: VoiceFile
    working_days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = (
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
    )
    country: str | None = None
    region: str | None = None
    holidays: tuple[date, ...] = ()
    booked_until: date | None = None
    partners: tuple[_PartnerFile, ...] = ()
    examples: tuple[_ExampleFile, ...] = ()
    people: tuple[_PersonFile, ...] = ()
    currency: str = "EUR"
    own_lists: tuple[str, ...] = ()
    stale_after_days: int = Field(default=365, ge=0)
    focus: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    cost_per_hour: Decimal | None = Field(default=None, ge=0)
    demand_to_capacity: Decimal | None = Field(default=None, ge=0)


def read_profile(text: str, name: str) -> Profile:
    """The profile from its file.

    Raises:
        BusinessError: the first fault, as ``file:line:column: what is expected``.
    """
    tree = parse(text, name, BusinessError)
    raw = read(tree, ProfileFile)
    demand = raw.demand_to_capacity
    if demand is not None and demand > _MOST_DEMAND:
        raise tree.at(("demand_to_capacity",)).fault(f"a fifth more is 1.2; {demand} is a percentage", BusinessError)
    return Profile(
        name=raw.name,
        addresses=addresses(tree.at(("addresses",))),
        domains=domains((tree.entries or {}).get("domains")),
        services=raw.services,
        not_offered=raw.not_offered,
        signature=raw.signature.strip(),
        voice=voice_of(raw.voice, tree.at(("voice",))),
        working_days=tuple(_WEEK.index(day) + 1 for day in raw.working_days),
        holidays=_holidays(raw, tree),
        booked_until=raw.booked_until,
        partners=tuple(Partner(name=p.name, for_=p.for_, notice=p.notice) for p in raw.partners),
        examples=tuple(Example(id=e.id, text=Text(by_language=e.text), for_=e.for_) for e in raw.examples),
        people=tuple(Support(name=p.name, role=Text(by_language=p.role), for_=p.for_) for p in raw.people),
        currency=raw.currency,
        own_lists=tuple(a.lower() for a in raw.own_lists),
        stale_after_days=raw.stale_after_days,
        focus=raw.focus,
        disliked=raw.disliked,
        cost_per_hour=raw.cost_per_hour,
        demand_to_capacity=demand,
    )


def _holidays(raw: ProfileFile, tree: Node) -> tuple[date, ...]:
    """Our own days and, in order, those of the country that are not among them."""
    if raw.country is None:
        if raw.region is not None:
            raise tree.at(("region",)).fault("'region' needs 'country', e.g. country: DE", BusinessError)
        return raw.holidays
    region = tree.at(("region",)) if raw.region is not None else None
    return tuple(sorted(public_holidays(tree.at(("country",)), region).union(raw.holidays)))
