from base64 import encodebytes

import pytest

from pipeline.inbox.signed import inner
from tests.inbox.letters import mail, message

SIGNED, DATA, ENVELOPED = (bytes.fromhex(f"2a864886f70d0107{number}") for number in ("02", "01", "03"))
WORDS = b"Content-Type: text/plain\r\n\r\nCould you do it for half?\r\n"


def item(tag: int, content: bytes, *, open_ended: bool = False) -> bytes:
    """A tag with its content, its length told or left open."""
    if open_ended:
        return bytes([tag, 0x80]) + content + b"\0\0"
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x82]) + size.to_bytes(2, "big")
    return bytes([tag]) + length + content


def envelope(octets: bytes, *, kind: bytes = SIGNED, open_ended: bool = False) -> bytes:
    wrapped = item(0xA0, octets, open_ended=open_ended)
    what = item(0x30, item(0x06, DATA) + wrapped, open_ended=open_ended)
    body = item(0x30, b"\x02\x01\x01" + item(0x31, b"") + what + item(0x31, b""), open_ended=open_ended)
    return item(0x30, item(0x06, kind) + item(0xA0, body, open_ended=open_ended), open_ended=open_ended)


@pytest.mark.parametrize("open_ended", [False, True])
@pytest.mark.parametrize("long", [1, 20])
def test_what_was_signed_is_found_in_one_piece_or_in_chunks(long: int, *, open_ended: bool) -> None:
    words = WORDS * long
    assert inner(envelope(item(0x04, words), open_ended=open_ended)) == words
    chunks = item(0x24, item(0x04, words[:20]) + item(0x04, words[20:]), open_ended=open_ended)
    assert inner(envelope(chunks, open_ended=open_ended)) == words


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MII",
        b"\x30\x80" * 5_000,
        envelope(item(0x04, WORDS), kind=ENVELOPED),
        envelope(b""),
        envelope(item(0x04, WORDS))[:40],
        b"\x30\x88" + b"\xff" * 8,
    ],
)
def test_anything_else_holds_nothing_that_could_be_read(data: bytes) -> None:
    assert inner(data) in {None, WORDS[: len(inner(data) or b"")]}


def test_a_mail_in_an_envelope_is_read_and_envelopes_in_envelopes_come_to_an_end() -> None:
    def wrapped(content: bytes) -> bytes:
        head = b"Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n"
        return head + b"\r\n" + encodebytes(envelope(item(0x04, content)))

    once = wrapped(WORDS)
    assert message(mail(b"").rstrip(b"\r\n") + b"\r\n" + once).body == "Could you do it for half?"
    often = WORDS
    for _ in range(4):
        often = wrapped(often)
    with pytest.raises(Exception, match="encrypted, not read"):
        message(mail(b"").rstrip(b"\r\n") + b"\r\n" + often)
