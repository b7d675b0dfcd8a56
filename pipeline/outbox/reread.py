"""The last look at a written draft: its raw bytes and its parsed form against what was meant.

Two readings that share nothing: the header lines as bytes, counted by name, and the standard library's own parse.
One header too many, a changed id, subject or body: the draft is refused.
"""

from collections.abc import Sequence
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from functools import lru_cache

from pipeline.errors import CandorError
from pipeline.outbox.headers import Field

_CONTENT = ("Content-Type", "Content-Transfer-Encoding", "MIME-Version")
_PARSER_FAULTS = (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError)
# The library parses a header each time it is looked at; here the first time alone.
_POLICY = default.clone(header_factory=lru_cache(maxsize=256)(default.header_factory))


def reread(data: bytes, fields: Sequence[Field], body: str) -> None:
    """Return if ``data`` is a plain-text message of exactly these ``fields`` and this ``body`` (plain line ends).

    Raises:
        CandorError: with a sentence that names the field.
    """
    head, _, _ = data.partition(b"\r\n\r\n")
    written = _headers(head)
    _same_names([name for name, _ in written], [*(field.name for field in fields), *_CONTENT])
    for field in fields:
        _agree(field.name, dict(written)[field.name], field.wire)
    try:
        _same_meaning(message_from_bytes(data, policy=_POLICY), fields, body)
    except _PARSER_FAULTS:
        raise CandorError("the draft could not be read back after writing: its headers") from None


def _headers(head: bytes) -> list[tuple[str, str]]:
    """Name and unfolded value of each header, by nothing but CRLF, colon and leading space."""
    bare = head.replace(b"\r\n", b"")
    if b"\n" in bare or b"\r" in bare or not head.isascii():
        raise CandorError("the draft could not be written: a header holds a bare line end or a raw byte")
    lines = head.replace(b"\r\n ", b" ").decode("ascii").split("\r\n")
    return [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]


def _same_names(written: list[str], meant: list[str]) -> None:
    if sorted(written) != sorted(meant):
        odd = sorted(set(written) ^ set(meant)) or sorted(written)
        raise CandorError(f"the draft could not be written: its headers are not the expected ones ({odd[0][:40]})")


def _same_meaning(mail: EmailMessage, fields: Sequence[Field], body: str) -> None:
    for field in fields:
        if isinstance(field.reads, str):
            _agree(field.name, str(mail[field.name]), field.reads)
        else:
            name, spec = field.reads
            _agree(field.name, [box.addr_spec for box in mail[field.name].addresses], [spec])
            _agree(field.name, _display_name(field.wire), name)
    _agree("Content-Type", mail["Content-Type"].content_type, "text/plain")
    _agree("body", mail.get_content().replace("\r\n", "\n"), body)


def _display_name(wire: str) -> str:
    """The name as mail programs read it; the standard library's newer parser adds spaces between encoded words."""
    return str(make_header(decode_header(parseaddr(wire)[0])))


def _agree(field: str, written: object, meant: object) -> None:
    if written != meant:
        raise CandorError(f"the draft could not be written: its {field} reads back differently")
