import os
from pathlib import Path

import pytest

from pipeline.errors import InboxError
from pipeline.inbox.source import Raw, Shelf
from pipeline.inbox.sources.inboxes import open_inbox
from pipeline.inbox.sources.kinds import Kind
from tests.inbox.letters import mail
from tests.inbox.sources.boxes import box, put


def found(root: Path, kind: Kind | None = None) -> dict[str, Shelf | None]:
    return {raw.origin: raw.shelf for raw in open_inbox(root, kind)}


def test_a_folder_gives_its_letters_sorted_and_from_below(tmp_path: Path) -> None:
    for name in ("b.eml", "a.EML", "sub/c.eml", "._b.eml"):
        put(tmp_path / name, mail())
    put(tmp_path / "note.txt", b"Note: call Ann\n")
    assert [(raw.seq, raw.origin) for raw in open_inbox(tmp_path)] == [(0, "a.EML"), (1, "b.eml"), (2, "sub/c.eml")]


def test_a_thunderbird_profile_is_read_by_its_folders(tmp_path: Path) -> None:
    deleted = mail(extra=b"X-Mozilla-Status: 0009\r\n")
    put(tmp_path / "Mail/pop.example/Inbox", box(deleted, mail()))
    put(tmp_path / "Mail/pop.example/Inbox.msf", b'// <!-- <mdb:mork:z v="1.4"/> -->')
    put(tmp_path / "Mail/pop.example/Inbox.sbd/Clients", box(mail()))
    put(tmp_path / "Mail/Local Folders/Entw&APw-rfe", box(mail()))
    put(tmp_path / "Mail/Local Folders/Trash", b"")
    put(tmp_path / "ImapMail/imap.example/Sent-1", b">From - Mon May 04 09:00:00 2026\n" + mail())
    put(tmp_path / "prefs.js", b'user_pref("mail.x", true);\n')
    assert found(tmp_path) == found(tmp_path, Kind.THUNDERBIRD) == {
        "ImapMail/imap.example/Sent-1#1": Shelf.SENT,
        "Mail/Local Folders/Entw&APw-rfe#1": Shelf.DRAFT,
        "Mail/pop.example/Inbox#1": None,
        "Mail/pop.example/Inbox#2": None,
        "Mail/pop.example/Inbox.sbd/Clients#1": None,
    }  # fmt: skip


def test_a_takeout_is_read_without_its_settings(tmp_path: Path) -> None:
    put(tmp_path / "Takeout/Mail/All mail Including Spam and Trash.mbox", box(mail(), mail()))
    put(tmp_path / "Takeout/Mail/User Settings/Filters.json", b'{"filters": []}')
    put(tmp_path / "Takeout/E-Mail/Gesendet.mbox", box(mail()))
    put(tmp_path / "Takeout/archive_browser.html", b"<html></html>")
    assert found(tmp_path) == found(tmp_path, Kind.TAKEOUT) == {
        "Takeout/E-Mail/Gesendet.mbox#1": Shelf.SENT,
        "Takeout/Mail/All mail Including Spam and Trash.mbox#1": None,
        "Takeout/Mail/All mail Including Spam and Trash.mbox#2": None,
    }  # fmt: skip


def test_a_maildir_is_read_with_its_flags_and_subfolders(tmp_path: Path) -> None:
    for name in (
        "cur/100.a.host:2,S", "cur/101.a.host:2,ST", "cur/102.a.host!2,D", "new/103.a.host", "tmp/104.a.host",
        "cur/.hidden", ".Sent/cur/105.a.host:2,ST",
        ".INBOX.Entw&APw-rfe/new/106.a.host", "Clients/Old/cur/107.a.host:2,RS", "Clients/Old/tmp/108.a.host",
        ".INBOX.Entw&APw-rfe/tmp/109.a.host",
    ):  # fmt: skip
        put(tmp_path / name, mail())
    put(tmp_path / "dovecot-uidlist", b"3 V1 N1 G0\n")
    put(tmp_path / ".Sent/maildirfolder")
    read = {
        ".INBOX.Entw&APw-rfe/new/106.a.host": Shelf.DRAFT,
        ".Sent/cur/105.a.host:2,ST": Shelf.SENT,
        "Clients/Old/cur/107.a.host:2,RS": None,
        "cur/100.a.host:2,S": None,
        "cur/101.a.host:2,ST": Shelf.TRASH,
        "cur/102.a.host!2,D": Shelf.DRAFT,
        "new/103.a.host": None,
    }
    assert found(tmp_path) == found(tmp_path, Kind.MAILDIR) == read
    assert list(found(tmp_path)) == list(read), "always in the same order"


