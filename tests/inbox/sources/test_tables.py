import io
import json
from functools import partial
from pathlib import Path

import pytest

from pipeline.errors import InboxError
from pipeline.inbox.source import Raw
from pipeline.inbox.sources import lines
from pipeline.inbox.sources.kinds import Kind
from pipeline.inbox.sources.tables import Table, headed

HEAD = "id,from,subject,body\n"


def table(data: str | bytes, kind: Kind = Kind.CSV, columns: Path | None = None) -> list[Raw]:
    raw = data.encode() if isinstance(data, str) else data
    source = Table(partial(io.BytesIO, raw), "tickets", kind, columns)
    mails = list(source)
    assert mails == list(source), "it can be read twice"
    assert [mail.seq for mail in mails] == list(range(len(mails)))
    return mails


def texts(mails: list[Raw]) -> list[str]:
    return [mail.data.decode().partition("\n\n")[2] or mail.problem for mail in mails]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_headings_tell_the_delimiter(delimiter: str) -> None:
    rows = (HEAD + '1,a@c.example,Hi,"one; two, three\n\nfour"\n').replace(",", delimiter)
    assert texts(table(rows)) == [f"one; two{delimiter} three\n\nfour"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_is_found_out(encoding: str) -> None:
    rows = HEAD + "".join(f"{n},a@c.example,Grüße,Können Sie die Fußzeile für 90 € ändern?\r\n" for n in range(3))
    assert texts(table(rows.encode(encoding))) == ["Können Sie die Fußzeile für 90 € ändern?"] * 3


def test_one_foreign_row_does_not_spoil_the_others() -> None:
    rows = (HEAD + "1,a@c.example,Hi,für\n").encode() + "2,a@c.example,Hi,für\n".encode("cp1252")
    assert texts(table(rows)) == ["für", "für"]


def test_a_bad_row_ends_as_a_row_and_the_next_is_read() -> None:
    rows = (
        HEAD + "1,a@c.example,Hi,one\n2,a@c.example\n\n3,a@c.example,Hi,,x\n4,a@c.example,Hi,four,,\n5,nobody,Hi,five\n"
    )
    mails = table(rows)
    assert texts(mails) == [
        "one",
        "the row in line 3 has 2 fields where the headings are 4",
        "the row in line 5 has 5 fields where the headings are 4",
        "four",
        "the row names no sender's address",
    ]
    assert [mail.origin for mail in mails] == [f"tickets#{n}" for n in range(1, 6)]


def test_excels_first_line_and_zero_bytes_are_passed_over() -> None:
    assert texts(table("sep=;\n" + HEAD.replace(",", ";") + "1;a@c.example;Hi;o\0ne\n")) == ["one"]


def test_json_lines_are_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LINE", 2_000)
    good = json.dumps({"from": {"email": "a@c.example"}, "body": "one"})
    deep = "[" * 1_500
    rows = "\n".join([good, "", "{", "[1]", deep, '{"from": "' + "x" * 9_000, '{"n": 1' + "0" * 800 + "}", good])
    assert texts(table(rows, Kind.JSONL)) == [
        "one",
        "the row is not valid JSON",
        "the row is no JSON object",
        "the row is not valid JSON",
        "the row is longer than 4 MB",
        "the row has no text",
        "one",
    ]


def test_a_table_without_rows_or_known_columns_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InboxError, match="holds no row that can be read; a row of headings"):
        table(HEAD)
    with pytest.raises(
        InboxError, match=r"can be read \(the row of headings cannot be read: a quote in it does not end"
    ):
        table('id,"from\n1,a@c.example\n')
    with pytest.raises(InboxError, match=r"the row of headings cannot be read: it is longer than"):
        table('"' + "x\n" * 3_000_000)
    with pytest.raises(InboxError, match="one JSON object a line"):
        table('{"half": ', Kind.JSONL)
    with pytest.raises(InboxError, match=r"its columns are: nr, wer, was\. Say which is which with --columns"):
        table("nr;wer;was\n1;a@c.example;Hi\n")
    own = tmp_path / "columns.yaml"
    own.write_text("from: wer\nbody: [text, was]\n", encoding="utf-8")
    assert texts(table("nr;wer;was\n1;a@c.example;Hi\n", columns=own)) == ["Hi"]


def test_headings_of_a_known_table_are_known_without_a_suffix() -> None:
    assert headed(b"Ticket ID;Requester email;Description\n1;a@c.example;Hi\n")
    assert not headed(b"Dear Ann, from now on, please\n")
    assert not headed(b"")


def test_a_file_that_vanishes_ends_as_a_row(tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    path.write_text(HEAD + "1,a@c.example,Hi,one\n")
    source = Table(lambda: path.open("rb"), path.name, Kind.CSV)
    path.unlink()
    (row,) = source
    assert row.problem.startswith("the rest of the file cannot be read")
