"""Rows of CSV whose quotes are broken: none is lost without a word, and none takes in another."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.inbox.sources import lines
from pipeline.inbox.sources.columns import Row
from pipeline.inbox.sources.records import records
from tests.soon import soon

HEAD = "id,from,body\n"
UNENDED = "cannot be read: a quote in it does not end"


def read(text: str) -> list[Row | str]:
    return list(records(io.StringIO(text, newline="")))


def told(text: str) -> list[object]:
    """The texts of the rows, and the problems as they stand."""
    return [row if isinstance(row, str) else row["body"] for row in read(HEAD + text)]


@pytest.mark.parametrize(
    ("rows", "where", "others"),
    [
        ('1,a@c.example,"one\n', "line 2", []),
        ('1,a@c.example,"one\nmore\nand more\n', "lines 2 to 4", []),
        ('1,a@c.example,"one\n2,b@c.example,two\n3,c@c.example,three\n', "line 2", ["two", "three"]),
        ('1,a@c.example,"one\n2,b@c.example,"two"\n', "line 2", ["two"]),
        ('"1","a@c.example","one\n"2","b@c.example","two"\n', "line 2", ["two"]),
        ('1,a@c.example,"one\n2,b@c.example,two\n3,c@c.example,a 5"\n', "line 2", ["two", 'a 5"']),
        ('1,a@c.example,"one\n2,b@c.example,"\nDear Ann\n"\n', "line 2", ["\nDear Ann\n"]),
        ('1,"a@c.example,one\n2,b@c.example,"two"\n', "line 2", ["two"]),
    ],
)
def test_a_quote_that_is_not_closed_costs_its_own_row_alone(rows: str, where: str, others: list[str]) -> None:
    problem, *found = told(rows)
    assert isinstance(problem, str)
    assert problem.startswith(f"the row in {where} {UNENDED}")
    assert found == others


def test_what_belongs_to_a_broken_row_is_named_with_its_lines() -> None:
    assert told('1,a@c.example,one,"two\nthree\n"\nfour\n\n5,e@c.example,five\n') == [
        "the row in lines 2 to 6 has 4 fields where the headings are 3",
        "five",
    ]


def test_a_text_of_many_lines_is_one_row() -> None:
    said = 'Dear all,\n\nAnn, Bob, and Cem ask: can it, or can it not, be 5" wide?\nWrite to us, a@c.example, soon\n'
    quoted = said.replace('"', '""')
    assert told(f'1,a@c.example,"{quoted}"\n2,b@c.example,"{quoted}"\n') == [said, said]


def test_loose_quotes_in_pairs_on_one_line_are_read() -> None:
    assert told('1,a@c.example,"Is "half" fine?"\n2,b@c.example,It is 5"\n') == ['Is half" fine?"', 'It is 5"']


def test_a_field_and_a_line_that_are_too_long_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.inbox.sources.records.LINE", 1_000)
    monkeypatch.setattr(lines, "LINE", 1_000)
    field = '1,a@c.example,"' + "x\n" * 1_000 + '"\n2,b@c.example,two\n'
    line = "3,c@c.example," + "x," * 2_000 + "\n4,d@c.example,four\n"
    assert told(field + line) == [
        "the row in lines 2 to 1002 cannot be read: a field of it is longer than 4 MB",
        "two",
        "the row in line 1004 cannot be read: a line of it is longer than 4 MB",
        "four",
    ]


@pytest.mark.parametrize("line", ["x\n", ",\n", 'a",b"c,"d\n', '",\n', '"\n', "1,a@c.example,x\n"])
def test_time_grows_with_size_alone(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_ROW", 10_000)
    with soon():
        assert read(HEAD + '1,a@c.example,"' + line * 30_000)


def test_where_no_row_is_found_for_long_the_table_ends_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.inbox.limits.LINES", 1_000)
    assert told('1,a@c.example,"' + "x\n" * 3_000) == [
        "from line 2 on the table cannot be read: no row is to be found for a long way"
    ]


texts = st.text(st.sampled_from('ab ,"\n\r@;'), max_size=30)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), texts), min_size=1, max_size=5))
def test_what_the_csv_module_writes_is_read_as_it_was(rows: list[tuple[int, str]]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([("id", "from", "body"), *((n, "a@c.example", text) for n, text in rows)])
    found = read(file.getvalue())
    for (_, text), row in zip(rows, found, strict=True):
        assert isinstance(row, dict)
        assert row["body"] == text


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('1a@,"\n'), max_size=200))
def test_whatever_stands_there_every_line_is_in_a_row_or_named(text: str) -> None:
    assert all(isinstance(row, str | dict) for row in read(HEAD + text))
