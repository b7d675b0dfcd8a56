"""Takes inline PGP off a text: of a signed text the words between the marks stay, of an encrypted one nothing.

Keys and signatures are no words of the letter and go. Marks inside a quote stay as they are. Left out: verifying.
"""

from typing import NamedTuple

from pipeline.errors import UnreadableError

SEALED = "encrypted, not read"
_BEGIN, _END, _CLOSE = "-----BEGIN PGP ", "-----END PGP ", "-----"
_SIGNED, _ENCRYPTED = "SIGNED MESSAGE", "MESSAGE"
_FEWEST = 5  # words beside an encrypted block from which on they are a letter of their own


class Opened(NamedTuple):
    """The words without armour, and whether a part of them was encrypted."""

    text: str
    sealed: bool


def opened(text: str) -> Opened:
    """The text without its armour.

    Raises:
        UnreadableError: next to nothing but an encrypted block.
    """
    if _BEGIN not in text:
        return Opened(text, sealed=False)
    kept: list[str] = []
    block = ""  # the kind of block we are in: its head when signed, else all of it, is dropped
    signed = sealed = False
    for line in text.split("\n"):
        kind = _kind(line, _BEGIN)
        if kind:
            block = kind
            signed = kind == _SIGNED
            sealed = sealed or kind == _ENCRYPTED
        elif not block:
            kept.append(line.removeprefix("- ") if signed else line)
        elif (block == _SIGNED and not line.strip()) or (block != _SIGNED and _kind(line, _END)):
            block = ""
    words = "\n".join(kept).strip("\n")
    if sealed and len(words.split()) < _FEWEST:
        raise UnreadableError(SEALED)
    return Opened(words, sealed)


def _kind(line: str, mark: str) -> str:
    """What a mark opens or closes, or nothing if the line is none."""
    line = line.rstrip()
    return line[len(mark) : -len(_CLOSE)] if line.startswith(mark) and line.endswith(_CLOSE) else ""
