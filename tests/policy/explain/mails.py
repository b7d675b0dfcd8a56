"""Mails as hypothesis makes them up: asks with any facts of the catalogue, read or not; and a firm with many rules."""

from datetime import timedelta
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from pipeline.policy.catalogue.mail import ALWAYS, WITH_RECORDS
from pipeline.policy.catalogue.spec import FactSpec, Type, Unit
from pipeline.policy.load import load_policy
from pipeline.resources import shipped
from pipeline.types.business import Business
from pipeline.types.quantities import Choice, Count, Day, Duration, Flag, Money, Order, Percent, Quantity, Words
from pipeline.types.records import Client
from pipeline.types.request import Ask, Fact, Kind, Quote, Request, State
from tests.fakes import TODAY
from tests.policy.derive.shop import shop

QUOTE = Quote(part="body", start=0, end=9, text="Could you")
RECORD = {
    "id": "lark",
    "name": "Lark",
    "domains": ["lark.example"],
    "goals": ["more walk-ins"],
    "agreement": {"updated": "2026-01-02", "scope": [{"what": "two rounds", "obliges": True}], "excluded": ["video"]},
    "discounts": [{"on": "2026-03-01", "percent": 5}, {"on": "2026-05-01", "percent": 5}],
    "revenue_share": 30,
}


@cache
def firm() -> Business:
    """A shop with records, under the policy of the business cases."""
    text = shipped("fixtures", "suites", "business", "policy.yaml").read_text(encoding="utf-8")
    return shop(10, 38, 40).model_copy(
        update={"policy": load_policy(text, "policy.yaml"), "clients": (Client.model_validate(RECORD),)}
    )


def value(spec: FactSpec) -> st.SearchStrategy[Quantity]:
    few = st.integers(0, 40).map(Decimal)
    match spec.type:
        case Type.PERCENT:
            return few.map(lambda n: Percent(number=n))
        case Type.MONEY:
            return few.map(lambda n: Money(amount=n * 50, currency="EUR"))
        case Type.DURATION:
            unit = st.just("hours") if spec.unit is Unit.HOURS else st.sampled_from(["days", "weeks", "months"])
            return st.builds(Duration, number=few, unit=unit)
        case Type.DAY:
            return st.integers(-2, 40).map(lambda n: Day(day=TODAY + timedelta(n)))
        case Type.COUNT:
            return st.integers(0, 5).map(lambda n: Count(number=n))
        case Type.FLAG:
            return st.just(Flag(yes=True))
        case Type.CHOICE:
            return st.sampled_from(spec.choices).map(lambda n: Choice(name=n))
        case Type.WORDS:
            return st.just(Words(text="sixty"))
        case Type.ORDER:
            return st.integers(1, 8).map(lambda n: Order(item="poster", number=Decimal(n)))


def facts(level: str) -> st.SearchStrategy[tuple[Fact, ...]]:
    specs = [spec for spec in (*ALWAYS, *WITH_RECORDS) if spec.level == level]
    named = st.sampled_from(specs).flatmap(lambda spec: st.one_of(value(spec), st.none()).map(lambda v: _fact(spec, v)))
    return st.lists(named, max_size=4, unique_by=lambda fact: fact.name).map(tuple)


def _fact(spec: FactSpec, found: Quantity | None) -> Fact:
    note = "two rounds" if spec.entry else ""
    return Fact(name=spec.name, state=State.KNOWN if found else State.UNKNOWN, value=found, quote=QUOTE, note=note)


def asks(number: int) -> st.SearchStrategy[Ask]:
    services = st.sampled_from(["posters", "video", "everyday", "unlisted", "made up"])
    return st.builds(
        Ask,
        number=st.just(number),
        kind=st.sampled_from(Kind),
        quote=st.just(QUOTE),
        service=services,
        facts=facts("ask"),
    )


def requests() -> st.SearchStrategy[Request]:
    numbered = st.integers(0, 3).flatmap(lambda n: st.tuples(*(asks(i) for i in range(1, n + 1))))
    return st.builds(Request, asks=numbered, facts=facts("mail"), language=st.just("en"))
