"""Whatever stands in a file of the folder: a business, or one of Candor's own errors."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.business.folder import load_business
from pipeline.business.profile import read_profile
from pipeline.business.records import read_records
from pipeline.errors import UsageError
from tests.business.places import POLICY, PROFILE

ODD = (
    "", " ", "-1", "1e999", "NaN", "9" * 40, "0000-00-00", "9999-12-31", "2026-W99", "é@ü.example", "@", "x" * 300,
    "\0", "\ufeff", "\u2028", "{}", "[a, [b]]", "&a x", "*a", "!!python/none", "gmail.com", "١٢", "- ", "|", '"',
)  # fmt: skip
WORDS = st.one_of(st.sampled_from(ODD), st.text(max_size=20))
FILES = {
    "clients.yaml": ("id", "name", "addresses", "domains", "agreement", "discounts", "since", "threats", "goals"),
    "prices.yaml": ("item", "price", "hours", "per"),
    "calendar.yaml": ("week", "capacity", "booked"),
    "invoices.yaml": ("client", "number", "amount", "due", "paid_on"),
    "profile.yaml": ("country", "region", "holidays", "partners", "focus", "cost_per_hour", "demand_to_capacity"),
}
FAST = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


US = read_profile(PROFILE, "profile.yaml")


def said(call: Callable[[], object], name: str) -> None:
    """The call gives a value, or one sentence with the file's name."""
    sentence = ""
    try:
        call()
    except UsageError as error:
        sentence = str(error)
    assert not sentence or name in sentence
    assert "\n" not in sentence


def reads_or_says_why(name: str, text: str) -> None:
    stem = name.partition(".")[0]
    if stem == "profile":
        said(lambda: read_profile(text, name), name)
    else:
        said(lambda: read_records({stem: {name: text}}, US), name)


@FAST
@given(st.sampled_from([*FILES, *(name.replace("yaml", "csv") for name in FILES if name != "profile.yaml")]), st.data())
def test_any_bytes(name: str, data: st.DataObject) -> None:
    with TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "profile.yaml").write_text(PROFILE, encoding="utf-8")
        (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
        (folder / name).write_bytes(data.draw(st.binary(max_size=200)))
        said(lambda: load_business(folder), name)


@FAST
@given(st.sampled_from(sorted(FILES)), st.data())
def test_odd_words_in_yaml(name: str, data: st.DataObject) -> None:
    entries = "".join(
        f"{lead}{key}: {data.draw(WORDS)}\n"
        for lead, key in zip(["  - ", *["    "] * 9], data.draw(st.permutations(FILES[name])), strict=False)
    )
    head = {"clients.yaml": "clients", "prices.yaml": "prices", "calendar.yaml": "weeks"}.get(name, "invoices")
    text = PROFILE + entries.replace("  - ", "", 1).replace("    ", "") if "profile" in name else f"{head}:\n{entries}"
    reads_or_says_why(name, text)


@FAST
@given(st.sampled_from(sorted(set(FILES) - {"profile.yaml"})), st.sampled_from(",;\n"), st.data())
def test_odd_cells_in_csv(name: str, delimiter: str, data: st.DataObject) -> None:
    heads = [key for key in FILES[name] if key not in {"agreement", "discounts", "goals"}]
    cells = [data.draw(st.lists(WORDS, max_size=len(heads) + 1)) for _ in range(3)]
    text = "\n".join(delimiter.join(row) for row in [heads, *cells])
    reads_or_says_why(name.replace("yaml", "csv"), text)


@pytest.mark.parametrize("word", ODD)
@pytest.mark.parametrize("name", sorted(set(FILES) - {"profile.yaml"}))
def test_each_odd_word_in_each_column(name: str, word: str) -> None:
    good = {
        "id": "a", "name": "A", "item": "a", "price": "1", "hours": "1", "week": "2026-W01", "capacity": "1",
        "booked": "1", "client": "a", "number": "1", "amount": "1", "due": "2026-01-01",
    }  # fmt: skip
    heads = [key for key in FILES[name] if key not in {"agreement", "discounts", "goals"}]
    quoted = '"' + word.replace('"', '""') + '"'
    rows = [",".join(quoted if key == odd else good.get(key, "") for key in heads) for odd in heads]
    for row in rows:
        reads_or_says_why(name.replace("yaml", "csv"), f"{','.join(heads)}\n{row}\n")
