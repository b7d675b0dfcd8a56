import time

import pytest

from pipeline.errors import UnreadableError
from pipeline.inbox import mime
from tests.inbox.letters import mail, multipart, text

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
    start = time.process_time()
    with pytest.raises(UnreadableError, match=sentence):
        mime.parse(data)
    assert time.process_time() - start < 1


def test_a_deep_but_lawful_mail_is_parsed() -> None:
    part = mime.parse(nested(45))
    while part.parts():
        part = part.parts()[0]
    assert (part.depth, part.get_content_type()) == (45, "text/plain")


def test_headers_come_as_they_stand_and_none_is_parsed() -> None:
    head = b'To: "\r\nMessage-ID: <[x]>\r\nFrom: a@b.c.\r\nSubject: =?x?q?y?=\r\nX-Byte: \xe9\r\n'
    assert mime.parse_head(head) == [
        ("to", '"'),
        ("message-id", "<[x]>"),
        ("from", "a@b.c."),
        ("subject", "=?x?q?y?="),
        ("x-byte", "\udce9"),
    ]


def test_the_parameters_of_a_part_are_read_in_bounded_time() -> None:
    part = mime.parse(multipart("mixed", *[b'Content-Type: text/plain; a="' + b";" * 16_000 + b"\r\n\r\nhi"] * 14))
    start = time.process_time()
    assert [child.get_param("format") for child in part.parts()] == [None] * 14
    assert time.process_time() - start < 1


def test_a_guard_gives_the_default_for_any_stumble() -> None:
    assert mime.guarded(lambda: "text".encode("no such charset"), b"") == b""
    assert mime.guarded(lambda: 7, 0) == 7


def test_parts_are_the_direct_children_only() -> None:
    letter = mime.parse(multipart("mixed", text("a"), text("b")))
    assert len(letter.parts()) == 2
    assert mime.parse(mail()).parts() == []
