"""Who owes what: what the agreement obliges us to do, what it leaves out, what the client owes, favours so far."""

from decimal import Decimal

from pipeline.policy.derive.ground import (
    Facts,
    Ground,
    absent,
    chosen,
    day,
    derived,
    hours,
    number,
    says_yes,
    unclear,
    unread,
    wanted_for,
    working_days,
)  # fmt: skip
from pipeline.types.quantities import Choice, Count, Duration, Flag
from pipeline.types.request import Ask, Fact, Kind, State

_LESS = ("discount_asked", "price_wanted", "price_cut")
_NO_FAVOUR = {Kind.REFUND_OR_BLAME, Kind.INFORMATION_REQUEST, Kind.IN_SCOPE_REQUEST}


def duty(ask: Ask, facts: Facts, ground: Ground, before: Decimal | None) -> Facts:
    """Duties on both sides for one ask, after the favours that earlier asks of the mail want.

    ``before`` is in hours; None where nobody knows.
    """
    made = (
        _scope(facts),
        _obliged(ask, facts, ground),
        _part_open(facts),
        _part_too_late(facts, ground),
        _goodwill(ask, facts, ground, before),
    )
    return {fact.name: fact for fact in made}


def _scope(facts: Facts) -> Fact:
    inside, outside = facts.get("agreed"), facts.get("excluded") or facts.get("extra_scope")
    if inside is None and outside is None:
        return absent("scope")
    if inside and outside:
        return derived("scope", Choice(name="unclear"), inside)
    word = "inside" if inside else "outside"
    return derived("scope", Choice(name=word), inside or outside)


def _obliged(ask: Ask, facts: Facts, ground: Ground) -> Fact:
    """By an entry of the agreement that still holds, by our own mistake on record, or by a round that is included.

    A lower price than agreed is never owed; in a complaint about what we do owe, it leaves open which is meant. A fault
    of ours that stands in the mail alone is the client's word for it: it may oblige us, and a person must find
    out.
    """
    named, recorded = facts.get("agreed"), facts.get("our_mistake")
    ours = chosen(facts.get("fault")) == "us"
    clauses = ground.client.agreement.scope if ground.client else ()
    clause = next((c for c in clauses if named and named.note == c.what and c.holds(ground.today)), None)
    less = ask.kind is Kind.DISCOUNT or any(name in facts for name in _LESS)
    if less and not (ours or says_yes(recorded)):
        if clause and ask.kind is Kind.REFUND_OR_BLAME:
            return unread("obliged", named, note=clause.what)
        return derived("obliged", Flag(yes=False))
    if clause:
        return derived("obliged", Flag(yes=True), named, note=clause.what)
    if says_yes(recorded):
        return derived("obliged", Flag(yes=True), recorded, note="it was our own mistake, by our record")
    rounds = _rounds(ground)
    asked = number(facts.get("round"))
    if ask.kind is Kind.EXTRA_REVISIONS and _counted(ground) and asked is not None and asked <= rounds:
        return derived("obliged", Flag(yes=True), note=f"round {asked} of {rounds} that are included")
    if ask.kind is Kind.REFUND_OR_BLAME and ours:
        return unread("obliged", facts["fault"], note="by the mail it was our mistake; our records don't say so")
    torn = next(filter(unclear, (named, recorded)), None)
    return unread("obliged", torn) if torn else derived("obliged", Flag(yes=False))


def _counted(ground: Ground) -> bool:
    return ground.client is not None and ground.client.revision_rounds_used is not None


def _rounds(ground: Ground) -> int:
    agreed = ground.client.agreement.rounds if ground.client else None
    setting = ground.business.policy.settings.get("included_rounds")
    if agreed is not None:
        return agreed
    return setting.number if isinstance(setting, Count) else 0


def _part_open(facts: Facts) -> Fact:
    return derived("client_part_open", Flag(yes=says_yes(facts.get("waits_for"))), facts.get("waits_for"))


def _part_too_late(facts: Facts, ground: Ground) -> Fact:
    """Whether the lead time ends after the deadline; it counts from when their part comes, else from today."""
    awaited = facts.get("waits_for")
    until, arrives = day(wanted_for(facts)), max(day(facts.get("part_by")) or ground.today, ground.today)
    if not says_yes(awaited) or until is None:
        return derived("client_part_too_late", Flag(yes=False), awaited)
    days = ground.day0.calendar.between(arrives, until)
    return derived("client_part_too_late", Flag(yes=days < working_days(ground.business, "lead_time")), awaited)


def _goodwill(ask: Ask, facts: Facts, ground: Ground, before: Decimal | None) -> Fact:
    """Unpaid hours of this calendar year, with those of this favour; absent when the ask is no favour."""
    favour = says_yes(facts.get("unpaid")) and not chosen(facts.get("pays_with"))
    if not favour or ask.kind in _NO_FAVOUR or says_yes(facts.get("offers_payment")):
        return absent("goodwill_after")
    needed = _hours_wanted(facts)
    if not needed or before is None:
        return unread("goodwill_after", note="nothing says how many hours it takes")
    given = ground.client.favours if ground.client else ()
    used = sum((f.hours for f in given if ground.this_year(f.on)), Decimal(0))
    return derived("goodwill_after", hours(used + before + needed), facts["unpaid"])


def favour_hours(facts: Facts) -> Decimal:
    """What an ask takes of the year's goodwill; 0 where it is no favour, or nothing tells."""
    goodwill = facts.get("goodwill_after")
    return _hours_wanted(facts) if goodwill and goodwill.state is not State.ABSENT else Decimal(0)


def _hours_wanted(facts: Facts) -> Decimal:
    """Ours by the price list, or more if the mail says so; 0 where nothing tells."""
    return max(_hours(facts.get("hours_asked")), _hours(facts.get("hours_needed")))


def _hours(fact: Fact | None) -> Decimal:
    """Hours as such; days or weeks of a client's guess are no measure of our work."""
    value = fact.value if fact else None
    return value.number if isinstance(value, Duration) and value.unit == "hours" else Decimal(0)
