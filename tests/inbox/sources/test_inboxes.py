import os
import random
from pathlib import Path

import pytest

from pipeline.errors import InboxError
from pipeline.inbox.read import from_bytes
from pipeline.inbox.source import Raw
from pipeline.inbox.sources.inboxes import open_bytes, open_inbox
from pipeline.inbox.sources.kinds import Kind
from tests.inbox.letters import mail
from tests.inbox.sources.boxes import box, put

MBOX = b"From a Mon May  4 09:00:00 2026\nSubject: one\n\nhi\n\nFrom a Mon May  4 09:00:00 2026\nSubject: two\n\nhi\n"
TABLE = b"id,from,body\n1,ann@client.example,Half?\n"


def test_an_mbox_gives_its_mails_in_order_and_can_be_read_twice(tmp_path: Path) -> None:
    source = open_inbox(put(tmp_path / "mail.mbox", MBOX))
    assert list(source) == list(source) == [
        Raw(0, "mail.mbox#1", b"Subject: one\n\nhi\n"),
        Raw(1, "mail.mbox#2", b"Subject: two\n\nhi\n"),
    ]  # fmt: skip


def test_an_mbox_is_known_by_its_first_line(tmp_path: Path) -> None:
    assert [raw.origin for raw in open_inbox(put(tmp_path / "Inbox", b"\xef\xbb\xbf" + MBOX))] == ["Inbox#1", "Inbox#2"]


def test_a_single_letter_may_have_any_name(tmp_path: Path) -> None:
    assert list(open_inbox(put(tmp_path / "letter.eml", mail()))) == [Raw(0, "letter.eml", mail())]
    assert list(open_inbox(put(tmp_path / "saved", mail()))) == [Raw(0, "saved", mail())]


def test_a_file_given_itself_is_read_whatever_its_name_says(tmp_path: Path) -> None:
    assert [raw.shelf for raw in open_inbox(put(tmp_path / "Trash", box(mail())))] == [None]


def test_a_table_is_read_as_mail(tmp_path: Path) -> None:
    (raw,) = open_inbox(put(tmp_path / "tickets.csv", TABLE))
    assert (raw.origin, raw.data.partition(b"\n\n")[2]) == ("tickets.csv#1", b"Half?")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("empty.mbox", b"", "holds no mail"),
        ("blank.eml", b"\n\n", "holds no mail"),
        ("notes.txt", b"Dear all\nhello", "neither an mbox.*say --format text"),
        ("takeout.zip", b"PK\x03\x04", "is packed; unpack it first"),
    ],
)
def test_a_file_that_is_no_inbox_is_refused_in_one_sentence(
    tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    with pytest.raises(InboxError, match=sentence):
        open_inbox(put(tmp_path / name, data))


def test_a_missing_inbox_an_empty_folder_and_a_device_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InboxError, match="there is no inbox"):
        open_inbox(tmp_path / "nowhere")
    with pytest.raises(InboxError, match=r"holds no mail: no \.eml file, no mbox, no Maildir$"):
        open_inbox(tmp_path)
    with pytest.raises(InboxError, match="neither a file nor a folder"):
        open_inbox(Path(os.devnull))
    with pytest.raises(InboxError, match="cannot be read"):
        open_inbox(tmp_path / ("x" * 5_000))
    with pytest.raises(InboxError, match="cannot be read"):
        open_inbox(tmp_path / "a\0b")
    put(tmp_path / "takeout-001.zip", b"PK\x03\x04")
    with pytest.raises(InboxError, match=r"takeout-001\.zip has to be unpacked first"):
        open_inbox(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_inbox_without_permission_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path / "mail.mbox", MBOX)
    path.chmod(0)
    with pytest.raises(InboxError, match="cannot be read"):
        open_inbox(path)


def test_a_given_kind_beats_the_name_but_not_the_bytes(tmp_path: Path) -> None:
    path = put(tmp_path / "two.eml", MBOX)
    assert len(list(open_inbox(path))) == 1
    assert len(list(open_inbox(path, Kind.MBOX))) == 2
    with pytest.raises(InboxError, match=r"two\.eml cannot be read as jsonl: it does not begin with a JSON object"):
        open_inbox(path, Kind.JSONL)
    with pytest.raises(InboxError, match="a Maildir is a folder"):
        open_inbox(path, Kind.MAILDIR)
    with pytest.raises(InboxError, match="--columns is for jsonl and csv"):
        open_inbox(path, columns=tmp_path / "columns.yaml")


def test_a_mail_that_is_said_to_be_a_table_is_told_for_what_it_is(tmp_path: Path) -> None:
    for name, data, looks in (("a.eml", mail(), "a mail"), ("a", box(mail()), "an mbox"), ("a", b'{"id": 1}', "JSON")):
        with pytest.raises(
            InboxError, match=f"as csv: it does not begin with a row of headings; it looks like .*{looks}"
        ):
            open_inbox(put(tmp_path / name, data), Kind.CSV)


def test_a_bare_text_stays_one_even_if_it_begins_like_a_mail(tmp_path: Path) -> None:
    (raw,) = open_inbox(put(tmp_path / "note.txt", b"Price: can you halve it?\nBest, Ann\n"), Kind.TEXT)
    assert from_bytes(raw.data, raw.origin).body.strip().startswith("Price: can you halve it?")


def test_bytes_at_hand_are_an_mbox_or_one_mail_or_what_is_said() -> None:
    assert [raw.origin for raw in open_bytes(MBOX)] == ["stdin#1", "stdin#2"]
    assert list(open_bytes(mail(), "pasted")) == [Raw(0, "pasted", mail())]
    assert list(open_bytes(b"From now on, half?")) == [Raw(0, "stdin", b"From now on, half?")]
    assert list(open_bytes(b"Name, email, message")) == [Raw(0, "stdin", b"Name, email, message")]
    assert [raw.origin for raw in open_bytes(TABLE, kind=Kind.CSV)] == ["stdin#1"]
    assert [raw.data for raw in open_bytes(b"To: all\n", kind=Kind.TEXT)] == [b" To: all\n"]
    with pytest.raises(InboxError, match="holds no mail"):
        open_bytes(b" \n")
    with pytest.raises(InboxError, match="give the path of the file or folder"):
        open_bytes(b"!BDN", kind=Kind.PST)


def test_bytes_at_hand_that_say_nothing_are_refused_in_one_sentence() -> None:
    noise = random.Random(7)
    for size in (64, 1_000, 100_000):
        with pytest.raises(InboxError, match=r"^stdin is neither a mail nor text$"):
            open_bytes(noise.randbytes(size))
    with pytest.raises(InboxError, match=r"^stdin is packed; unpack it first$"):
        open_bytes(b"PK\x03\x04" + noise.randbytes(100))
    with pytest.raises(InboxError, match="give the path of the file"):
        open_bytes(b"!BDN" + bytes(100))
