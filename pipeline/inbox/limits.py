"""Hard limits on one mail, checked on its bytes before any parser sees them.

A mail over a limit is a row with a plain sentence, never a lost one. Size, lines and the head are checked here, in one
pass over the bytes; the number and depth of parts are held by ``mime`` while the parser runs, because only the parser
knows which line is a boundary. Left out: limits on time and memory, which are the caller's.
"""

from pipeline.errors import UnreadableError

MESSAGE = 25 * 1024 * 1024  # bytes
LINES = 500_000  # base64 of a full-size attachment has about 345,000
HEAD = 256 * 1024  # bytes, all headers of the mail and of its parts
HEADER = 16 * 1024  # bytes, one header
PARTS = 1_000
DEPTH = 50
ADDRESSES = 100

_BLANK = (b"\n\n", b"\n\r\n", b"\r\r")
_ADDRESSED = (b"from:", b"to:", b"cc:", b"reply-to:", b"sender:")
_BOM = b"\xef\xbb\xbf"


def check(data: bytes) -> None:
    """Pass over ``data`` once.

    Raises:
        UnreadableError: naming the limit that is passed, or that the mail is empty.
    """
    _require(bool(data) and not data.isspace(), "the mail is empty")
    _require(len(data) <= MESSAGE, "the mail is larger than 25 MB")
    # The parser takes a lone CR for a line end, too.
    _require(
        data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n") <= LINES, "the mail has more than 500,000 lines"
    )
    head, _ = split(data)
    _require(len(head) <= HEAD, "the mail has more than 256 KB of headers")
    fields = unfolded(head)
    _require(all(len(field) <= HEADER for field in fields), "a header of the mail is longer than 16 KB")
    _require(_addresses(fields) <= ADDRESSES, "the mail names more than 100 addresses")


def canonical(data: bytes) -> bytes:
    """The mail without the byte order mark and blank lines that some programs put before it."""
    return data.removeprefix(_BOM).lstrip(b"\r\n")


def split(data: bytes) -> tuple[bytes, bytes]:
    """The head and the rest of a mail, cut at its first blank line."""
    data = canonical(data)
    window = data[: HEAD + 4]
    cut = min((at for blank in _BLANK if (at := window.find(blank)) >= 0), default=-1)
    return (data, b"") if cut < 0 else (data[: cut + 1], data[cut + 1 :].lstrip(b"\r\n"))


def unfolded(head: bytes) -> list[bytes]:
    """The headers of a head, one item each, continuation lines joined to theirs."""
    fields: list[bytearray] = []
    for line in head.splitlines():
        if fields and line[:1] in (b" ", b"\t"):
            fields[-1] += line
        else:
            fields.append(bytearray(line))
    return [bytes(field) for field in fields]


def _addresses(fields: list[bytes]) -> int:
    """An estimate: names may hold commas and even ``@``, so the smaller count is taken."""
    named = (f for f in fields if f[:10].lower().startswith(_ADDRESSED))
    return sum(min(f.count(b",") + 1, f.count(b"@")) for f in named)


def _require(holds: bool, sentence: str) -> None:  # noqa: FBT001 - reads as an assertion
    if not holds:
        raise UnreadableError(sentence)
