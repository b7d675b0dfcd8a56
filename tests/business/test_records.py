from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.types.records import Clause, Invoice, PriceItem, Week
from tests.business.places import fault, made

LARK = """\
clients:
  - id: lark
    name: Lark
    revenue_share: 12
    goals: [a full shop]
    agreement:
      scope:
        - two rounds
        - {what: repairs, obliges: yes, within_days: 60, since: 2026-09-01}
    waiting_for: [photographs]
    discounts: [{on: 2026-02-10, percent: 8%, what: signs}]
"""
INVOICES = "client,number,amount,due,paid_on\nlark,1,1748,2026-10-20,2026-10-18\nheron,2,662.40,2026-11-18,\n"


def test_prices_and_weeks_from_a_table(tmp_path: Path) -> None:
    business = made(
        tmp_path,
        prices="item;price;hours;per\nlogo;900;12;\nleaflets;180;2.5;100\n",
        calendar="week,capacity,booked\n2026-W53,120,130\n",
    )
    assert business.prices == (
        PriceItem(item="logo", price=Decimal(900), hours=Decimal(12)),
        PriceItem(item="leaflets", price=Decimal(180), hours=Decimal("2.5"), per=100),
    )
    assert business.weeks == (Week(week="2026-W53", capacity=Decimal(120), booked=Decimal(130)),)


def test_a_table_and_a_list_say_the_same(tmp_path: Path) -> None:
    table = made(tmp_path, invoices=INVOICES, prices="item,price,hours\nlogo,900,12\n")
    (tmp_path / "invoices.csv").unlink()
    (tmp_path / "prices.csv").unlink()
    lines = "invoices:\n  - {client: lark, number: 1, amount: 1748, due: 2026-10-20, paid_on: 2026-10-18}\n"
    lines += "  - {client: heron, number: 2, amount: 662.40, due: 2026-11-18}\n"
    listed = made(tmp_path, invoices=lines, prices="prices: [{item: logo, price: 900, hours: 12}]\n")
    assert (listed.clients, listed.prices) == (table.clients, table.prices)


def test_a_client_has_the_bills_that_are_its_own(tmp_path: Path) -> None:
    lark, heron = made(tmp_path, invoices=INVOICES).clients
    assert [bill.number for bill in lark.invoices] == ["1"]
    assert heron.invoices == (Invoice(client="heron", number="2", amount=Decimal("662.40"), due=date(2026, 11, 18)),)


def test_clients_from_a_table(tmp_path: Path) -> None:
    table = (
        "ID,Name,Addresses,threats,revenue_share,private_notes\n"
        "lark,Lark,mia@lark.example | ann@lark.example,2026-01-02;2026-03-04,12%,Pays late\n"
    )
    (client,) = made(tmp_path, clients=table).clients
    assert client.addresses == ("mia@lark.example", "ann@lark.example")
    assert client.threats == (date(2026, 1, 2), date(2026, 3, 4))
    assert (client.revenue_share, client.private_notes) == (Decimal(12), ("Pays late",))


def test_everything_about_a_client(tmp_path: Path) -> None:
    (client,) = made(tmp_path, clients=LARK).clients
    repairs = Clause(what="repairs", obliges=True, within_days=60, since=date(2026, 9, 1))
    assert client.agreement.scope == (Clause(what="two rounds"), repairs)
    assert [item.what for item in client.waiting_for] == ["photographs"]
    assert client.discounts[0].percent == Decimal(8)


@pytest.mark.parametrize(
    ("clients", "says"),
    [
        (LARK + "  - {id: Lark, name: L}\n", "12:10: the id 'Lark' is used twice; the first is in line 2"),
        (LARK.replace("share: 12", "share: 112"), "4:20: 112 is not between 0 and 100 per cent"),
        (LARK.replace("8%", "108%"), "11:43: 108 is not between 0 and 100 per cent"),
        (LARK.replace(", since: 2026-09-01", ""), "9:11: 'within_days' needs 'since', the day it counts from"),
        (LARK.replace("two rounds", "r" * 161), "8:11: an entry has at most 160 characters; this one has 161"),
        (LARK.replace("a full shop", "r" * 161), "5:13: an entry has at most 160 characters"),
        (LARK.replace("days: 60", "days: -1"), "9:54: 'within_days': it can't be less than 0"),
        (LARK + "    revision_rounds_used: -1\n", "12:27: 'revision_rounds_used': it can't be less than 0"),
        (LARK + "    threats_to_leave: -2\n", "12:23: 'threats_to_leave': it can't be less than 0"),
        (LARK + "    favours: [{on: 2026-02-10, hours: -3}]\n", "12:39: 'hours': it can't be less than 0"),
        (
            LARK + "    projects: [{name: fair, due: 2026-02-10, hours_left: -3}]\n",
            "12:58: 'hours_left': it can't be less",
        ),
        (LARK.replace("scope:", "budget: -1\n      scope:"), "7:15: 'budget': it can't be less than 0"),
        (LARK + "    tier: gold\n", "12:11: 'tier': 'gold' is not one of standard, key, new"),
        (LARK + "    invoices: []\n", "12:15: invoices are kept in a file of their own"),
        (LARK.replace("goals", "gaols"), "5:12: unknown key 'gaols' (did you mean 'goals'?)"),
    ],
)
def test_a_fault_in_a_client(tmp_path: Path, clients: str, says: str) -> None:
    assert fault(tmp_path, clients=clients).startswith(f"clients.yaml:{says}")


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (
            {"invoices": INVOICES.replace("heron", "herron")},
            "invoices.csv:3:1: there is no client with the id 'herron' (did you mean 'heron'?)",
        ),
        (
            {"invoices": INVOICES.replace("heron,2", "heron,1")},
            "invoices.csv:3:2: the invoice '1' is there twice; the first is in line 2",
        ),
        ({"invoices": INVOICES.replace("lark,1,", "lark,,")}, "invoices.csv:2:1: 'number' is missing"),
        (
            {"prices": "item,price,hours\nlogo,1,1\nLogo,2,1\n"},
            "prices.csv:3:1: the item 'Logo' is in the price list twice",
        ),
        ({"prices": "item,price,hours\nlogo,1,-1\n"}, "prices.csv:2:3: 'hours': it can't be less than 0"),
        ({"prices": "item,price,hours,per\nlogo,1,1,0\n"}, "prices.csv:2:4: 'per': it can't be less than 1"),
        ({"calendar": "week,capacity,booked\n2026-38,1,1\n"}, "calendar.csv:2:1: 'week': a week is written as"),
        ({"calendar": "week,capacity,booked\n2025-W53,1,1\n"}, "calendar.csv:2:1: there is no week 2025-W53"),
        ({"calendar": "week,capacity,booked\n2026-W38,1,-1\n"}, "calendar.csv:2:3: 'booked': it can't be less than 0"),
        (
            {"calendar": "week,capacity,booked\n2026-W38,1,1\n2026-W38,2,2\n"},
            "calendar.csv:3:1: the week '2026-W38' is in the calendar twice",
        ),
    ],
)
def test_a_fault_in_another_record(tmp_path: Path, files: dict[str, str], says: str) -> None:
    assert fault(tmp_path, **files).startswith(says)
