"""Public holidays by country and region, from a table that is made from the library ``holidays`` (docs/adr/0013).

A table, because the library takes a second to load, and because a run must not depend on which release of it is
installed. Left out: half days, days that only banks or schools keep, and years outside of the table.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

from pipeline.errors import BusinessError
from pipeline.yamltree import Node

_TABLE = Path(__file__).with_name("holidays.json")


class _Country(TypedDict):
    """``days`` are those of every year, then those of each year; a region has what it keeps more and what less."""

    name: str
    days: list[str]
    regions: dict[str, list[list[str]]]
    names: dict[str, str]  # of regions, in the country's own words


class _Table(TypedDict):
    years: list[int]
    countries: dict[str, _Country]


def public_holidays(country: Node, region: Node | None) -> frozenset[date]:
    """The holidays of a country, or of one region of it, in the years of the table.

    Raises:
        BusinessError: there is no such country or region, with a suggestion.
    """
    code = _country(country)
    entry = _table()["countries"][code]
    days = frozenset(_unfolded(entry["days"]))
    parts = entry["regions"][_region(region, code)] if region is not None else []
    return (days - frozenset(_unfolded(parts[1]))) | frozenset(_unfolded(parts[0])) if parts else days


def years() -> tuple[int, int]:
    """The first and the last year of the table."""
    first, last = _table()["years"]
    return first, last


def _country(node: Node) -> str:
    told, known = (node.text or "").strip(), _table()["countries"]
    if told.upper() in known:
        return told.upper()
    names = {entry["name"].casefold(): code for code, entry in known.items()}
    close = get_close_matches(told.casefold(), list(names), n=1)
    hint = f" (did you mean {names[close[0]]}?)" if close else ""
    raise node.fault(f"'{told}' is not a country's two-letter code, e.g. IE or DE{hint}", BusinessError)


def _region(node: Node, code: str) -> str:
    told, entry = (node.text or "").strip(), _table()["countries"][code]
    known = {region.casefold(): region for region in entry["regions"]}
    if told.casefold() in known:
        return known[told.casefold()]
    if not known:
        raise node.fault(f"{entry['name']} has no regions to choose from: leave 'region' out", BusinessError)
    names = {name.casefold(): region for name, region in entry["names"].items()}
    hint = f" (did you mean {names[told.casefold()]}?)" if told.casefold() in names else ""
    raise node.fault(f"'{told}' is not a region of {entry['name']}: {', '.join(known.values())}{hint}", BusinessError)


def _unfolded(folded: Sequence[str]) -> Iterator[date]:
    first, last = years()
    for number, words in enumerate(folded):
        kept = range(first, last + 1) if number == 0 else range(first + number - 1, first + number)
        yield from (date(year, int(word[:2]), int(word[2:])) for word in words.split() for year in kept)


@cache
def _table() -> _Table:
    return cast("_Table", json.loads(_TABLE.read_text(encoding="utf-8")))
