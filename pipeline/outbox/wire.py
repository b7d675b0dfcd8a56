"""Headers and body to the bytes of a message: our wire forms as they are, and the body in one of two plain encodings.

Nothing is left for a library to interpret: Python up to 3.12 decodes an encoded word that is set as a header, line
breaks included, and every version encodes long ids, which breaks threads. The result is reread.
"""

from collections.abc import Iterator, Sequence
from email.quoprimime import body_encode

from pipeline.outbox.headers import Field
from pipeline.outbox.reread import reread

_COLUMNS = 78  # of a header line, and of a body line that is encoded
_LINE_LIMIT = 900  # characters of a body line sent as it is; RFC 5322 allows 998


def write(fields: Sequence[Field], body: str) -> bytes:
    """A plain-text message (UTF-8, CRLF) of ``fields`` in this order and ``body`` with plain line ends.

    Raises:
        CandorError: when it does not read back as meant, with a sentence that names the field.
    """
    lines = body.encode().splitlines()
    bare = body.isascii() and all(len(line) < _LINE_LIMIT for line in lines)
    head = [
        *(line for field in fields for line in _folded(field)),
        'Content-Type: text/plain; charset="utf-8"',
        f"Content-Transfer-Encoding: {'7bit' if bare else 'quoted-printable'}",
        "MIME-Version: 1.0",
    ]
    data = b"\r\n".join([*map(str.encode, head), b"", *(lines if bare else _quoted(lines)), b""])
    reread(data, fields, body)
    return data


def _quoted(lines: list[bytes]) -> list[bytes]:
    """The lines as quoted-printable; the encoder takes a character for each byte."""
    return body_encode(b"\n".join(lines).decode("latin-1"), _COLUMNS).encode().split(b"\n")


def _folded(field: Field) -> Iterator[str]:
    """The header's lines, broken at single spaces only."""
    line = f"{field.name}:"
    for word in field.wire.split(" "):
        if len(line) + 1 + len(word) > _COLUMNS and not line.endswith(":"):
            yield line
            line = ""
        line += f" {word}"
    yield line
