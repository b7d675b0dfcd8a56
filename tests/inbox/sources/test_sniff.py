import pytest

from pipeline.errors import InboxError
from pipeline.inbox.sources.kinds import Kind
from pipeline.inbox.sources.sniff import EXPECTED, LOOKS, is_text, kind_of, may_be
from tests.inbox.letters import mail
from tests.inbox.sources.boxes import box


@pytest.mark.parametrize(
    ("start", "name", "kind"),
    [
        (box(mail()), "Inbox", Kind.MBOX),
        (b"\xef\xbb\xbf\n" + box(mail()), "saved.txt", Kind.MBOX),
        (b">From - Mon May 04 2026\n" + mail(), "Inbox", Kind.MBOX),
        (box(mail()).replace(b"\r\n", b"\n").replace(b"\n", b"\r"), "old", Kind.MBOX),
        (mail(), "mail.mbox", Kind.MBOX),
        (mail(), "saved", Kind.EML),
        (b"no header at all", "broken.eml", Kind.EML),
        (b"From 1844@xxx\nSubject: x\n\n", "x.eml", Kind.EML),
        (b"From now on we pay late.\nBest, Ann", "note.txt", None),
        (b"From 2026 on we pay late.\nBest, Ann", "note.txt", None),
        (b'{"id": 1, "from": "a@c.example"}\n', "tickets.txt", Kind.JSONL),
        (b'\xff\xfe{\x00"\x00i\x00d\x00', "tickets", Kind.JSONL),
        (b"id,from,body\n1,a@c.example,Hi\n", "export", Kind.CSV),
        (b"a,b\n", "export.csv", Kind.CSV),
        (b"!BDN\x01\x02", "whatever", Kind.PST),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "mail.MSG", Kind.MSG),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "offer.doc", None),
        (b"Dear all\nhello", "notes.txt", None),
    ],
)
def test_the_kind_is_told_by_content_first(start: bytes, name: str, kind: Kind | None) -> None:
    assert kind_of(start, name) is kind


@pytest.mark.parametrize(
    "start", [b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"x" * 257 + b"ustar", b"7z\xbc\xaf\x27\x1c"]
)
def test_what_is_packed_is_to_be_unpacked_first(start: bytes) -> None:
    with pytest.raises(InboxError, match="is packed; unpack it first"):
        kind_of(start, "takeout.zip")


def test_a_list_in_json_is_refused_with_the_way_out() -> None:
    with pytest.raises(InboxError, match=r"jq -c '\.\[\]'"):
        kind_of(b'[\n  {"id": 1}]', "export.json")


def test_a_given_kind_has_to_be_possible() -> None:
    assert set(EXPECTED) == set(Kind)
    assert may_be(box(mail()), Kind.TAKEOUT)
    assert may_be(b"Hello", Kind.TEXT)
    assert may_be("\ufeffHallo".encode("utf-16"), Kind.TEXT)
    assert [kind for kind in Kind if may_be(b"\x00\x01\x02", kind)] == []
    assert not may_be(mail(), Kind.CSV)
    assert may_be(b"From: Ann;Text:\n", Kind.CSV)
    assert {Kind.MBOX, Kind.EML, Kind.JSONL, Kind.CSV, Kind.MSG, Kind.PST} == set(LOOKS), "what kind_of tells"


@pytest.mark.parametrize(
    ("said", "encoding"),
    [
        ("Können wir die Hälfte zahlen?\f", "utf-8"),
        ("Können wir die Hälfte zahlen?", "cp1252"),
        ("半額になりますか。", "iso-2022-jp"),
        ("半額になりますか。", "shift-jis"),
        ("半價可以嗎?\n", "utf-16"),
        ("Half?", "utf-16-le"),
        ("Можно за полцены?", "koi8-r"),
        ("Half?\x02 We cannot pay more.", "ascii"),
    ],
)
def test_text_is_text_in_any_encoding(said: str, encoding: str) -> None:
    assert is_text(said.encode(encoding))
    assert is_text((said * 5_000).encode(encoding)[: 16 * 1024])


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(20), b"\x01\x02\xff\x03" * 9, b"PK\x03\x04", b"a\0b"])
def test_what_is_no_text_is_told(data: bytes) -> None:
    assert not is_text(data)
