from email.parser import BytesHeaderParser
from email.policy import compat32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UnreadableError
from pipeline.inbox import mime
from tests.inbox.letters import mail, multipart, text
from tests.soon import soon

NEST = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n'


def nested(levels: int) -> bytes:
    chain = b"".join(NEST % (level, level) for level in range(levels))
    return b"From: ann@client.example\r\n" + chain + b"Content-Type: text/plain\r\n\r\nhi\r\n"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (nested(1_000), "nested deeper"),
        (nested(51), "nested deeper"),
        (b"Content-Type: message/rfc822\r\n\r\n" * 2_000, "nested deeper"),
        (multipart("mixed", *[b"\r\n"] * 5_000), "1,000 parts"),
        (mail(b"A: b\r\n\r\n" * 200_000, b"Content-Type: message/delivery-status\r\n"), "1,000 parts"),
        (multipart("mixed", *[b"X-Note: " + b"x" * 15_000 + b"\r\n\r\nhi"] * 20), "headers of the mail's parts"),
        (multipart("mixed", b"X-Note: " + b"x" * 17_000 + b"\r\n\r\nhi"), "headers of the mail's parts"),
    ],
    ids=["1,000 levels", "51 levels", "mails in mails", "5,000 parts", "status blocks", "headers", "one header"],
)
def test_a_bomb_is_stopped_while_it_is_parsed(data: bytes, sentence: str) -> None:
    with soon(), pytest.raises(UnreadableError, match=sentence):
        mime.parse(data)


def test_a_deep_but_lawful_mail_is_parsed() -> None:
    part = mime.parse(nested(45))
    while part.parts():
        part = part.parts()[0]
    assert (part.depth, part.get_content_type()) == (45, "text/plain")


def test_headers_come_as_they_stand_and_only_those_that_are_wanted() -> None:
    head = b'To: "\r\nMessage-ID: <[x]>\r\nTO: a\r\n\tb\r\nSubject: =?x?q?y?=\r\nX-Byte: \xe9\r\n'
    assert mime.parse_head(head, frozenset({"to", "message-id", "x-byte"})) == {
        "to": [b' "', b" a\tb"],
        "message-id": [b" <[x]>"],
        "x-byte": [b" \xe9"],
    }


PIECES = st.sampled_from([
    b"A", b"From ", b"from", b":", b": ", b" ", b"\t", b"\r", b"\n", b"\r\n", b"\r\n ", b"\n\t", b"x", b"B:", b"\xe9",
    b"A: b\n", b"b: c\r\n", b"\x0c", b"\x00", b">", b"=?utf-8?q?a?=", b"Name Of",
])  # fmt: skip


@given(st.lists(PIECES, max_size=30).map(b"".join))
def test_a_head_is_taken_apart_as_the_library_does(data: bytes) -> None:
    message = BytesHeaderParser(policy=compat32).parsebytes(data.lstrip(b"\r\n"))
    theirs: dict[str, list[bytes]] = {}
    for name, value in message.raw_items():
        raw = str(value).replace("\r", "").replace("\n", "").encode("ascii", "surrogateescape")
        theirs.setdefault(name.lower(), []).append(raw.strip(b" \t"))
    ours = mime.parse_head(data.lstrip(b"\r\n"), frozenset(theirs))
    assert {name: [value.strip(b" \t") for value in values] for name, values in ours.items()} == theirs


def test_the_parameters_of_a_part_are_read_in_bounded_time() -> None:
    part = mime.parse(multipart("mixed", *[b'Content-Type: text/plain; a="' + b";" * 16_000 + b"\r\n\r\nhi"] * 14))
    with soon():
        assert [child.get_param("format") for child in part.parts()] == [None] * 14


def test_a_guard_gives_the_default_for_any_stumble() -> None:
    assert mime.guarded(lambda: "text".encode("no such charset"), b"") == b""
    assert mime.guarded(lambda: 7, 0) == 7


def test_parts_are_the_direct_children_only() -> None:
    letter = mime.parse(multipart("mixed", text("a"), text("b")))
    assert len(letter.parts()) == 2
    assert mime.parse(mail()).parts() == []
