"""A business as its folder describes it: who we are, whom we know, and the policy we decide by."""

from datetime import date

from pipeline.types.base import Value
from pipeline.types.decision import Text
from pipeline.types.message import Address
from pipeline.types.policy import Policy


class Partner(Value):
    """Someone we may name to a client because both agreed to it."""

    name: str
    for_: tuple[str, ...]  # entries of ``not_offered`` or free words they cover


class Voice(Value):
    """How the business writes: greeting and sign-off by language with ``{name}``, and a line of guidance."""

    greeting: Text
    signoff: Text
    guidance: str = ""


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
    currency: str = "EUR"
    own_lists: tuple[str, ...] = ()
    stale_after_days: int = 365


class Client(Value):
    """A client's record. Matched by address, then by domain; never by display name."""

    id: str
    name: str
    first_name: str = ""
    addresses: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    tier: str = "standard"
    overdue_since: date | None = None
    revision_rounds_used: int | None = None
    threats_to_leave: int = 0
    private_notes: tuple[str, ...] = ()


class Business(Value):
    """Everything of a business folder, and its hash."""

    profile: Profile
    clients: tuple[Client, ...] = ()
    policy: Policy
    hash: str

    def client_of(self, sender: Address) -> Client | None:
        """The record that this sender belongs to: by address, then by the firm's own domain."""
        for client in self.clients:
            if sender.address in client.addresses:
                return client
        return next((c for c in self.clients if sender.domain and sender.domain in c.domains), None)
