"""The records of a folder: what their files are called, what stands in them, and the price list and weeks themselves.

Left out: clients and their bills, which have a module of their own.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from pipeline.business.clients import read_clients
from pipeline.business.files import Record, record_rows
from pipeline.business.once import Once, short
from pipeline.business.shape import read
from pipeline.business.table import Columns
from pipeline.errors import BusinessError
from pipeline.types.business import Profile
from pipeline.types.records import Client, PriceItem, Week
from pipeline.yamltree import Node

_CLIENTS = Record(
    "clients",
    "clients",
    Columns(
        single=(
            "id", "name", "first_name", "tier", "since", "overdue_since", "revision_rounds_used", "threats_to_leave",
            "revenue_share", "check_in_every_days", "last_check_in", "formality",
        ),
        lists=("addresses", "domains", "threats", "private_notes"),
        nested=("agreement", "goals", "briefs", "waiting_for", "approvals", "projects", "discounts", "favours"),
    ),
    near=("client", "customers", "customer"),
)  # fmt: skip
_INVOICES = Record(
    "invoices",
    "invoices",
    Columns(("client", "number", "amount", "due", "paid_on")),
    near=("invoice", "bills"),
)
_PRICES = Record(
    "prices",
    "prices",
    Columns(("item", "price", "hours", "per")),
    near=("price", "pricelist", "price_list", "price-list"),
)
_WEEKS = Record(
    "calendar",
    "weeks",
    Columns(("week", "capacity", "booked")),
    near=("calender", "calendars", "week", "weeks"),
)
RECORDS = (_CLIENTS, _INVOICES, _PRICES, _WEEKS)


class Records(NamedTuple):
    """All that is on record; every client with the bills that are its own."""

    clients: tuple[Client, ...]
    prices: tuple[PriceItem, ...]
    weeks: tuple[Week, ...]


def read_records(texts: Mapping[str, Mapping[str, str]], profile: Profile) -> Records:
    """Everything from the texts of the files, by the stem of the record and the file's name.

    Raises:
        BusinessError: the first fault, as ``file:line:column: what is expected``.
    """
    found = {record.stem: record_rows(texts.get(record.stem, {}), record) for record in RECORDS}
    return Records(
        clients=read_clients(found["clients"], found["invoices"], profile),
        prices=tuple(_prices(found["prices"])),
        weeks=tuple(_weeks(found["calendar"])),
    )


def _prices(nodes: tuple[Node, ...]) -> Iterator[PriceItem]:
    items = Once("the item", "is in the price list twice")
    for node in nodes:
        price = read(node, PriceItem)
        items.take(price.item, node.at(("item",)))
        short(price.item, node.at(("item",)))
        yield price


def _weeks(nodes: tuple[Node, ...]) -> Iterator[Week]:
    weeks = Once("the week", "is in the calendar twice")
    for node in nodes:
        week = read(node, Week)
        try:
            date.fromisocalendar(int(week.week[:4]), int(week.week[6:]), 1)
        except ValueError:
            raise node.at(("week",)).fault(f"there is no week {week.week}", BusinessError) from None
        weeks.take(week.week, node.at(("week",)))
        yield week
