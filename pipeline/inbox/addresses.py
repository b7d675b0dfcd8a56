"""Address headers to mailboxes, in linear time and without an exception.

The standard library's parser takes seconds for some 16 KB headers and reads ``a@b.c.`` as nothing, so the pieces are
cut by one pattern here. A mailbox is what stands in ``<>``, else a bare address; anything doubtful (two ``@``, spaces)
is none. Left out: local parts that need quotes, source routes, names of groups.
"""

from collections.abc import Callable
from functools import lru_cache

import re2

from pipeline.inbox.mime import guarded
from pipeline.types.message import Address

_PIECE = re2.compile(
    r"=\?[^?\s]+\?[bqBQ]\?[^?\s]*\?="  # an encoded word, whatever it holds
    r'|"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)|<[^<>]*>|[,;:]|[^\s"(<,;:]+'
)
_INTRICATE = frozenset('"(),:;<>\\')
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_LOCAL = _PLAIN | frozenset("!#$%&'*+-./=?^_`{|}~")
_DOMAIN = _PLAIN | frozenset("._-")
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


def found(value: str, decode: Callable[[str], str]) -> tuple[str, ...]:
    """The addresses that ``parse`` finds, each once, without names; far sooner for the plain values that most are."""
    count = value.count("@")
    if count == 1 and len(value) <= _LONGEST and value.isascii() and (one := _simple(value)) is not None:
        return (one,) if one else ()  # nearly all
    pieces = value.split(",") if count > 1 and '"' not in value and "=?" not in value else [value]
    plain = value.isascii() and max(map(len, pieces)) <= _LONGEST
    simple = [_simple(piece) for piece in pieces] if plain else [None]
    if None in simple:
        return tuple(dict.fromkeys(one.address for one in parse(value, decode)))
    return tuple(dict.fromkeys(address for address in simple if address))


@lru_cache(maxsize=1024)
def _simple(piece: str) -> str | None:
    """The address in ``Name <address>`` or a bare one, empty if it is none; None for what needs ``parse``."""
    text = piece.strip()
    if text[-1:] == ">":
        name, _, text = text[:-1].partition("<")
        if ">" in name or "@" in name or "<" in text or ">" in text:
            return None
        return mailbox(text)
    bare = text.count("@") == 1 and text.split() == [text] and "=?" not in text and _INTRICATE.isdisjoint(text)
    return mailbox(text) if bare else None


def mailbox(text: str) -> str:
    """The address in lower case, its domain in ASCII form; empty if ``text`` is not one plain address."""
    local, _, domain = text.strip().rpartition(":")[2].rpartition("@")
    local, domain = local.strip("'\"[").lower(), _ascii(domain.strip(" .]'").lower())
    if not (local and domain) or len(text) > _LONGEST or not (_LOCAL.issuperset(local) and _DOMAIN.issuperset(domain)):
        return ""
    ends = domain[0] not in ".-" and (domain[-1] in _PLAIN or len(domain) == 1)
    return f"{local}@{domain}" if ends else ""


def _ascii(domain: str) -> str:
    if domain.isascii() or len(domain) > _LONGEST:
        return domain
    return guarded(lambda: domain.encode("idna").decode("ascii"), "")
