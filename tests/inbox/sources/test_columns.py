from pathlib import Path

import pytest

from pipeline.errors import InboxError
from pipeline.inbox.sources.columns import book_for, cell, known

ZENDESK = {
    "id": 7, "subject": "Logo", "requester": {"id": 1, "email": "a@c.example"}, "created_at": "2026-05-04T09:00:00Z",
    "comments": [{"id": 8, "author_id": 1, "plain_body": "Hi", "public": True}],
}  # fmt: skip
FRESHDESK = {"id": 7, "email": "a@c.example", "description_text": "Hi", "conversations": [{"body_text": "Yes"}]}


def test_a_cell_is_found_by_its_name_or_its_path() -> None:
    row = {"Ticket-ID": 1, "a.b": 2, "author": {"email": "x@c.example", "more": {"n": 3}}}
    assert [cell(row, name) for name in ("ticket id", "a.b", "author.email", "author.more.n")] == [
        1,
        2,
        "x@c.example",
        3,
    ]
    assert [cell(row, name) for name in ("nothing", "author.nothing", "a.b.c", "")] == [None] * 4


def test_an_export_is_read_by_the_book_of_its_help_desk() -> None:
    assert book_for([ZENDESK], "x", None).columns["body"] == ("plain_body", "body")
    assert book_for([FRESHDESK], "x", None).columns["parts"] == ("conversations",)
    assert book_for([{"Ticket ID": "", "Email": "", "Description": ""}], "x", None).columns["thread"][0] == "thread"
    assert known(ZENDESK)
    assert not known({"from": "a@c.example"})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("von: email\nbody: text\n", r"mine.yaml:1:6: 'von' is no part of a mail; there are id, thread, from"),
        ("- from\n", "lines like 'from: requester_email' are expected"),
        ("from: {a: b}\n", "the name of a column, or a list of names"),
        ("from: other\nbody: text\n", "no column that .*mine.yaml knows"),
        ("from: [", "mine.yaml:1"),
        ("", "is empty"),
    ],
)
def test_ones_own_columns_are_checked(tmp_path: Path, text: str, sentence: str) -> None:
    own = tmp_path / "mine.yaml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(InboxError, match=sentence):
        book_for([{"email": "a@c.example", "text": "Hi"}], "x", own)
    with pytest.raises(InboxError, match="cannot be read as a file of columns"):
        book_for([{}], "x", tmp_path / "none.yaml")


def test_ones_own_words_take_the_place_of_ours(tmp_path: Path) -> None:
    own = tmp_path / "mine.yaml"
    own.write_text('from: email\nbody: text\n"yes": [TAK]\n', encoding="utf-8")
    book = book_for([{"email": "a@c.example", "text": "Hi"}], "x", own)
    assert book.yes == {"tak"}
    assert {"no", "nein", "falsch", "non", "faux", "falso", "0"} <= book.no
