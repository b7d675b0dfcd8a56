"""Address headers to mailboxes, in linear time and without an exception.

The standard library's parser takes seconds for some 16 KB headers and reads ``a@b.c.`` as nothing, so the pieces are
cut by one pattern here. A mailbox is what stands in ``<>``, else a bare address; anything doubtful (two ``@``, spaces)
is none. Left out: local parts that need quotes, source routes, names of groups.
"""

from collections.abc import Callable

import re2

from pipeline.inbox.mime import guarded
from pipeline.types.message import Address

_PIECE = re2.compile(
    r"=\?[^?\s]+\?[bqBQ]\?[^?\s]*\?="  # an encoded word, whatever it holds
    r'|"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)|<[^<>]*>|[,;:]|[^\s"(<,;:]+'
)
_LOCAL = re2.compile(r"^[!#-'*+\-./0-9=?A-Z^-~]+$")
_DOMAIN = re2.compile(r"^[a-z0-9_](?:[a-z0-9._-]*[a-z0-9])?$")
_LONGEST = 254  # characters of an address
_LONGEST_NAME = 120


def parse(value: str, decode: Callable[[str], str]) -> tuple[Address, ...]:
    """The mailboxes of one unfolded header value; ``decode`` turns a raw piece of it into clean text."""
    found: list[Address] = []
    words: list[str] = []
    angle: str | None = None

    def flush() -> None:
        nonlocal angle
        bare = angle is None
        name = "" if bare else decode(" ".join(words))[:_LONGEST_NAME].strip()
        candidates = [w if w.isascii() else decode(w) for w in (words if bare else [angle or ""])]
        found.extend(Address(address=address, name=name) for text in candidates if (address := mailbox(text)))
        words.clear()
        angle = None

    for piece in _PIECE.findall(value):
        if piece in ",;" or (piece[0] == "<" and angle is not None):
            flush()
        if piece == ":":
            words.clear()  # the name of a group
        elif piece[0] == "<":
            angle = piece[1:-1]
        elif piece[0] == '"':
            words.append(piece[1:-1].replace("\\", ""))
        elif piece[0] != "(" and piece not in ",;":
            words.append(piece)
    flush()
    return tuple(dict.fromkeys(found))


def mailbox(text: str) -> str:
    """The address in lower case, its domain in ASCII form; empty if ``text`` is not one plain address."""
    local, at, domain = text.strip().rpartition(":")[2].rpartition("@")
    local, domain = local.strip("'\"[").lower(), _ascii(domain.strip(" .]'").lower())
    plain = at and len(text) <= _LONGEST and _LOCAL.match(local) and _DOMAIN.match(domain)
    return f"{local}@{domain}" if plain else ""


def _ascii(domain: str) -> str:
    if domain.isascii() or len(domain) > _LONGEST:
        return domain
    return guarded(lambda: domain.encode("idna").decode("ascii"), "")
