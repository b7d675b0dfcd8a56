"""Every fact a rule may read, for each ask: the mail's own, the client's record, and what code derives from both.

All arithmetic is here, in exact numbers, with ``today`` passed in. What a client claims can add a fact; it can't remove
one that stands in our records. What this leaves out: prices, margins and hours, which need a price list.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.policy.facts import BY_NAME, CATALOGUE, Type
from pipeline.types.business import Business, Client
from pipeline.types.message import Message
from pipeline.types.quantities import Choice, Count, Day, Duration, Flag, Money, Percent, Quantity
from pipeline.types.request import Ask, Fact, Kind, Request, Source, State
from pipeline.values.workdays import Calendar

Facts = dict[str, Fact]


@dataclass(frozen=True)
class Day0:
    """The day of the decision and what follows from it alone: the first day on which anything new can be delivered."""

    today: date
    calendar: Calendar
    earliest: date
    quote_by: date

    @classmethod
    def of(cls, business: Business, today: date) -> "Day0":
        """``lead_time`` and ``quote_time`` are settings in working days; without them nothing is added."""
        profile = business.profile
        calendar = Calendar(working_days=profile.working_days, holidays=profile.holidays)
        start = max(today, profile.booked_until or today)
        return cls(
            today=today,
            calendar=calendar,
            earliest=calendar.add(start, _working_days(business, "lead_time")),
            quote_by=calendar.add(today, _working_days(business, "quote_time")),
        )


@dataclass(frozen=True)
class Resolved:
    """Facts by ask number (0 when the mail asks nothing), the day they hold on, and the names that no source fills."""

    asks: dict[int, Facts]
    day0: Day0
    dormant: frozenset[str]


def resolve(message: Message, request: Request, business: Business, today: date) -> Resolved:
    """Add records and derived facts to what the mail states."""
    day0 = Day0.of(business, today)
    client = business.client_of(message.sender)
    shared = {f.name: f for f in (*request.facts, *_record(client, today))}
    shared |= _shared(shared, client, business)
    per_ask = {ask.number: shared | _own(ask, client, business, day0) for ask in request.asks}
    total = _total(facts["discount"] for facts in per_ask.values())
    asks = {
        n: _complete(facts | ({"discount_total": total} if _asks_discount(facts) else {}))
        for n, facts in per_ask.items()
    }
    return Resolved(
        asks=asks or {0: _complete(shared)},
        day0=day0,
        dormant=frozenset() if business.profile.booked_until else frozenset({"before_we_are_free"}),
    )


def _record(client: Client | None, today: date) -> Iterable[Fact]:
    yield _known("client_known", Flag(yes=client is not None), Source.CLIENT)
    yield _known("tier", Choice(name=client.tier if client else "new"), Source.CLIENT)
    if client and client.overdue_since:
        days = Decimal((today - client.overdue_since).days)
        yield _known("overdue_days", Duration(number=days, unit="days"), Source.CLIENT)


def _shared(facts: Facts, client: Client | None, business: Business) -> Facts:
    """What holds for every ask of the mail."""
    late = business.policy.settings.get("late_after")
    days = facts.get("overdue_days")
    on_record = bool(
        days and isinstance(days.value, Duration) and isinstance(late, Duration) and days.value.number > late.number
    )
    claim = facts.get("overdue")
    # A threat whose words were not found still counts: a claim can only move the decision towards a person.
    threats = (client.threats_to_leave if client else 0) + ("leave_threat" in facts)
    overdue = _derived("invoice_overdue", Flag(yes=on_record or _says_yes(claim)), None if on_record else claim)
    return {
        "invoice_overdue": _unread("invoice_overdue", claim) if _unclear(claim) and not on_record else overdue,
        "threats_total": _derived("threats_total", Count(number=threats), facts.get("leave_threat")),
    }


def _own(ask: Ask, client: Client | None, business: Business, day0: Day0) -> Facts:
    facts = {f.name: f for f in ask.facts}
    facts["kind"] = Fact(name="kind", state=State.KNOWN, value=Choice(name=ask.kind.value), quote=ask.quote)
    facts["discount"] = _discount(ask, facts)
    facts["lead_days"] = _lead_days(facts, day0)
    facts["round"] = _round(ask, facts, client)
    facts["expertise"] = _expertise(ask, business)
    facts["before_we_are_free"] = _before_we_are_free(facts, business, day0)
    event = facts.get("event_day")  # one that can't be read counts as fixed: no date is offered that may come too late
    fixed = event is not None and (not isinstance(event.value, Day) or event.value.day < day0.earliest)
    facts["date_is_fixed"] = _derived("date_is_fixed", Flag(yes=fixed), event)
    return facts


def _discount(ask: Ask, facts: Facts) -> Fact:
    """From a stated percentage, else from two prices, else from a price and a cut; unknown if a discount names none."""
    asked = facts.get("discount_asked")
    if asked and asked.state is State.KNOWN:
        return _derived("discount", asked.value, asked)
    before, wanted, cut = (facts.get(n) for n in ("price_before", "price_wanted", "price_cut"))
    share = _share(before, wanted, cut)
    if share is not None:
        return _derived("discount", Percent(number=share), wanted or cut)
    if ask.kind is Kind.DISCOUNT or asked or wanted or cut:
        return Fact(name="discount", state=State.UNKNOWN, source=Source.DERIVED, note="no figure can be read")
    return Fact(name="discount", state=State.ABSENT, source=Source.DEFAULT)


def _share(before: Fact | None, wanted: Fact | None, cut: Fact | None) -> Decimal | None:
    """The reduction in per cent; None without two amounts of one currency."""
    price, other = _money(before), _money(wanted) or _money(cut)
    if price is None or other is None or not price.amount or {price.currency, other.currency} - {None, price.currency}:
        return None
    less = price.amount - other.amount if _money(wanted) else other.amount
    return (less * 100 / price.amount).quantize(Decimal("0.1"))


def _lead_days(facts: Facts, day0: Day0) -> Fact:
    wanted = facts.get("deadline") or facts.get("event_day")
    if wanted is None:
        return Fact(name="lead_days", state=State.ABSENT, source=Source.DEFAULT)
    if not isinstance(wanted.value, Day):
        return _unread("lead_days", wanted)
    days = day0.calendar.between(day0.today, wanted.value.day)
    return _derived("lead_days", Duration(number=Decimal(days), unit="working_days"), wanted)


def _round(ask: Ask, facts: Facts, client: Client | None) -> Fact:
    """The higher of what the mail says and what the record says; the record only counts for another round."""
    asked = facts.get("revision_round")
    if _unclear(asked):
        return _unread("round", asked)
    numbers = [asked.value.number] if asked and isinstance(asked.value, Count) else []
    if ask.kind is Kind.EXTRA_REVISIONS and client and client.revision_rounds_used is not None:
        numbers.append(client.revision_rounds_used + 1)
    if not numbers:
        return Fact(name="round", state=State.ABSENT, source=Source.DEFAULT)
    return _derived("round", Count(number=max(numbers)), asked)


def _expertise(ask: Ask, business: Business) -> Fact:
    wanted = ask.service.casefold().strip()
    profile = business.profile
    if wanted in {"everyday", "unlisted"}:
        word = wanted
    elif wanted in {s.casefold() for s in profile.services}:
        word = "offered"
    elif wanted in {s.casefold() for s in profile.not_offered}:
        word = "not_offered"
    else:
        note = f"'{ask.service}' is not an entry of profile.yaml"
        return Fact(name="expertise", state=State.UNKNOWN, source=Source.DERIVED, note=note)
    return Fact(
        name="expertise",
        state=State.KNOWN,
        value=Choice(name=word),
        source=Source.DERIVED,
        quote=ask.quote,
        note=ask.service,
    )


def _before_we_are_free(facts: Facts, business: Business, day0: Day0) -> Fact:
    wanted, booked = facts.get("deadline"), business.profile.booked_until
    if booked and _unclear(wanted):
        return _unread("before_we_are_free", wanted)
    if booked is None or wanted is None or not isinstance(wanted.value, Day):
        return Fact(name="before_we_are_free", state=State.ABSENT, value=Flag(yes=False), source=Source.DEFAULT)
    first_free = day0.calendar.add(booked, 1)
    return _derived("before_we_are_free", Flag(yes=wanted.value.day < first_free), wanted)


def _total(discounts: Iterable[Fact]) -> Fact:
    """Unknown if any discount is; absent if there is none."""
    stated = [f for f in discounts if f.state is not State.ABSENT]
    if any(f.state is State.UNKNOWN for f in stated):
        return Fact(
            name="discount_total", state=State.UNKNOWN, source=Source.DERIVED, note="one discount has no figure"
        )
    total = sum((f.value.number for f in stated if isinstance(f.value, Percent)), Decimal(0))
    return _derived("discount_total", Percent(number=total), stated[0] if stated else None)


def _asks_discount(facts: Facts) -> bool:
    return facts["discount"].state is not State.ABSENT


def _complete(facts: Facts) -> Facts:
    """Facts nobody stated are absent: a flag then reads as no, a measure as not mentioned."""
    missing = (spec for spec in CATALOGUE if spec.name not in facts)
    return facts | {
        spec.name: Fact(
            name=spec.name,
            state=State.ABSENT,
            value=Flag(yes=False) if spec.type is Type.FLAG else None,
            source=Source.DEFAULT,
        )
        for spec in missing
    }


def _known(name: str, value: Quantity, source: Source) -> Fact:
    return Fact(name=name, state=State.KNOWN, value=value, source=source)


def _derived(name: str, value: Quantity | None, of: Fact | None = None) -> Fact:
    assert name in BY_NAME
    return Fact(name=name, state=State.KNOWN, value=value, source=Source.DERIVED, quote=of.quote if of else None)


def _unclear(fact: Fact | None) -> bool:
    return fact is not None and fact.state is State.UNKNOWN


def _unread(name: str, of: Fact | None) -> Fact:
    """Derived from something unknown, so unknown itself."""
    note, quote = (of.note, of.quote) if of else ("", None)
    return Fact(name=name, state=State.UNKNOWN, source=Source.DERIVED, quote=quote, note=note)


def _says_yes(fact: Fact | None) -> bool:
    return fact is not None and isinstance(fact.value, Flag) and fact.value.yes


def _money(fact: Fact | None) -> Money | None:
    return fact.value if fact and isinstance(fact.value, Money) else None


def _working_days(business: Business, name: str) -> int:
    value = business.policy.settings.get(name)
    return int(value.number) if isinstance(value, Duration) else 0
