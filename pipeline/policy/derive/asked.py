"""What the mail's own words come to: the discount, the lead time, the round, whether it is our trade."""

from collections.abc import Iterable
from decimal import Decimal

from pipeline.policy.derive.ground import (
    Facts,
    Ground,
    absent,
    day,
    derived,
    number,
    sane,
    unclear,
    unread,
    wanted_for,
)
from pipeline.types.quantities import Choice, Count, Day, Duration, Flag, Percent
from pipeline.types.request import Ask, Fact, Kind, Source, State

_WHOLE = 100


def asked(ask: Ask, facts: Facts, ground: Ground) -> Facts:
    """The facts of one ask that need no more than the profile and the client's rounds."""
    kind = Fact(name="kind", state=State.KNOWN, value=Choice(name=ask.kind.value), quote=ask.quote)
    made = (
        kind,
        _discount(ask, facts),
        _lead_days(facts, ground),
        _round(ask, facts, ground),
        _expertise(ask, ground),
        _before_we_are_free(facts, ground),
        _date_is_fixed(facts, ground),
    )
    return {fact.name: fact for fact in made}


def total(discounts: Iterable[Fact]) -> Fact:
    """All discounts of the mail: unknown if any is; absent if there is none."""
    stated = [f for f in discounts if f.state is not State.ABSENT]
    if any(unclear(f) for f in stated):
        return unread("discount_total", note="one discount has no figure")
    figures = (f.value.number for f in stated if isinstance(f.value, Percent))
    return derived("discount_total", Percent(number=sum(figures, Decimal(0))), stated[0] if stated else None)


def _discount(ask: Ask, facts: Facts) -> Fact:
    """From a stated percentage, else from two prices, else from a price and a cut; unknown if a discount names none."""
    stated = facts.get("discount_asked")
    said = number(stated)
    if said is not None and stated:
        return _of_share(said, stated)
    before, wanted, cut = (facts.get(n) for n in ("price_before", "price_wanted", "price_cut"))
    share = _share(before, wanted, cut)
    if share is not None:
        return _of_share(share, wanted or cut)
    if ask.kind is Kind.DISCOUNT or stated or wanted or cut:
        return unread("discount", note="no figure can be read")
    return absent("discount")


def _of_share(share: Decimal, of: Fact | None) -> Fact:
    """A reduction is more than nothing, and less than everything or all of it."""
    if share <= 0:
        return absent("discount")
    if share > _WHOLE:
        return unread("discount", of, note="it is more than the whole price")
    return derived("discount", Percent(number=share), of)


def _share(before: Fact | None, wanted: Fact | None, cut: Fact | None) -> Decimal | None:
    """The reduction in per cent; None without two amounts of one currency."""
    price, other = sane(before), sane(wanted) or sane(cut)
    if price is None or other is None or not price.amount or {price.currency, other.currency} - {None, price.currency}:
        return None
    less = price.amount - other.amount if sane(wanted) else other.amount
    return (less * 100 / price.amount).quantize(Decimal("0.1"))


def _lead_days(facts: Facts, ground: Ground) -> Fact:
    """Working days to the day it is wanted for, from the day on which their own part arrives."""
    wanted = wanted_for(facts)
    if wanted is None:
        return absent("lead_days")
    until = day(wanted)
    if until is None:
        return unread("lead_days", wanted)
    start = max(ground.today, day(facts.get("part_by")) or ground.today)
    days = ground.day0.calendar.between(start, until)
    return derived("lead_days", Duration(number=Decimal(days), unit="working_days"), wanted)


def _round(ask: Ask, facts: Facts, ground: Ground) -> Fact:
    """By our record where it counts rounds, else as the mail says."""
    stated, client = facts.get("revision_round"), ground.client
    if ask.kind is Kind.EXTRA_REVISIONS and client and client.revision_rounds_used is not None:
        return derived("round", Count(number=client.revision_rounds_used + 1), stated)
    if unclear(stated):
        return unread("round", stated)
    said = number(stated)
    return absent("round") if said is None else derived("round", Count(number=int(said)), stated)


def _expertise(ask: Ask, ground: Ground) -> Fact:
    wanted, profile = ask.service.casefold().strip(), ground.business.profile
    if wanted in {"everyday", "unlisted"}:
        word = wanted
    elif wanted in {s.casefold() for s in profile.services}:
        word = "offered"
    elif wanted in {s.casefold() for s in profile.not_offered}:
        word = "not_offered"
    else:
        named = (
            f"'{ask.service}' is not an entry of profile.yaml" if wanted else "no service of yours was recognised in it"
        )
        return unread("expertise", note=named)
    return Fact(
        name="expertise",
        state=State.KNOWN,
        value=Choice(name=word),
        source=Source.DERIVED,
        quote=ask.quote,
        note=ask.service,
    )


def _before_we_are_free(facts: Facts, ground: Ground) -> Fact:
    wanted, booked = facts.get("deadline"), ground.business.profile.booked_until
    if booked and unclear(wanted):
        return unread("before_we_are_free", wanted)
    until = day(wanted)
    if booked is None or until is None:
        return Fact(name="before_we_are_free", state=State.ABSENT, value=Flag(yes=False), source=Source.DEFAULT)
    return derived("before_we_are_free", Flag(yes=until < ground.day0.calendar.add(booked, 1)), wanted)


def _date_is_fixed(facts: Facts, ground: Ground) -> Fact:
    """An event day that can't be read counts as fixed: no date is offered that may come too late."""
    event = facts.get("event_day")
    fixed = event is not None and (not isinstance(event.value, Day) or event.value.day < ground.day0.earliest)
    return derived("date_is_fixed", Flag(yes=fixed), event)
