"""Hours and prices by the price list, what would be left of them, and what this year holds already.

Promises, exposure and later work count as nothing: only money that is paid for this ask is in its price.
"""

from decimal import ROUND_CEILING, Decimal

from pipeline.policy.derive.ground import (
    Facts,
    Ground,
    absent,
    chosen,
    derived,
    hours,
    in_currency,
    money,
    number,
    says_yes,
    unclear,
    unread,
)
from pipeline.types.quantities import Count, Flag, Money, Order, Percent
from pipeline.types.records import Client, PriceItem
from pipeline.types.request import Ask, Fact, State

_UNREAD = "a sum, a discount or a promise can't be read, or is in another currency"
_TENTH, _CENT = Decimal("0.1"), Decimal("0.01")


def priced(ask: Ask, facts: Facts, ground: Ground) -> Facts:
    """Hours, list price, discount, price and margin of one ask; all absent where nothing of the price list is asked."""
    orders = [f.value for f in ask.facts if isinstance(f.value, Order)]
    torn = next((f for f in ask.facts if f.name == "item" and unclear(f)), None)
    if torn:
        return {name: unread(name, torn) for name in ("hours_needed", "list_price", "price", "margin")}
    if not orders:
        return {}
    needed, listed = _sum(orders, ground)
    currency = ground.business.profile.currency
    named = facts.get("price_wanted") or facts.get("price_offered")  # the money they would pay
    discount = _discount(facts, listed, named, currency)
    price = _price(facts | {"discount": discount}, listed, named, currency)
    made = [derived("hours_needed", hours(needed)), discount]
    made.append(derived("list_price", Money(amount=listed, currency=currency)))
    if price is None:
        made += [unread("price", note=_UNREAD), unread("margin", note=_UNREAD)]
    else:
        made.append(derived("price", Money(amount=price, currency=currency)))
        made.append(_margin(price, needed, ground, offered=named is not None))
    return {fact.name: fact for fact in made}


def of_the_year(facts: Facts, ground: Ground, spent: Decimal | None, discounts: int) -> Facts:
    """Discounts and bills of the calendar year, with this ask and what earlier asks of the mail come to.

    ``spent`` is None where the price of an earlier ask is not known.
    """
    made: dict[str, Fact] = {}
    client = ground.client
    if facts["discount"].state is not State.ABSENT:
        given = sum(map(ground.this_year, (d.on for d in client.discounts))) if client else 0
        after = Count(number=given + discounts + 1)
        made["discounts_after"] = derived("discounts_after", after, facts["discount"])
    if client and client.agreement.budget is not None and (price := facts.get("price")):
        made["over_budget"] = _over(price, client, client.agreement.budget, spent, ground.today.year)
    return made


def _over(price: Fact, client: Client, budget: Decimal, spent: Decimal | None, year: int) -> Fact:
    """Whether the year's bills exceed the limit; unknown where a sum is, unless the others do by themselves."""
    paid, billed = money(price), sum((i.amount for i in client.invoices if i.due.year == year), Decimal(0))
    sure = billed + (spent or 0) + (paid.amount if paid else 0)
    if sure <= budget and (spent is None or paid is None):
        return unread("over_budget", price, note=_UNREAD)
    return derived("over_budget", Flag(yes=sure > budget))


def _sum(orders: list[Order], ground: Ground) -> tuple[Decimal, Decimal]:
    """Hours and list price of so many units each."""
    items = {p.item: p for p in ground.business.prices}
    listed = [(items[o.item], _units(items[o.item], o.number)) for o in orders if o.item in items]
    needed = sum((item.hours * number for item, number in listed), Decimal(0))
    return needed, sum((item.price * number for item, number in listed), Decimal(0))


def _units(item: PriceItem, things: Decimal) -> Decimal:
    """Priced units for so many things: sixty-one guests are seven units of ten."""
    return (things / item.per).to_integral_value(ROUND_CEILING)


def _discount(facts: Facts, listed: Decimal, named: Fact | None, currency: str) -> Fact:
    """As stated, but never less than the price they name lies below our list."""
    said, wanted = facts["discount"], in_currency(named, currency)
    if named is None:
        return said
    if wanted is None or not listed:
        return unread("discount", named, note=_UNREAD)
    if wanted.amount >= listed:
        return said if facts.get("discount_asked") else absent("discount")
    share = ((listed - wanted.amount) * 100 / listed).quantize(_TENTH)
    return derived("discount", Percent(number=max(share, number(said) or Decimal(0))), named)


def _price(facts: Facts, listed: Decimal, named: Fact | None, currency: str) -> Decimal | None:
    """What would be paid; None when a sum, a discount or a promise can't be read."""
    if named:
        wanted = in_currency(named, currency)
        return wanted.amount if wanted else None
    if any(unclear(facts.get(name)) for name in ("discount", "unpaid", "pays_with")):
        return None
    free, off = says_yes(facts.get("unpaid")) or bool(chosen(facts.get("pays_with"))), number(facts["discount"])
    if free and not off and not says_yes(facts.get("offers_payment")):  # who wants a part off would pay the rest
        return Decimal(0)
    return (listed * (100 - (off or 0)) / 100).quantize(_CENT)


def _margin(price: Decimal, needed: Decimal, ground: Ground, *, offered: bool) -> Fact:
    """Per cent of the price that is left after our cost; absent for a favour or a promise: nothing to divide by.

    A price of nothing that is offered as a price loses all of it.
    """
    cost = ground.business.profile.cost_per_hour
    if cost is None or (not price and not offered):
        return absent("margin")
    if not price:
        return derived("margin", Percent(number=Decimal(-100)))
    return derived("margin", Percent(number=((price - needed * cost) * 100 / price).quantize(_TENTH)))
