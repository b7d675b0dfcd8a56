"""Hours and prices by the price list, what would be left of them, and what this year holds already.

Promises, exposure and later work count as nothing: only money that is paid for this ask is in its price.
"""

from decimal import ROUND_CEILING, Decimal

from pipeline.policy.derive.ground import Facts, Ground, absent, chosen, derived, hours, money, number, says_yes, unread
from pipeline.types.quantities import Count, Flag, Money, Order, Percent
from pipeline.types.records import PriceItem
from pipeline.types.request import Ask, Fact, State

_TENTH, _CENT = Decimal("0.1"), Decimal("0.01")


def priced(ask: Ask, facts: Facts, ground: Ground) -> Facts:
    """Hours, list price, discount, price and margin of one ask; all absent where nothing of the price list is asked."""
    orders = [f.value for f in ask.facts if isinstance(f.value, Order)]
    unclear = next((f for f in ask.facts if f.name == "item" and f.state is State.UNKNOWN), None)
    if unclear:
        return {name: unread(name, unclear) for name in ("hours_needed", "list_price", "price", "margin")}
    if not orders:
        return {}
    needed, listed = _sum(orders, ground)
    currency = ground.business.profile.currency
    discount = _discount(facts, listed)
    price = _price(facts | {"discount": discount}, listed)
    made = [derived("hours_needed", hours(needed)), discount]
    made.append(derived("list_price", Money(amount=listed, currency=currency)))
    if price is None:
        made += [unread("price", discount), unread("margin", discount)]
    else:
        made += [derived("price", Money(amount=price, currency=currency)), _margin(price, needed, ground)]
    return {fact.name: fact for fact in made}


def of_the_year(facts: Facts, ground: Ground, before: Decimal) -> Facts:
    """Discounts and bills of the calendar year, with this ask and what earlier asks of the mail cost (``before``)."""
    made: dict[str, Fact] = {}
    year, client = ground.today.year, ground.client
    if facts["discount"].state is not State.ABSENT:
        given = sum(1 for d in client.discounts if d.on.year == year) if client else 0
        made["discounts_after"] = derived("discounts_after", Count(number=given + 1), facts["discount"])
    price = money(facts.get("price"))
    if client and client.agreement.budget is not None and price:
        billed = sum((i.amount for i in client.invoices if i.due.year == year), Decimal(0))
        over = billed + before + price.amount > client.agreement.budget
        made["over_budget"] = derived("over_budget", Flag(yes=over))
    return made


def _sum(orders: list[Order], ground: Ground) -> tuple[Decimal, Decimal]:
    """Hours and list price of so many units each."""
    items = {p.item: p for p in ground.business.prices}
    listed = [(items[o.item], _units(items[o.item], o.number)) for o in orders if o.item in items]
    needed = sum((item.hours * number for item, number in listed), Decimal(0))
    return needed, sum((item.price * number for item, number in listed), Decimal(0))


def _units(item: PriceItem, things: Decimal) -> Decimal:
    """Priced units for so many things: sixty-one guests are seven units of ten."""
    return (things / item.per).to_integral_value(ROUND_CEILING)


def _discount(facts: Facts, listed: Decimal) -> Fact:
    """As stated; else what the price they want lies below the list."""
    said, wanted = facts["discount"], money(_sum_named(facts))
    if said.state is State.KNOWN or wanted is None or not listed:
        return said
    if wanted.amount >= listed:
        return absent("discount")
    share = ((listed - wanted.amount) * 100 / listed).quantize(_TENTH)
    return derived("discount", Percent(number=share), _sum_named(facts))


def _sum_named(facts: Facts) -> Fact | None:
    """The money they would pay: a lower price they name, else what they offer."""
    return facts.get("price_wanted") or facts.get("price_offered")


def _price(facts: Facts, listed: Decimal) -> Decimal | None:
    """What would be paid; None when a discount can't be read."""
    wanted, share = money(_sum_named(facts)), number(facts["discount"])
    if wanted:
        return wanted.amount
    if facts["discount"].state is State.UNKNOWN:
        return None
    free = says_yes(facts.get("unpaid")) or bool(chosen(facts.get("pays_with")))
    if free and not says_yes(facts.get("offers_payment")):
        return Decimal(0)
    return (listed * (100 - (share or 0)) / 100).quantize(_CENT)


def _margin(price: Decimal, needed: Decimal, ground: Ground) -> Fact:
    """Per cent of the price that is left after our cost; absent where nothing is paid: nothing to divide by."""
    cost = ground.business.profile.cost_per_hour
    if cost is None or not price:
        return absent("margin")
    return derived("margin", Percent(number=((price - needed * cost) * 100 / price).quantize(_TENTH)))
