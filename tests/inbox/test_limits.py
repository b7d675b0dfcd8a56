import pytest

from pipeline.errors import UnreadableError
from pipeline.inbox import limits
from tests.inbox.letters import mail
from tests.soon import soon


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"\r\n\r\n  ", "empty"),
        (mail(b"x" * (limits.MESSAGE + 1)), "larger than 25 MB"),
        (mail(b"\n" * 500_001), "500,000 lines"),
        (mail(b"\r" * 500_001), "500,000 lines"),
        (mail(extra=b"X-Note: small\r\n" * 5_000), "64 KB of headers"),
        (b"X-Note: never ends\n" * 5_000, "64 KB of headers"),
        (mail(extra=b"X-Note: " + b"x" * 17_000 + b"\r\n"), "longer than 16 KB"),
        (mail(extra=b"X-Note: folded\r\n" + b"\tmore of it\r\n" * 2_000), "longer than 16 KB"),
        (mail(extra=b"Cc: " + b", ".join(b"a%d@x.example" % n for n in range(101)) + b"\r\n"), "100 addresses"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_a_mail_over_a_limit_is_refused_in_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        limits.check(data)


@pytest.mark.parametrize(
    "data",
    [
        mail(),
        mail(b"x" * 5_000_000),
        mail(extra=b"Cc: " + b", ".join(b'"Doe, A. %d" <a%d@x.example>' % (n, n) for n in range(90)) + b"\r\n"),
        b"From: ann@client.example\n\nhi",
        b"no header at all",
    ],
    ids=lambda data: f"{len(data)} bytes",
)
def test_a_mail_within_the_limits_passes(data: bytes) -> None:
    limits.check(data)


def test_the_largest_mail_is_checked_at_once() -> None:
    data = mail(b"aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd29ybGQ=\r\n" * 390_000)
    with soon():
        limits.check(data)


@pytest.mark.parametrize(
    ("data", "head", "rest"),
    [
        (b"A: b\r\n\r\nbody", b"A: b\r\n", b"body"),
        (b"A: b\n\nbody\n\n", b"A: b\n", b"body\n\n"),
        (b"\xef\xbb\xbf\r\nA: b\r\rbody", b"A: b\r", b"body"),
        (b"A: b\n\nbody\r\n\r\n", b"A: b\n", b"body\r\n\r\n"),
        (b"A: b\r\n\r\n" + b"\n" * 200 + b"body", b"A: b\r\n", b"body"),
        (b"A: b", b"A: b", b""),
        (b"A: b\n\n", b"A: b\n", b""),
    ],
)
def test_a_head_ends_at_the_first_blank_line_of_any_kind(data: bytes, head: bytes, rest: bytes) -> None:
    found, behind = limits.check(data)
    assert (found, bytes(behind)) == (head, rest)
