"""The simple codes in which a private string may be told: what any reader of a draft can undo by hand."""

import codecs
from base64 import b64encode
from collections.abc import Callable

_LOOKALIKES = str.maketrans("aeopcxyi", "\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u0456")


def plain(text: str) -> str:
    """As it stands."""
    return text


def capitals(text: str) -> str:
    """In capital letters."""
    return text.upper()


def spaced(text: str) -> str:
    """A space behind each letter."""
    return " ".join(text)


def dotted(text: str) -> str:
    """A hyphen between the letters."""
    return "-".join(text.replace(" ", ""))


def reverse(text: str) -> str:
    """From behind."""
    return text[::-1]


def base64(text: str) -> str:
    """Base64, with its padding."""
    return b64encode(text.encode()).decode()


def hexadecimal(text: str) -> str:
    """Two digits a letter."""
    return text.encode().hex()


def rot13(text: str) -> str:
    """Thirteen letters on."""
    return codecs.encode(text, "rot13")


def full_width(text: str) -> str:
    """The wide forms of the letters."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def lookalikes(text: str) -> str:
    """Cyrillic letters that look the same."""
    return text.translate(_LOOKALIKES)


CODES: dict[str, Callable[[str], str]] = {
    code.__name__: code
    for code in (plain, capitals, spaced, dotted, reverse, base64, hexadecimal, rot13, full_width, lookalikes)
}
