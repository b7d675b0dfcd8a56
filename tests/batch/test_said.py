from collections.abc import Iterator

import pytest

from pipeline.batch.said import Said
from pipeline.types.message import Address, Message


@pytest.fixture
def said() -> Iterator[Said]:
    said = Said()
    yield said
    said.close()


def mail(name: str, thread: str) -> Message:
    return Message(
        key=name, origin="", message_id="", thread=thread, sender=Address(address=""), subject="Größe", body=""
    )


def test_mails_come_back_a_thread_at_a_time_in_the_order_of_the_inbox(said: Said) -> None:
    for seq, name, thread, ours in (
        (3, "d", "x", False),
        (0, "a", "x", False),
        (1, "b", "y", False),
        (2, "c", "x", True),
    ):
        said.add(seq, mail(name, thread), ours=ours)
    told = [([seq for seq, _ in one.theirs], [m.key for m in one.ours]) for one in said.threads()]
    assert told == [([0, 3], ["c"]), ([1], [])]


def test_a_mail_comes_back_as_it_was(said: Said) -> None:
    said.add(0, mail("a", "x"), ours=False)
    ((number, message),) = next(said.threads()).theirs
    assert (number, message) == (0, mail("a", "x"))
