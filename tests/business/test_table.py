import pytest

from pipeline.business.table import Columns, rows
from pipeline.errors import BusinessError

COLUMNS = Columns(single=("item", "price", "first_name"), lists=("tags",), nested=("notes",))


def plain(text: str) -> list[object]:
    return [row.plain() for row in rows(text, "t.csv", COLUMNS)]


@pytest.mark.parametrize(
    "text",
    [
        "item,price\nlogo,900\n",
        "item;price\r\nlogo;900\r\n",
        "sep=;\nitem;price\nlogo;900\n",
        "\n Item , PRICE \n\n logo , 900 \n,\n",
        'price,item,\n900,"lo\u0067o",\n',
    ],
)
def test_the_ways_in_which_spreadsheets_write_one_table(text: str) -> None:
    assert plain(text) == [{"item": "logo", "price": "900"}]


def test_several_things_in_a_cell() -> None:
    assert plain("First name,tags\nA,x | y;z;\nB,\n") == [
        {"first_name": "A", "tags": ["x", "y", "z"]},
        {"first_name": "B"},
    ]


def test_a_table_of_headings_alone_is_empty() -> None:
    assert plain("item,price\n") == []


def test_a_cell_knows_its_row_and_its_column_also_below_a_cell_of_two_lines() -> None:
    first, second = rows('item,price\n"lo\ngo",900\nsign,70\n', "t.csv", COLUMNS)
    assert first.entries
    assert second.entries
    assert first.entries["item"].text == "lo go"
    assert (second.entries["price"].line, second.entries["price"].column) == (4, 2)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "t.csv: the first row must hold the headings: item, price, first_name, tags"),
        ("item,prize\n", "t.csv:1:2: unknown column 'prize' (did you mean 'price'?)"),
        ("logo,900\n", "t.csv:1:1: unknown column 'logo'; there are item, price"),
        ("item,notes\n", "t.csv:1:2: 'notes' has parts that fit no cell; keep these records in t.yaml instead"),
        ("item,price\nlogo,900,x\n", "t.csv:2:3: 'x' stands in a column without a heading"),
        ("item,item\na,b\n", "t.csv:2:2: there are two columns 'item'"),
        ('item,price\nlogo,900\n"si"gn,7\n', "t.csv:3:1: the row can't be read as CSV"),
        ('item,price\n"logo,900\n', "t.csv:2:1: the row can't be read as CSV"),
    ],
)
def test_a_fault_names_the_row_and_the_column(text: str, says: str) -> None:
    with pytest.raises(BusinessError) as error:
        rows(text, "t.csv", COLUMNS)
    assert str(error.value).startswith(says)
