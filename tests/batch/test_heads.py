"""Kept on disk, heads settle the same as in memory, whatever the inbox looks like."""

import sqlite3
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.batch.heads import Heads
from pipeline.errors import OutputError
from pipeline.inbox.headers import Head
from pipeline.inbox.source import Raw, Shelf
from pipeline.inbox.threads import Fate, Own, screen
from pipeline.types.message import Skip

OWN = Own(frozenset({"us@studio.example"}), frozenset({"ours.example"}), frozenset({"help@studio.example"}))
PEOPLE = ("us@studio.example", "me@ours.example", "help@studio.example", "ann@x.example", "bob@y.example")
IDS = st.integers(0, 9).map("<{}@x.example>".format)
HEADS = st.lists(
    st.builds(
        Head,
        seq=st.just(0),
        message_id=IDS,
        body_hash=st.sampled_from(["aa" * 32, "bb" * 32]),
        references=st.lists(IDS, max_size=3, unique=True).map(tuple),
        sender=st.sampled_from(["", *PEOPLE]),
        others=st.sampled_from([(), (), PEOPLE[3:4], PEOPLE[3:]]),
        reply_to=st.sampled_from(["", "", *PEOPLE]),
        recipients=st.lists(st.sampled_from(PEOPLE), max_size=3).map(tuple),
        sent=st.none() | st.integers(-(10**6), 10**6),
        list_id=st.booleans(),
        bulk=st.booleans(),
        tag=st.sampled_from(["", "", "ann"]),
        machine=st.sampled_from([None, None, Skip.MACHINE]),
        unsent=st.booleans(),
        shelf=st.sampled_from([None, None, *Shelf]),
        gmail_thread=st.sampled_from(["", "", "7"]),
    ),
    max_size=12,
).map(lambda heads: [head._replace(seq=seq) for seq, head in enumerate(heads)])


def kept(heads: Sequence[Head]) -> Heads:
    found = Heads(OWN)
    for head in heads:
        found.add(Raw(head.seq, f"inbox.mbox#{head.seq + 1}", b""), b"digest", head)
    found.settle()
    return found


@settings(max_examples=120, deadline=None)
@given(HEADS)
def test_on_disk_a_mail_has_the_fate_that_it_has_in_memory(heads: list[Head]) -> None:
    found = kept(heads)
    assert {one.seq: one.fate for one in found} == screen(heads, OWN)
    found.close()


def test_mails_come_back_in_order_with_their_names_and_refusals() -> None:
    heads = Heads(OWN)
    heads.add(Raw(0, "a\udcff.eml", b""), b"\1", Head(0, "<0@x.example>", "aa" * 32, sent=7))
    heads.refuse(Raw(1, "b.eml", b""), b"\2", "the mail is empty")
    heads.settle()
    assert list(heads) == [
        (0, "a\udcff.eml", "01", 7, Fate("<0@x.example>")),
        (1, "b.eml", "02", None, "the mail is empty"),
    ]
    assert len(heads) == 2
    heads.close()


def test_an_empty_inbox_is_no_trouble() -> None:
    assert list(kept([])) == []


def test_addresses_of_sent_mail_that_the_profile_lacks_are_noted_once() -> None:
    def sent(seq: int, sender: str) -> Head:
        return Head(seq, f"<{seq}@x.example>", "aa" * 32, sender=sender, shelf=Shelf.SENT)

    found = kept([sent(0, "us@studio.example"), sent(1, "me@private.example"), sent(2, "me@private.example")])
    assert list(found.foreign) == ["me@private.example"]


def test_without_room_for_temporary_files_it_is_one_sentence() -> None:
    heads = Heads(OWN)
    heads._db.execute("PRAGMA max_page_count = 20")
    for seq in range(499):
        heads.add(Raw(seq, "x" * 999, b""), b"digest", Head(seq, f"<{seq}@x.example>", "aa" * 32))
    with pytest.raises(OutputError, match=r"cannot be kept in the temporary folder: .* full"):
        heads.settle()
    heads.close()


def test_nothing_is_left_in_a_folder() -> None:
    heads = kept([Head(seq, f"<{seq}@x.example>", "aa" * 32) for seq in range(3)])
    (name,) = {file for _, _, file in heads._db.execute("PRAGMA database_list")}
    assert name == ""
    heads.close()
    with pytest.raises(sqlite3.ProgrammingError):
        heads._db.execute("SELECT 1")
