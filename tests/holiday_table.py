"""``make holidays``: the table of public holidays that ships with Candor, made from the library ``holidays``.

One line a country, so that a change reads as one. A country has its days for each year ("0317" is 17 March; what is the
same in every year stands first), a region what it has more and less.
"""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path

import holidays
from holidays.registry import COUNTRIES

TABLE = Path(__file__).parents[1] / "pipeline/business/holidays.json"
YEARS = range(2020, 2036)
_SHORTEST = 3  # letters of a region's name; a shorter one is another code


def folded(days: Iterable[date]) -> list[str]:
    """Days as a list: those of every year, then those of each year by itself; empty when there are none."""
    found = set(days)
    if not found:
        return []
    years = Counter(f"{day:%m%d}" for day in found)
    fixed = {word for word, times in years.items() if times == len(YEARS)}
    moving = [sorted(f"{d:%m%d}" for d in found if d.year == year and f"{d:%m%d}" not in fixed) for year in YEARS]
    return [" ".join(sorted(fixed)), *(" ".join(words) for words in moving)]


def public(country: str, region: str | None = None) -> set[date]:
    """The public holidays as they are kept: with the day off in place of one that falls on a weekend."""
    found = holidays.country_holidays(country, subdiv=region, years=YEARS)
    return {day for day in found if day.year in YEARS}


def country(code: str, name: str, regions: Iterable[str]) -> dict[str, object]:
    """One entry of the table."""
    whole = public(code)
    aliases = getattr(getattr(holidays, code), "subdivisions_aliases", {})
    names = {word: region for word, region in aliases.items() if len(word) >= _SHORTEST}
    parts = {region: public(code, region) for region in regions}
    return {
        "name": name.replace("_", " ").title(),
        "days": folded(whole),
        "regions": {r: [folded(d - whole), folded(whole - d)] if d != whole else [] for r, d in parts.items()},
        "names": names,
    }


def made() -> str:
    """The whole table as JSON, with a line for each country."""
    named = {codes[1]: module for module, codes in COUNTRIES.items()}
    listed = holidays.list_supported_countries(include_aliases=False)
    rows = {code: country(code, named[code], regions) for code, regions in sorted(listed.items())}
    lines = ",\n".join(f"{json.dumps(code)}: {json.dumps(row, ensure_ascii=False)}" for code, row in rows.items())
    source = f"made by tests/holiday_table.py from holidays {version('holidays')}, (c) Vacanza Team, MIT licence"
    head = f'"source": {json.dumps(source)},\n"years": [{YEARS[0]}, {YEARS[-1]}],\n"countries"'
    return f"{{{head}: {{\n{lines}\n}}}}\n"


if __name__ == "__main__":
    TABLE.write_text(made(), encoding="utf-8")
