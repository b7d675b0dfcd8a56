"""Which clients are due what today: a check-in, an update of the agreement, a word about a rule they keep testing.

What this leaves out: the words. A day on record that lies ahead of today counts as today.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pipeline.policy.learn.rows import Row
from pipeline.types.base import Value
from pipeline.types.business import Business
from pipeline.types.decision import Action
from pipeline.types.quantities import Count, Duration
from pipeline.types.records import Client

UPDATE_AFTER = "agreement_update_after"
"""The setting by which an agreement is due for a look, however little has changed."""

REMIND_AFTER = "remind_after"
"""The setting that says after how many noes by one rule a client is reminded of it; three where a policy has none."""

_THREE, _YEAR = 3, 365
_DAYS = {
    "hours": Decimal(1) / 24,
    "days": Decimal(1),
    "working_days": Decimal(7) / 5,
    "weeks": Decimal(7),
    "months": Decimal(30),
    "years": Decimal(365),
}


class What(StrEnum):
    """What is due."""

    CHECK_IN = "check_in"
    UPDATE = "update"
    RULE = "rule"


class Due(Value):
    """One thing that is due, and why, for the owner's eyes.

    ``since`` is the day of the last talk or agreement; ``rule`` is the tested one, and ``times`` how often.
    """

    what: What
    because: str
    since: date | None = None
    rule: str = ""
    times: int = 0


class Refused(Value):
    """A no to a client (by id) on a day, led by a rule."""

    client: str
    rule: str
    on: date


def due(business: Business, today: date, noes: Iterable[Refused]) -> Mapping[str, tuple[Due, ...]]:
    """What is due to each client (by id), in the order of the file; clients with nothing due are not in it."""
    told = {rule.id for rule in business.policy.rules if rule.public}
    noes = [no for no in noes if no.rule in told and 0 <= (today - no.on).days <= _YEAR]
    found = {client.id: tuple(_of(client, business, today, noes)) for client in business.clients}
    return {client: things for client, things in found.items() if things}


def refused(asked: Iterable[Row]) -> Iterator[Refused]:
    """The noes to known clients, each rule once a mail; partings are no matter for a reminder."""
    seen: set[tuple[str, str]] = set()
    for row in asked:
        declined = row.refused and row.known and row.ask.action is Action.DECLINE
        if declined and (row.mail, row.ask.lead) not in seen:
            seen.add((row.mail, row.ask.lead))
            yield Refused(client=row.client, rule=row.ask.lead, on=row.on)


def _of(client: Client, business: Business, today: date, noes: list[Refused]) -> Iterable[Due]:
    settings = business.policy.settings
    checks = (_check_in(client, today), _update(client, today, settings.get(UPDATE_AFTER)))
    yield from (each for each in checks if each)
    enough = settings.get(REMIND_AFTER)
    yield from _tested(client, noes, enough.number if isinstance(enough, Count) else _THREE)


def _check_in(client: Client, today: date) -> Due | None:
    """Counted from the last talk or, if that is later, from the last update of the agreement."""
    every = client.check_in_every_days
    if every is None:
        return None
    days = [day for day in (client.last_check_in, client.agreement.updated) if day]
    last = max(days, default=client.since)
    if last is None:
        return Due(what=What.CHECK_IN, because="no check-in is on record")
    gone = (today - last).days
    if gone < every:
        return None
    talked = last if last == client.last_check_in else None
    return Due(what=What.CHECK_IN, because=f"{gone} days since the last talk, planned every {every} days", since=talked)


def _update(client: Client, today: date, after: object) -> Due | None:
    """Due when the scope has changed since, or when it is older than the setting allows."""
    agreement = client.agreement
    since = agreement.updated
    changes = [day for day in agreement.changes if day <= today and (since is None or day > since)]
    if changes:
        times = len(changes)
        what = "the scope changed" if times == 1 else f"the scope changed {times} times"
        return Due(what=What.UPDATE, because=f"{what} since the agreement was updated", since=since, times=times)
    if since is None or not isinstance(after, Duration) or (today - since).days < after.number * _DAYS[after.unit]:
        return None
    return Due(what=What.UPDATE, because=f"the agreement is {(today - since).days} days old", since=since)


def _tested(client: Client, noes: list[Refused], enough: int) -> Iterable[Due]:
    mine = [no.rule for no in noes if no.client == client.id]
    for rule in dict.fromkeys(mine):
        times = mine.count(rule)
        if times >= enough:
            yield Due(
                what=What.RULE,
                because=f"'{rule}' led to {times} {'no' if times == 1 else 'noes'} in a year",
                rule=rule,
                times=times,
            )
