"""What the noes were about in money and in hours, as far as the records tell it, and how much room there is.

A thing that was asked for twice counts twice; that is said beside the sum. Without a price list there are no figures.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from pipeline.policy.learn.report import Money, Room, Week
from pipeline.policy.learn.rows import Row
from pipeline.types.business import Business
from pipeline.types.quantities import Duration, Flag, Percent
from pipeline.types.quantities import Money as Amount
from pipeline.types.request import Kind

_CENT, _TENTH = Decimal("0.01"), Decimal("0.1")
_OF_PRICE = frozenset({"discount", "discount_total", "discount_asked", "discounts_after"})


def declined(asked: Sequence[Row], business: Business) -> tuple[Money, ...]:
    """Three kinds of noes: discounts refused, work asked for without pay, and all other work."""
    of_price = {rule.id for rule in business.policy.rules if any(c.fact in _OF_PRICE for c in rule.conditions)}
    discounts, unpaid, work = list[Row](), list[Row](), list[Row]()
    for row in (row for row in asked if row.refused):
        cut = row.kind == Kind.DISCOUNT or row.ask.lead in of_price
        (discounts if cut else unpaid if _free(row) else work).append(row)
    sums = (
        _sum("discounts refused", discounts, _cut, _range(discounts)),
        _sum("work asked for without pay", unpaid, _list_price),
        _sum("other work declined, at list price", work, _list_price),
    )
    return tuple(sum_ for sum_ in sums if sum_.n)


def room(asked: Sequence[Row], business: Business) -> Room:
    """The weeks on file, and the hours that clients asked for."""
    weeks = tuple(Week(**week.model_dump()) for week in sorted(business.weeks, key=lambda week: week.week))
    capacity, booked = (sum((getattr(week, name) for week in weeks), Decimal(0)) for name in ("capacity", "booked"))
    stated = business.profile.demand_to_capacity
    hours = [needed for row in asked if (needed := _hours(row)) is not None]
    return Room(
        weeks=weeks,
        share=(booked * 100 / capacity).quantize(_TENTH) if capacity else None,
        stated=stated * 100 if stated is not None else None,
        asked=sum(hours, Decimal(0)),
        known=len(hours),
        n=len(asked),
    )


def _sum(name: str, refused: Sequence[Row], worth: Callable[[Row], Decimal | None], note: str = "") -> Money:
    known = [amount for row in refused if (amount := worth(row)) is not None]
    total = sum(known, Decimal(0)).quantize(_CENT)
    return Money(name=name, n=len(refused), known=len(known), total=total, note=note)


def _free(row: Row) -> bool:
    unpaid = row.facts.get("unpaid")
    said = bool(unpaid and isinstance(unpaid.value, Flag) and unpaid.value.yes)
    return said or "pays_with" in row.facts


def _list_price(row: Row) -> Decimal | None:
    return _amount(row, "list_price")


def _cut(row: Row) -> Decimal | None:
    """What the discount would have come to: of the list price, else of the price that the mail names."""
    share, price = _share(row), _amount(row, "list_price")
    price = price if price is not None else _amount(row, "price_before")
    return price * share / 100 if share is not None and price is not None else None


def _range(refused: Sequence[Row]) -> str:
    """``12.5 to 30 per cent in 3 of 4``; empty without a figure."""
    shares = [share for row in refused if (share := _share(row)) is not None]
    if not shares:
        return ""
    low, high = (format(share.normalize(), "f") for share in (min(shares), max(shares)))
    span = low if low == high else f"{low} to {high}"
    return f"{span} per cent, read in {len(shares)} of {len(refused)}"


def _share(row: Row) -> Decimal | None:
    fact = row.facts.get("discount")
    return fact.value.number if fact and isinstance(fact.value, Percent) else None


def _amount(row: Row, name: str) -> Decimal | None:
    fact = row.facts.get(name)
    return fact.value.amount if fact and isinstance(fact.value, Amount) else None


def _hours(row: Row) -> Decimal | None:
    fact = row.facts.get("hours_needed")
    return fact.value.number if fact and isinstance(fact.value, Duration) else None
