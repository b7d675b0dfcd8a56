"""What the client's record says by itself, and together with what the whole mail says."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from pipeline.policy.compare import scale
from pipeline.policy.derive.ground import Facts, Ground, derived, known, says_yes, unclear, unread
from pipeline.types.business import Business
from pipeline.types.quantities import Choice, Count, Duration, Flag, Percent
from pipeline.types.records import Client
from pipeline.types.request import Fact, Source

_YEAR = 365  # days in which a threat to leave is remembered


def record(ground: Ground) -> Iterable[Fact]:
    """The facts of the record alone; a stranger's are those of a new client."""
    client, today = ground.client, ground.today
    yield known("client_known", Flag(yes=client is not None), Source.CLIENT)
    yield known("tier", Choice(name=client.tier if client else "new"), Source.CLIENT)
    if client and (late := _overdue(client, today)) is not None:
        yield known("overdue_days", Duration(number=Decimal(late), unit="days"), Source.CLIENT)
    if client and client.revenue_share is not None:
        yield known("revenue_share", Percent(number=client.revenue_share), Source.CLIENT)
    if client and client.agreement.updated and client.agreement.updated <= today:
        age = Decimal((today - client.agreement.updated).days)
        changes = sum(1 for day in client.agreement.changes if client.agreement.updated < day <= today)
        yield known("agreement_age", Duration(number=age, unit="days"), Source.CLIENT)
        yield known("scope_changes", Count(number=changes), Source.CLIENT)
    demand = _demand(ground.business)
    if demand is not None:
        yield known("demand_to_capacity", Percent(number=demand), Source.BUSINESS)


def of_the_mail(facts: Facts, ground: Ground) -> Facts:
    """What holds for every ask of the mail."""
    late = ground.business.policy.settings.get("late_after")
    days = facts.get("overdue_days")
    on_record = bool(
        days and isinstance(days.value, Duration) and isinstance(late, Duration) and _longer(days.value, late)
    )
    claim = facts.get("overdue")
    overdue = derived("invoice_overdue", Flag(yes=on_record or says_yes(claim)), None if on_record else claim)
    # A threat whose words were not found still counts: a claim can only move the decision towards a person.
    threats = _threats(ground) + ("leave_threat" in facts)
    return {
        "invoice_overdue": unread("invoice_overdue", claim) if unclear(claim) and not on_record else overdue,
        "threats_total": derived("threats_total", Count(number=threats), facts.get("leave_threat")),
    }


def _overdue(client: Client, today: date) -> int | None:
    """Days since the oldest open invoice fell due; None when nothing is late."""
    dues = [i.due for i in client.invoices if i.amount > 0 and (i.paid_on is None or i.paid_on > today)]
    dues += [client.overdue_since] if client.overdue_since else []
    oldest = min(dues, default=today)
    return (today - oldest).days if oldest < today else None


def _longer(one: Duration, other: Duration) -> bool:
    left, right = scale(one), scale(other)
    return left is not None and right is not None and left[0] == right[0] and left[1] > right[1]


def _threats(ground: Ground) -> int:
    if ground.client is None:
        return 0
    recent = (day for day in ground.client.threats if 0 <= (ground.today - day).days <= _YEAR)
    return ground.client.threats_to_leave + sum(1 for _ in recent)


def _demand(business: Business) -> Decimal | None:
    """Per cent of our capacity: as stated in the profile, else booked against capacity over all weeks on file."""
    stated, capacity = business.profile.demand_to_capacity, sum((w.capacity for w in business.weeks), Decimal(0))
    if stated is not None:
        return stated * 100
    booked = sum((w.booked for w in business.weeks), Decimal(0))
    return (booked * 100 / capacity).quantize(Decimal("0.1")) if capacity else None