def test_a_folder_may_mix_kinds_and_a_format_takes_one_of_them(tmp_path: Path) -> None:
    put(tmp_path / "a.eml", mail())
    put(tmp_path / "b.mbox", box(mail()))
    put(tmp_path / "c/cur/1", mail())
    put(tmp_path / "saved", mail())
    put(tmp_path / "short", b"X-Note: no sender\n\nHi\n")
    assert list(found(tmp_path)) == ["a.eml", "b.mbox#1", "c/cur/1", "saved"]
    assert list(found(tmp_path, Kind.MBOX)) == ["b.mbox#1"]
    assert list(found(tmp_path, Kind.EML)) == ["a.eml", "saved", "short"], "asked for, any header will do"
    with pytest.raises(InboxError, match="holds no thunderbird"):
        found(tmp_path, Kind.THUNDERBIRD)
    with pytest.raises(InboxError, match="is a folder; --format csv reads one file"):
        found(tmp_path, Kind.CSV)


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    secret = put(tmp_path / "elsewhere" / "secret.eml", mail())
    put(tmp_path / "elsewhere" / "cur" / "1", mail())
    inbox = put(tmp_path / "inbox" / "a.eml", mail()).parent
    (inbox / "b.eml").symlink_to(secret)
    (inbox / "c").symlink_to(secret.parent)
    (inbox / "cur").symlink_to(secret.parent / "cur")
    (inbox / "d.eml").symlink_to(inbox / "a.eml")
    (inbox / "e.eml").symlink_to(inbox / "nowhere")
    assert list(found(inbox)) == ["a.eml", "d.eml"]


@pytest.mark.parametrize("sign", ["candor.db", ".exported.json"])
def test_an_output_folder_in_the_inbox_is_passed_over(tmp_path: Path, sign: str) -> None:
    put(tmp_path / "a.eml", mail())
    put(tmp_path / "out" / sign)
    put(tmp_path / "out" / "drafts.mbox", box(mail()))
    put(tmp_path / "z" / "b.eml", mail())
    assert list(found(tmp_path)) == ["a.eml", "z/b.eml"]
    with pytest.raises(InboxError, match="is an output folder of Candor"):
        open_inbox(tmp_path / "out")


def test_a_letter_that_vanishes_ends_as_a_row_and_one_that_arrives_waits(tmp_path: Path) -> None:
    put(tmp_path / "a.eml", mail())
    source = open_inbox(put(tmp_path / "b.eml", mail()).parent)
    (tmp_path / "a.eml").unlink()
    put(tmp_path / "aa.eml", mail())
    gone, there = source
    assert gone == Raw(0, "a.eml", b"", problem="the file cannot be read: No such file or directory")
    assert there == Raw(1, "b.eml", mail())


def test_an_mbox_that_vanishes_ends_as_a_row(tmp_path: Path) -> None:
    source = open_inbox(put(tmp_path / "a.mbox", box(mail())))
    (tmp_path / "a.mbox").unlink()
    (row,) = source
    assert row.problem.startswith("the rest of the mbox cannot be read")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_a_row(tmp_path: Path) -> None:
    put(tmp_path / "a.eml", mail())
    put(tmp_path / "shut/b.eml", mail()).parent.chmod(0)
    assert [raw.problem for raw in open_inbox(tmp_path)] == ["", "the file or folder cannot be opened"]


def test_names_that_are_no_text_stay_apart(tmp_path: Path) -> None:
    try:
        for name in (b"a\xfe.eml", b"a\xff.eml"):
            put(tmp_path / os.fsdecode(name), mail())
    except OSError:
        pytest.skip("this disk takes no such name")
    assert len(found(tmp_path)) == 2
