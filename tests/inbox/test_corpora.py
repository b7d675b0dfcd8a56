"""Every mail at hand ends as a message or as unreadable, and no machine's mail is left for a draft.

The collections of test mail are not part of the project; without them this is skipped.
"""

import json
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pipeline.errors import UnreadableError
from pipeline.inbox.headers import Header, read_header
from pipeline.inbox.read import read
from pipeline.inbox.source import Raw
from pipeline.inbox.threads import Own, screen
from pipeline.types.message import Message

SHARED = Path(__file__).parents[2] / "../shared"
EVERY = 5  # of the collections, to stay quick; the carriers are read whole
MACHINES = ("ndn", "bounce", "dsn", "multipart_report", "report_disposition", "read_receipt", "autoreply", "auto_reply")
GENUINE = ("original_message",)

pytestmark = pytest.mark.skipif(not (SHARED / "mail").is_dir(), reason="the collections of test mail are not here")


def mails() -> Iterator[tuple[str, bytes]]:
    root = SHARED / "mail"
    paths = sorted(p for p in root.rglob("*") if p.is_file() and p.name != "MANIFEST.md")
    for number, path in enumerate(paths):
        name = path.relative_to(root).as_posix()
        if number % EVERY == 0 or is_machine(name):
            yield name, path.read_bytes()
    for line in (SHARED / "attacks/carriers/data.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        yield f"carriers/{record['meta']['carrier']}/{record['id']}", record["text"].encode("latin-1")


def is_machine(name: str) -> bool:
    return any(sign in name.lower() for sign in MACHINES) and not any(sign in name for sign in GENUINE)


@cache
def everything() -> tuple[list[Message], float]:
    start = time.process_time()
    raws = [Raw(seq, name, data) for seq, (name, data) in enumerate(mails())]
    headers: list[Header] = []
    for raw in raws:
        try:
            headers.append(read_header(raw))
        except UnreadableError:
            continue
    fates = screen(headers, Own())
    found = []
    for header in headers:
        try:
            found.append(read(raws[header.seq], fates[header.seq]))
        except UnreadableError:
            continue
    return found, time.process_time() - start


def test_every_mail_is_read_or_refused_in_time() -> None:
    found, seconds = everything()
    assert len(found) > 250
    assert seconds < 8


def test_every_message_can_be_stored_and_read_again() -> None:
    for message in everything()[0]:
        assert Message.model_validate_json(message.model_dump_json()) == message


def test_no_id_and_no_subject_carries_a_line_or_an_encoded_word() -> None:
    for message in everything()[0]:
        assert not any("=?" in id_ or id_.split() != [id_] for id_ in (message.message_id, *message.references))
        assert message.subject == " ".join(message.subject.split())


def test_no_body_is_emptied_by_taking_the_quotes_away() -> None:
    assert [m.origin for m in everything()[0] if not m.body and (m.history or m.signature)] == []


def test_hardly_a_body_has_broken_characters() -> None:
    assert sum("\ufffd" in message.body for message in everything()[0]) <= 2


def test_no_bounce_report_or_automatic_reply_is_left_for_a_draft() -> None:
    left = [m.origin for m in everything()[0] if is_machine(m.origin) and m.skip is None]
    assert left == []


def test_hidden_html_and_unicode_carriers_are_all_remarked() -> None:
    hidden = ("html_display_none", "html_white_on_white", "unicode_tags", "zero_width")
    left = [m.origin for m in everything()[0] if any(kind in m.origin for kind in hidden) and not m.remarks]
    assert left == []
