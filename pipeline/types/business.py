"""A business as its folder describes it: who we are, whom we know, and the policy we decide by."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from pipeline.types.base import Value
from pipeline.types.decision import Text
from pipeline.types.message import Address
from pipeline.types.policy import Policy
from pipeline.types.records import Client, Formality, PriceItem, Week


class Partner(Value):
    """Someone we may name to a client because both agreed to it."""

    name: str
    for_: tuple[str, ...]  # entries of ``not_offered`` or free words they cover
    notice: int = 0  # working days that they need to be told ahead


class Example(Value):
    """Something that happened and may be told, in words that are approved; ``for_`` are the rules it makes tangible."""

    id: str
    text: Text
    for_: tuple[str, ...]


class Support(Value):
    """One of our people whom a client may be sent to when one of the rules ``for_`` says no."""

    name: str
    role: Text
    for_: tuple[str, ...]


class Framing(Value):
    """What stands above and below the body of a draft, by language."""

    greeting: dict[str, str] = Field(default_factory=dict)
    signoff: dict[str, str] = Field(default_factory=dict)


class Voice(Value):
    """How the business writes. Greetings and sign-offs may hold ``{name}`` and ``{full_name}``.

    ``framing`` has those of languages that have one for each formality; there the others are the formal ones.
    ``formality``, ``use`` and ``avoid`` go by language; what holds for all stands under an empty one. ``shortest`` and
    ``longest`` count words of a body; 0 leaves them open.
    """

    greeting: Text
    signoff: Text
    guidance: str = ""
    framing: dict[Formality, Framing] = Field(default_factory=dict)
    formality: dict[str, Literal["informal", "formal", "match"]] = Field(default_factory=dict)
    shortest: int = 0
    longest: int = 0
    use: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    avoid: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Profile(Value):
    """The firm. ``working_days`` are ISO weekdays (1 = Monday); ``booked_until`` None: capacity is not kept here.

    Mail that is older than ``stale_after_days`` on the day of a run is passed over; 0 means never.
    """

    name: str
    addresses: tuple[str, ...]
    domains: tuple[str, ...] = ()
    services: tuple[str, ...]
    not_offered: tuple[str, ...] = ()
    signature: str
    voice: Voice
    working_days: tuple[int, ...] = (1, 2, 3, 4, 5)
    holidays: tuple[date, ...] = ()
    booked_until: date | None = None
    partners: tuple[Partner, ...] = ()
    examples: tuple[Example, ...] = ()
    people: tuple[Support, ...] = ()
    currency: str = "EUR"
    own_lists: tuple[str, ...] = ()
    stale_after_days: int = 365
    focus: tuple[str, ...] = ()  # whom and what the business is for
    disliked: tuple[str, ...] = ()  # kinds of work it could do and would rather not
    cost_per_hour: Decimal | None = None  # what an hour costs the business; private
    demand_to_capacity: Decimal | None = None  # 1.2: a fifth more is asked for than can be done; private


class Business(Value):
    """Everything of a business folder, and its hash."""

    profile: Profile
    clients: tuple[Client, ...] = ()
    prices: tuple[PriceItem, ...] = ()
    weeks: tuple[Week, ...] = ()
    policy: Policy
    hash: str

    def client_of(self, sender: Address) -> Client | None:
        """The record that this sender belongs to: by address, by address without its ``+tag``, then by domain.

        A domain counts as it is written: ``shop.lark.example`` may be anybody's, so ``lark.example`` does not cover it.
        The display name is never looked at, and a free-mail host is never a client's domain.
        """
        local, _, domain = sender.address.rpartition("@")
        for address in (sender.address, f"{local.partition('+')[0]}@{domain}"):
            for client in self.clients:
                if address in client.addresses:
                    return client
        return next((c for c in self.clients if domain and domain in c.domains), None)
