"""The mail inside an S/MIME envelope that is signed and not encrypted (CMS SignedData, RFC 5652).

The signed bytes lie in the clear, a few tags deep; only the way to them is read. Lengths may be open, as programs that
write in a stream leave them. Left out: everything else of the format, and verifying.
"""

from typing import NamedTuple

from pipeline.inbox.mime import guarded

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_SEQUENCE, _SET, _OID, _NUMBER, _OCTETS, _CHUNKS, _INSIDE = 0x30, 0x31, 0x06, 0x02, 0x04, 0x24, 0xA0
_LONG, _LENGTHS = 0x80, 4  # a length of more than one byte, and how many bytes we follow
_END = b"\x00\x00"
_DEEPEST = 20
_MOST = 50_000  # items in an item


class _Item(NamedTuple):
    """A tag, where its content begins, and the content's length; None is open, up to an end mark."""

    tag: int
    start: int
    length: int | None


def inner(envelope: bytes) -> bytes | None:
    """The bytes that were signed, or None if ``envelope`` is encrypted, detached or nothing of the kind."""
    return guarded(lambda: _signed(envelope), None)


def _signed(data: bytes) -> bytes:
    at = _into(data, 0, _SEQUENCE)
    oid = _item(data, at, _OID)
    if data[oid.start : oid.start + (oid.length or 0)] != _SIGNED_DATA:
        raise ValueError("not signed data")
    at = _into(data, _past(data, at), _INSIDE)
    at = _into(data, at, _SEQUENCE)
    for tag in (_NUMBER, _SET):
        _item(data, at, tag)
        at = _past(data, at)
    at = _into(data, at, _SEQUENCE)
    _item(data, at, _OID)
    return _octets(data, _into(data, _past(data, at), _INSIDE))


def _octets(data: bytes, at: int) -> bytes:
    """A string of bytes, in one piece or in chunks."""
    whole = _item(data, at)
    if whole.tag == _OCTETS and whole.length is not None:
        return data[whole.start : whole.start + whole.length]
    if whole.tag != _CHUNKS:
        raise ValueError("no content")
    end = len(data) if whole.length is None else whole.start + whole.length
    at = whole.start
    pieces: list[bytes] = []
    while at < end and data[at : at + 2] != _END and len(pieces) < _MOST:
        chunk = _item(data, at, _OCTETS)
        at = _past(data, at)
        pieces.append(data[chunk.start : at])
    return b"".join(pieces)


def _item(data: bytes, at: int, tag: int | None = None) -> _Item:
    """What begins at ``at``; it must be ``tag``, if one is given."""
    found, first = data[at], data[at + 1]
    if tag not in {None, found}:
        raise ValueError("another tag")
    if first < _LONG:
        return _Item(found, at + 2, first)
    count = first - _LONG
    if count > _LENGTHS:
        raise ValueError("too long")
    length = int.from_bytes(data[at + 2 : at + 2 + count], "big") if count else None
    return _Item(found, at + 2 + count, length)


def _into(data: bytes, at: int, tag: int) -> int:
    return _item(data, at, tag).start


def _past(data: bytes, at: int, depth: int = 0) -> int:
    """Where what begins at ``at`` is over."""
    item = _item(data, at)
    if item.length is not None:
        return item.start + item.length
    if depth > _DEEPEST:
        raise ValueError("too deep")
    at = item.start
    for _ in range(_MOST):
        if data[at : at + 2] == _END:
            return at + 2
        at = _past(data, at, depth + 1)
    raise ValueError("too many")
