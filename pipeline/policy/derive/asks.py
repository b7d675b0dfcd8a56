"""All asks of a mail, one after the other: each derivation in its order, and what holds over the whole mail."""

from collections.abc import Mapping
from decimal import Decimal

from pipeline.policy.derive.asked import asked, total
from pipeline.policy.derive.duty import duty, favour_hours
from pipeline.policy.derive.ground import Facts, Ground, money, number
from pipeline.policy.derive.money import of_the_year, priced
from pipeline.policy.derive.room import room
from pipeline.types.request import Ask, State


def derive(asks: tuple[Ask, ...], shared: Facts, ground: Ground, given: Mapping[int, Facts]) -> dict[int, Facts]:
    """One ask after the other: what an earlier ask takes of hours and money is gone for the next."""
    found: dict[int, Facts] = {}
    hours = spent = favours = Decimal(0)
    for ask in asks:
        stated = given.get(ask.number, {})
        facts = shared | {f.name: f for f in ask.facts} | stated
        facts |= asked(ask, facts, ground) | stated
        facts |= priced(ask, facts, ground) | stated
        facts |= of_the_year(facts, ground, spent) | stated
        facts |= room(facts, ground, hours) | stated
        facts |= duty(ask, facts, ground, favours) | stated
        favours += favour_hours(facts)
        hours += number(facts.get("hours_needed")) or 0
        price = money(facts.get("price"))
        spent += price.amount if price else 0
        found[ask.number] = facts
    return _totalled(found, given)


def _totalled(asks: dict[int, Facts], given: Mapping[int, Facts]) -> dict[int, Facts]:
    """Each ask with what holds over the whole mail."""
    sum_ = total(facts["discount"] for facts in asks.values())
    return {
        n: facts | ({"discount_total": sum_} if facts["discount"].state is not State.ABSENT else {}) | given.get(n, {})
        for n, facts in asks.items()
    }
