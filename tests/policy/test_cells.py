import pytest

from pipeline.errors import PolicyError
from pipeline.policy.cells import condition, setting
from pipeline.types.policy import Operator
from pipeline.types.quantities import Choice, Count, Duration, Flag, Percent, Quantity, Words
from pipeline.yamltree import Node

SETTINGS: dict[str, Quantity] = {
    "max_discount": Percent(number=10),
    "lead_time": Duration(number=5, unit="working_days"),
}


def cell(text: str) -> Node:
    return Node("policy.yaml", 7, 3, text=text)


@pytest.mark.parametrize(
    ("fact", "text", "operator", "value"),
    [
        ("discount_total", "over 10%", Operator.OVER, Percent(number=10)),
        ("discount_total", "over max_discount", Operator.OVER, Percent(number=10)),
        ("lead_days", "under 5 working days", Operator.UNDER, Duration(number=5, unit="working_days")),
        ("overdue_days", "at least 14 days", Operator.AT_LEAST, Duration(number=14, unit="days")),
        ("round", "at most 2", Operator.AT_MOST, Count(number=2)),
        ("tier", "not key", Operator.NOT, Choice(name="key")),
        ("threat", "yes", Operator.IS, Flag(yes=True)),
    ],
)
def test_a_cell_reads_as_written(fact: str, text: str, operator: Operator, value: Quantity) -> None:
    read = condition(fact, cell(text), cell(text), SETTINGS)
    assert (read.operator, read.values) == (operator, (value,))


def test_a_list_means_one_of_these() -> None:
    node = Node("policy.yaml", 7, 3, items=(cell("unlawful"), cell("deceptive")))
    read = condition("wrongdoing", node, node, {})
    assert read.operator is Operator.ONE_OF
    assert read.values == (Choice(name="unlawful"), Choice(name="deceptive"))


@pytest.mark.parametrize(
    ("fact", "text", "says"),
    [
        ("discount_totl", "over 10%", "unknown fact 'discount_totl' (did you mean 'discount_total'?)"),
        ("discount_total", "over 6 weeks", "'6 weeks' is not a percentage"),
        ("lead_days", "under 5 days", "is not a number of working days"),
        ("overdue_days", "over 5 working days", "is not a time"),
        ("wrongdoing", "unlawfull", "did you mean 'unlawful'?"),
        ("threat", "over 2", "can't be 'over' anything"),
        ("threat", "true", "is not yes or no"),
        ("round", "over ٣", "is not a whole number"),
        ("margin", "< 30%", "'<' is not written here: write 'under 30%'"),
        ("margin", "<= 30 %", "'<=' is not written here: write 'at most 30 %'"),
        ("margin", "≥30%", "'≥' is not written here: write 'at least 30%'"),
        ("tier", "!= key", "'!=' is not written here: write 'not key'"),
        ("margin", "= 30%", "'=' is not written here: write '30%'"),
        ("margin", "more than 30%", "'more than' is not written here: write 'over 30%'"),
        ("margin", "below 30%", "'below' is not written here: write 'under 30%'"),
        ("discount_total", "over 10", "'10' is not a percentage: write 10%"),
        ("overdue_days", "over 10", "'10' is not a time: write 10 days"),
        ("price", "over 4,800 EUR", "'4,800 EUR' is not an amount: write 4800 EUR"),
        ("price", "over 4.800 EUR", "'4.800 EUR' is not an amount: write 4800 EUR"),
        ("price", "over 12,50 EUR", "'12,50 EUR' is not an amount: write 12.50 EUR"),
        ("price", "over €500", "'€500' is not an amount: write 500 EUR"),
        ("threat", "true", "'true' is not yes or no: write yes"),
    ],
)
def test_what_does_not_fit_is_an_error_with_its_place(fact: str, text: str, says: str) -> None:
    with pytest.raises(PolicyError, match=r"^policy\.yaml:7:3: ") as error:
        condition(fact, cell(text), cell(text), SETTINGS)
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10%", Percent(number=10)),
        ("5 working days", Duration(number=5, unit="working_days")),
        ("3", Count(number=3)),
        ("the owner", Words(text="the owner")),
    ],
)
def test_a_setting_has_the_type_it_shows(text: str, value: Quantity) -> None:
    assert setting(cell(text)) == value
