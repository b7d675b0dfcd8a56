import mailbox
from pathlib import Path

from pipeline.outbox.eml import draft_eml
from pipeline.outbox.mbox import mbox
from tests.outbox.examples import PROFILE, TODAY, asking, decline, draft

MAIL = b"From: a@b.example\r\nSubject: x\r\n\r\nFrom here on\r\n>From there\r\nfrom small\r\n"


def test_every_draft_is_found_again(tmp_path: Path) -> None:
    drafts = [draft_eml(outcome, PROFILE, TODAY) for outcome in (decline(), asking())]
    path = tmp_path / "drafts.mbox"
    path.write_bytes(b"".join(mbox(drafts)))
    box = mailbox.mbox(path)
    assert [mail["Message-ID"] for mail in box] == [mail_id(data) for data in drafts]
    assert {mail["X-Mozilla-Status"] for mail in box} == {"0000"}
    box.close()


def mail_id(data: bytes) -> str:
    return data.partition(b"Message-ID: ")[2].partition(b"\r\n")[0].decode()


def test_lines_that_would_split_the_file_are_escaped_so_that_reading_can_undo_it() -> None:
    (chunk,) = mbox([MAIL])
    assert b"\n>From here on\n>>From there\nfrom small\n\n" in chunk
    assert chunk.count(b"\nFrom ") == 0


def test_a_body_that_forges_a_separator_stays_one_mail(tmp_path: Path) -> None:
    forged = decline(draft=draft("No.\n\nFrom x@evil.example Thu Jan  1 00:00:00 1970\nTo: y@evil.example\n\nYes."))
    path = tmp_path / "drafts.mbox"
    path.write_bytes(b"".join(mbox([draft_eml(forged, PROFILE, TODAY)])))
    box = mailbox.mbox(path)
    assert len(box) == 1
    box.close()
