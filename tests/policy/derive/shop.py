"""A shop with prices and weeks, and a client with records, for every test of what is derived."""

from datetime import date
from decimal import Decimal

from pipeline.policy.resolve import resolve
from pipeline.types.business import Business
from pipeline.types.quantities import Choice, Count, Day, Duration, Flag, Money, Order, Percent, Quantity
from pipeline.types.records import Client, PriceItem, Week
from pipeline.types.request import Ask, Fact, Kind, Quote, Request, State
from tests.fakes import TODAY, business, message

QUOTE = Quote(part="body", start=0, end=4, text="Could")
YES = Flag(yes=True)


def shop(*booked: int, **profile: object) -> Business:
    """Hours booked of 40 in each week from 2026-W47 on; posters at 300 for 5 hours, flyers by the thousand."""
    plain = business()
    changes = {"cost_per_hour": Decimal(40), **profile}
    return plain.model_copy(
        update={
            "profile": plain.profile.model_copy(update=changes),
            "prices": (
                PriceItem(item="poster", price=Decimal(300), hours=Decimal(5)),
                PriceItem(item="flyers, 1,000", price=Decimal(90), hours=Decimal(1), per=1000),
            ),
            "weeks": tuple(
                Week(week=f"2026-W{47 + n}", capacity=Decimal(40), booked=Decimal(b)) for n, b in enumerate(booked)
            ),
        }
    )


def posters(number: int) -> Fact:
    return Fact(name="item", state=State.KNOWN, value=Order(item="poster", number=Decimal(number)), note="poster")


def entry(name: str, words: str) -> Fact:
    """A fact that names an entry of a record."""
    return Fact(name=name, state=State.KNOWN, value=YES, quote=QUOTE, note=words)


def ask(kind: Kind, *facts: Fact, number: int = 1, **values: Quantity | None) -> Ask:
    told = (
        Fact(name=n, state=State.KNOWN if v is not None else State.UNKNOWN, value=v, quote=QUOTE)
        for n, v in values.items()
    )
    return Ask(number=number, kind=kind, quote=QUOTE, service="posters", facts=(*facts, *told))


def derived(ours: Business, *asks: Ask, mail: tuple[Fact, ...] = (), **record: object) -> dict[str, str]:
    """Every known fact of the last ask, as short words; what is unknown says so."""
    if record:
        client = Client.model_validate({"id": "lark", "name": "Lark", "domains": ["lark.example"], **record})
        ours = ours.model_copy(update={"clients": (client,)})
    resolved = resolve(message("Could you?"), Request(asks=asks, facts=mail, language="en"), ours, TODAY)
    facts = resolved.asks[max(resolved.asks)]
    return {name: _short(fact) for name, fact in facts.items() if fact.state is not State.ABSENT}


def _short(fact: Fact) -> str:
    match fact.value:
        case None:
            return "unknown"
        case Flag(yes=yes):
            return "yes" if yes else "no"
        case Money(amount=number) | Percent(number=number) | Duration(number=number):
            return f"{number.normalize():f}"
        case Count(number=count):
            return str(count)
        case Day(day=day):
            return day.isoformat()
        case Choice(name=name):
            return name
        case other:
            return str(other)


def day(text: str) -> Day:
    return Day(day=date.fromisoformat(text))


def percent(number: int) -> Percent:
    return Percent(number=Decimal(number))


def money(number: int) -> Money:
    return Money(amount=Decimal(number), currency="EUR")
