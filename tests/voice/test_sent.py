"""Which mails of an export count."""

import asyncio
from collections.abc import Iterator

import pytest

from pipeline.errors import InboxError, UnreadableError
from pipeline.inbox.headers import read_head
from pipeline.inbox.read import read
from pipeline.inbox.source import Raw, Shelf
from pipeline.inbox.threads import Fate
from pipeline.types.message import Message
from pipeline.voice.sent import Chosen, choose, read_sent
from tests.voice.letters import ME, mail

TEXT = "Hi Maria,\n\nthe drawings for the new rooms are ready, and we can look at them on Monday.\n\nBest,\nHannah"


class Here:
    """Reads in this process, as the child does."""

    async def read(self, raw: Raw, fate: Fate) -> Message:
        return read(raw, fate)


class Listed:
    """A source of these mails."""

    def __init__(self, *mails: bytes, shelf: Shelf | None = None) -> None:
        self.mails = [Raw(seq, f"sent.mbox#{seq + 1}", data, shelf) for seq, data in enumerate(mails)]

    def __iter__(self) -> Iterator[Raw]:
        return iter(self.mails)


def chosen(*mails: bytes, me: tuple[str, ...] = (ME,)) -> Chosen:
    return choose([read_head(raw) for raw in Listed(*mails)], me)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (mail("b", more="X-Unsent: 1\n"), "drafts and discarded"),
        (mail("b", more="Auto-Submitted: auto-replied\n"), "machines and lists"),
        (mail("b", to="joel@marrowandfinch.example"), "among yourselves"),
        (mail("b", sender="ann@client.example"), "by others"),
        (mail("a"), "copies"),
    ],
)
def test_what_does_not_count(data: bytes, why: str) -> None:
    found = chosen(mail("a"), data)
    assert found.seqs == {0}
    assert found.passed == {why: 1}


def test_a_neighbour_at_a_mail_provider_is_no_colleague() -> None:
    data = mail("b", to="mia@gmail.com", sender="hannah@gmail.com")
    assert chosen(data, me=("hannah@gmail.com",)).seqs == {0}


def test_whose_mail_it_is_tells_itself() -> None:
    found = chosen(mail("a"), mail("b"), mail("c", sender="ann@client.example"), me=())
    assert found.mine == (ME,)


def test_a_stranger_wrote_none() -> None:
    with pytest.raises(InboxError, match=r"no mail here was sent by x@x\.example; name your own address with --me"):
        chosen(mail("a"), me=("X@x.example",))


def test_the_newest_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.voice.sent.MOST", 1)
    old, new = (mail(text, more=f"Date: {day} Nov 2026 10:00:00 +0000\n") for text, day in (("a", 1), ("b", 2)))
    assert chosen(new, old).seqs == {0}


def test_one_that_cannot_be_read_is_counted() -> None:
    class Broken(Here):
        async def read(self, raw: Raw, fate: Fate) -> Message:
            if raw.seq:
                raise UnreadableError("no")
            return await super().read(raw, fate)

    sent = asyncio.run(read_sent(Listed(mail(TEXT), mail("other"), b""), [ME], Broken()))
    assert (len(sent.traits), sent.passed) == (1, {"cannot be read": 2})


def test_a_mail_without_words_is_counted() -> None:
    sent = asyncio.run(
        read_sent(Listed(mail(TEXT), mail("Potrebbe inviarmi il preventivo entro lunedì?")), [ME], Here())
    )
    assert sent.passed == {"no words, or another language": 1}
