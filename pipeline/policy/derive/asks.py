"""All asks of a mail, one after the other: each derivation in its order, and what holds over the whole mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.policy.derive.asked import asked, total
from pipeline.policy.derive.duty import duty, favour_hours
from pipeline.policy.derive.ground import Facts, Ground, money, number, plus, unclear
from pipeline.policy.derive.money import of_the_year, priced
from pipeline.policy.derive.room import room
from pipeline.types.request import Ask, State


@dataclass
class _Before:
    """What earlier asks of the mail take; None where one of them can't be read, so that nobody knows."""

    hours: Decimal | None = Decimal(0)
    spent: Decimal | None = Decimal(0)
    favours: Decimal | None = Decimal(0)
    discounts: int = 0

    def take(self, facts: Facts) -> None:
        """Add what one more ask takes."""
        needed, price = facts.get("hours_needed"), facts.get("price")
        paid = money(price)
        self.hours = None if unclear(needed) else plus(self.hours, number(needed))
        self.spent = None if unclear(price) else plus(self.spent, paid.amount if paid else None)
        self.favours = None if unclear(facts.get("goodwill_after")) else plus(self.favours, favour_hours(facts))
        self.discounts += facts["discount"].state is not State.ABSENT


def derive(asks: tuple[Ask, ...], shared: Facts, ground: Ground, given: Mapping[int, Facts]) -> dict[int, Facts]:
    """One ask after the other: what an earlier ask takes of hours and money is gone for the next."""
    found: dict[int, Facts] = {}
    before = _Before()
    for ask in asks:
        stated = given.get(ask.number, {})
        facts = shared | {f.name: f for f in ask.facts} | stated
        facts |= asked(ask, facts, ground) | stated
        facts |= priced(ask, facts, ground) | stated
        facts |= of_the_year(facts, ground, before.spent, before.discounts) | stated
        facts |= room(facts, ground, before.hours) | stated
        facts |= duty(ask, facts, ground, before.favours) | stated
        before.take(facts)
        found[ask.number] = facts
    return _totalled(found, given)


def _totalled(asks: dict[int, Facts], given: Mapping[int, Facts]) -> dict[int, Facts]:
    """Each ask with what holds over the whole mail."""
    sum_ = total(facts["discount"] for facts in asks.values())
    return {
        n: facts | ({"discount_total": sum_} if facts["discount"].state is not State.ABSENT else {}) | given.get(n, {})
        for n, facts in asks.items()
    }
