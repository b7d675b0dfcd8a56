"""Rules read by bits say the same as rules read by hand, in Kleene's three values."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.policy.derive.ground import UNSAID
from pipeline.policy.evaluate import holds, read, trace, verdict
from pipeline.types.decision import Action, Result
from pipeline.types.policy import Condition, Operator, Rule
from pipeline.types.quantities import Choice, Count, Day, Duration, Flag, Money, Percent, Quantity, Words
from pipeline.types.request import Fact, State
from pipeline.values.write import write

TODAY = date(2026, 11, 19)
NAMES = ("unpaid", "tier", "discount", "days_late", "price_wanted")
NONE: frozenset[str] = frozenset()
ORDERED = (Operator.OVER, Operator.AT_LEAST, Operator.UNDER, Operator.AT_MOST)

small = st.integers(0, 2).map(Decimal)
quantities: st.SearchStrategy[Quantity] = st.one_of(
    st.builds(Flag, yes=st.booleans()),
    st.builds(Choice, name=st.sampled_from(["key", "new"])),
    st.builds(Percent, number=small),
    st.builds(Count, number=st.integers(0, 2)),
    st.builds(Duration, number=small, unit=st.sampled_from(["days", "hours", "weeks", "working_days"])),
    st.builds(Money, amount=small, currency=st.sampled_from(["EUR", "GBP", None])),
    st.builds(Day, day=st.sampled_from([TODAY, date(2026, 12, 1)])),
    st.builds(Words, text=st.sampled_from(["a", "b"])),
)
cells = st.builds(
    Condition,
    fact=st.sampled_from(NAMES),
    operator=st.sampled_from(Operator),
    values=st.lists(quantities, min_size=1, max_size=2).map(tuple),
    words=st.just(""),
)
boxes = st.lists(cells, max_size=3).map(tuple)
rules = st.builds(
    Rule,
    id=st.uuids().map(str),
    line=st.just(1),
    when=boxes,
    any_=st.lists(boxes, max_size=2).map(tuple),
    unless=st.lists(boxes, max_size=2).map(tuple),
    decide=st.just(Action.ESCALATE),
)


@st.composite
def facts(draw: st.DrawFn) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for name in NAMES:
        said = draw(st.one_of(st.none(), st.just(State.UNKNOWN), quantities))
        if said is State.UNKNOWN:
            found[name] = Fact(name=name, state=State.UNKNOWN)
        elif said is not None:
            found[name] = Fact(name=name, state=State.KNOWN, value=said)
    return found


def all_of(truths: list[bool | None]) -> bool | None:
    return False if False in truths else None if None in truths else True


def one_of(truths: list[bool | None]) -> bool | None:
    return True if True in truths else None if None in truths else False


def by_hand(rule: Rule, given_: dict[str, Fact]) -> Result:
    when, any_, unless = (
        [all_of([holds(cell, given_[cell.fact]) for cell in box]) for box in part]
        for part in ((rule.when,), rule.any_, rule.unless)
    )
    excepted = one_of(unless)
    parts = [*when, one_of(any_) if any_ else True, None if excepted is None else not excepted]
    return {True: Result.FIRED, False: Result.NO, None: Result.UNKNOWN}[all_of(parts)]


@settings(deadline=None, max_examples=40)  # a shared machine may take a nap
@given(st.lists(rules, max_size=4).map(tuple), st.lists(facts(), min_size=1, max_size=3))
def test_many_rules_over_many_asks_say_what_each_says_alone(
    many: tuple[Rule, ...], asks: list[dict[str, Fact]]
) -> None:
    for stated in asks:
        each = UNSAID | stated
        reading = read(many, each, NONE, TODAY)
        assert list(reading.results) == [by_hand(rule, each) for rule in many]
        assert list(reading.results) == [verdict(rule, each, NONE, TODAY) for rule in many]
        for rule, told in zip(many, reading.traces(each), strict=True):
            assert [c.holds for c in told.conditions] == [holds(c, each[c.fact]) for c in rule.conditions]


def cell(operator: Operator, *values: Quantity, name: str = "days_late") -> Condition:
    return Condition(fact=name, operator=operator, values=values, words="")


def said(value: Quantity | None, state: State = State.KNOWN) -> Fact:
    return Fact(name="days_late", state=state, value=value)


def days(number: int, unit: str = "days") -> Duration:
    return Duration.model_validate({"number": number, "unit": unit})


def test_a_day_is_24_hours_and_no_working_day() -> None:
    over = cell(Operator.OVER, days(1))
    assert holds(over, said(days(25, "hours"))) is True
    assert holds(over, said(days(24, "hours"))) is False
    assert holds(over, said(days(9, "working_days"))) is None
    assert holds(cell(Operator.IS, days(1)), said(days(24, "hours"))) is True


def test_what_nobody_said_is_over_nothing_and_under_nothing() -> None:
    absent = said(None, State.ABSENT)
    assert [holds(cell(operator, days(1)), absent) for operator in ORDERED] == [False] * 4
    assert holds(cell(Operator.NOT, days(1)), absent) is True
    assert [holds(cell(operator, days(1)), said(None, State.UNKNOWN)) for operator in Operator] == [None] * 7


def test_equal_values_are_told_with_their_own_digits() -> None:
    over = cell(Operator.OVER, Percent(number=Decimal(5)), name="discount")
    rule = Rule(id="r", line=1, when=(over,), decide=Action.END)
    values = [Percent(number=Decimal(digits)) for digits in ("10", "10.0", "10.50", "10.5")]
    facts_ = [UNSAID | {"discount": Fact(name="discount", state=State.KNOWN, value=value)} for value in values]
    words = [trace(rule, each, NONE, TODAY).conditions[0].value for each in facts_]
    assert words == [write(value, "en") for value in values]


def test_a_rule_that_is_not_in_force_reads_nothing() -> None:
    rule = Rule(id="r", line=1, when=(cell(Operator.OVER, days(1)),), decide=Action.END, from_=date(2027, 1, 1))
    late = UNSAID | {"days_late": said(days(3))}
    told = trace(rule, late, NONE, TODAY)
    assert (told.result, told.conditions) == (Result.NO, ())
    assert verdict(rule, late, NONE, date(2027, 1, 1)) is Result.FIRED
    assert verdict(rule, late, frozenset({"days_late"}), date(2027, 1, 1)) is Result.DORMANT
