"""Hard limits on one mail, checked on its bytes before any parser sees them.

A mail over a limit is a row with a plain sentence, never a lost one. Size, lines and the head are checked here, in one
pass over the bytes; the number and depth of parts are held by ``mime`` while the parser runs, because only the parser
knows which line is a boundary. Left out: limits on time and memory; ``worker`` holds those.
"""

from pipeline.errors import UnreadableError

MESSAGE = 25 * 1024 * 1024  # bytes
LINES = 500_000  # base64 of a full-size attachment has about 345,000
HEAD = 64 * 1024  # bytes, all headers of the mail
HEADER = 16 * 1024  # bytes, one header
PART_HEADS = 256 * 1024  # bytes, all headers of the mail and of its parts
PARTS = 1_000
DEPTH = 50
ADDRESSES = 100

_NEAR = 64  # bytes behind a head in which nearly all mails begin their text
_BLANK = (b"\n\r\n", b"\n\n", b"\r\r")  # the longest first
_ADDRESSED = (b"from:", b"to:", b"cc:", b"reply-to:", b"sender:")
_BOM = b"\xef\xbb\xbf"


def check(data: bytes) -> tuple[bytes, memoryview]:
    """Pass over ``data`` once; gives its head, and the bytes that follow.

    Raises:
        UnreadableError: naming the limit that is passed, or that the mail is empty.
    """
    _require(bool(data) and not data.isspace(), "the mail is empty")
    _require(len(data) <= MESSAGE, "the mail is larger than 25 MB")
    _require(len(data) <= LINES or _lines(data) <= LINES, "the mail has more than 500,000 lines")
    data = canonical(data)
    head, rest = _cut(data)
    _check_head(data[:head])
    return data[:head], memoryview(data)[rest:]


def _check_head(head: bytes) -> None:
    """Hold one head to its limits; the small ones, which are nearly all, are within them at a glance.

    Raises:
        UnreadableError: naming the limit that is passed.
    """
    _require(len(head) <= HEAD, "the mail has more than 64 KB of headers")
    if len(head) > HEADER or head.count(b"@") > ADDRESSES:
        fields = _unfolded(head)
        _require(all(len(field) <= HEADER for field in fields), "a header of the mail is longer than 16 KB")
        _require(_addresses(fields) <= ADDRESSES, "the mail names more than 100 addresses")


def canonical(data: bytes) -> bytes:
    """The mail without the byte order mark and blank lines that some programs put before it."""
    return data.removeprefix(_BOM).lstrip(b"\r\n")


def _cut(data: bytes) -> tuple[int, int]:
    """Where the head of a canonical mail ends, at its first blank line, and where what follows begins."""
    head, end = 0, HEAD + 4
    for blank in _BLANK if data.find(b"\r", 0, end) >= 0 else (b"\n\n",):
        if (at := data.find(blank, 0, end)) >= 0:
            head = end = at + 1
    if not head:
        return len(data), len(data)
    near = data[head : head + _NEAR]
    behind = near.lstrip(b"\r\n")
    return head, (head + len(near) - len(behind) if behind else len(data) - len(data[head:].lstrip(b"\r\n")))


def _unfolded(head: bytes) -> list[bytes]:
    """The headers of a head, one item each, continuation lines joined to theirs."""
    fields: list[bytearray] = []
    for line in head.splitlines():
        if fields and line[:1] in (b" ", b"\t"):
            fields[-1] += line
        else:
            fields.append(bytearray(line))
    return [bytes(field) for field in fields]


def _lines(data: bytes) -> int:
    """The parser takes a lone CR for a line end, too."""
    return data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")


def _addresses(fields: list[bytes]) -> int:
    """An estimate: names may hold commas and even ``@``, so the smaller count is taken."""
    named = (f for f in fields if f[:10].lower().startswith(_ADDRESSED))
    return sum(min(f.count(b",") + 1, f.count(b"@")) for f in named)


def _require(holds: bool, sentence: str) -> None:  # noqa: FBT001 - reads as an assertion
    if not holds:
        raise UnreadableError(sentence)
