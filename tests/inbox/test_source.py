import os
from pathlib import Path

import pytest

from pipeline.errors import InboxError
from pipeline.inbox.source import Raw, looks_like_mail, open_bytes, open_inbox
from tests.inbox.letters import mail

MBOX = b"From a Mon May  4 09:00:00 2026\nSubject: one\n\nhi\n\nFrom a Mon May  4 09:00:00 2026\nSubject: two\n\nhi\n"


def put(path: Path, data: bytes = b"") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_an_mbox_gives_its_mails_in_order_and_can_be_read_twice(tmp_path: Path) -> None:
    source = open_inbox(put(tmp_path / "mail.mbox", MBOX))
    assert list(source) == list(source) == [
        Raw(0, "mail.mbox#1", b"Subject: one\n\nhi\n"),
        Raw(1, "mail.mbox#2", b"Subject: two\n\nhi\n"),
    ]  # fmt: skip


def test_an_mbox_is_known_by_its_first_line(tmp_path: Path) -> None:
    assert [raw.origin for raw in open_inbox(put(tmp_path / "Inbox", b"\xef\xbb\xbf" + MBOX))] == ["Inbox#1", "Inbox#2"]


def test_a_folder_gives_its_letters_sorted_and_from_below(tmp_path: Path) -> None:
    for name in ("b.eml", "a.EML", "sub/c.eml", "note.txt"):
        put(tmp_path / name, mail())
    assert [(raw.seq, raw.origin) for raw in open_inbox(tmp_path)] == [(0, "a.EML"), (1, "b.eml"), (2, "sub/c.eml")]


def test_a_single_letter_may_have_any_name(tmp_path: Path) -> None:
    assert list(open_inbox(put(tmp_path / "letter.eml", mail()))) == [Raw(0, "letter.eml", mail())]
    assert list(open_inbox(put(tmp_path / "saved", mail()))) == [Raw(0, "saved", mail())]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    secret = put(tmp_path / "elsewhere" / "secret.eml", mail())
    inbox = put(tmp_path / "inbox" / "a.eml", mail()).parent
    (inbox / "b.eml").symlink_to(secret)
    (inbox / "c").symlink_to(secret.parent)
    (inbox / "d.eml").symlink_to(inbox / "a.eml")
    (inbox / "e.eml").symlink_to(inbox / "nowhere")
    assert [raw.origin for raw in open_inbox(inbox)] == ["a.eml", "d.eml"]


def test_a_letter_that_vanishes_still_counts(tmp_path: Path) -> None:
    put(tmp_path / "a.eml", mail())
    source = open_inbox(put(tmp_path / "b.eml", mail()).parent)
    (tmp_path / "a.eml").unlink()
    assert [(raw.origin, raw.data) for raw in source] == [("a.eml", b""), ("b.eml", mail())]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("empty.mbox", b"", "holds no mail"),
        ("blank.eml", b"\n\n", "holds no mail"),
        ("mail.pst", b"!BDN\x00\x01", "neither an mbox"),
        ("notes.txt", b"Dear all\nhello", "neither an mbox"),
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
    with pytest.raises(InboxError, match=r"holds no \.eml file"):
        open_inbox(tmp_path)
    with pytest.raises(InboxError, match="neither a file nor a folder"):
        open_inbox(Path(os.devnull))
    with pytest.raises(InboxError, match="cannot be read"):
        open_inbox(tmp_path / ("x" * 5_000))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_inbox_without_permission_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path / "mail.mbox", MBOX)
    path.chmod(0)
    with pytest.raises(InboxError, match="cannot be read"):
        open_inbox(path)


def test_bytes_at_hand_are_an_mbox_or_one_mail() -> None:
    assert [raw.origin for raw in open_bytes(MBOX)] == ["stdin#1", "stdin#2"]
    assert list(open_bytes(mail(), "pasted")) == [Raw(0, "pasted", mail())]
    with pytest.raises(InboxError, match="holds no mail"):
        open_bytes(b" \n")


def test_a_mail_is_told_from_a_text() -> None:
    assert looks_like_mail(mail())
    assert looks_like_mail(b"\xef\xbb\xbf\nFrom: x\n")
    assert not looks_like_mail(b"Hi Bob,\nplease: call me\n")


@pytest.mark.parametrize("sign", ["candor.db", ".exported.json"])
def test_an_output_folder_in_the_inbox_is_passed_over(tmp_path: Path, sign: str) -> None:
    put(tmp_path / "a.eml", mail())
    put(tmp_path / "out" / sign)
    put(tmp_path / "out" / "drafts" / "0001-ann.eml", mail())
    put(tmp_path / "z" / "b.eml", mail())
    assert [raw.origin for raw in open_inbox(tmp_path)] == ["a.eml", "z/b.eml"]
    with pytest.raises(InboxError, match="is an output folder of Candor"):
        open_inbox(tmp_path / "out")


def test_a_name_that_is_no_text_can_still_be_told_and_stored(tmp_path: Path) -> None:
    names = [os.fsdecode(b"a\xfe.eml"), os.fsdecode(b"a\xff.eml")]
    try:
        for name in names:
            put(tmp_path / name, mail())
    except OSError:
        pytest.skip("this disk takes no such name")
    origins = [raw.origin for raw in open_inbox(tmp_path)]
    assert len(set(origins)) == 2
    assert [origin.encode("utf-8").decode() for origin in origins] == origins
