"""Exported bytes read anew for the oracle: headers, letter and quoted mail, and the simple codes of a secret.

Written by hand over the raw bytes; of the standard library only the decoding of words and bodies is used.
"""

import binascii
import codecs
import quopri
import re
import unicodedata
from base64 import b64decode, b64encode
from email.header import decode_header, make_header

_LOOKALIKES = str.maketrans("\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u0456", "aeopcxyi")
_SHORTEST = 4
_CODED = re.compile(r"[A-Za-z0-9+/]{8,}={0,2}")


def split(data: bytes) -> tuple[dict[str, list[str]], str]:
    """The header values by name, as they stand unfolded, and the text of the body with plain line ends."""
    head, _, body = data.partition(b"\r\n\r\n")
    fields: dict[str, list[str]] = {}
    for line in re.sub(rb"\r\n[ \t]", b" ", head).split(b"\r\n"):
        name, _, value = line.partition(b":")
        fields.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1").strip())
    if fields.get("Content-Transfer-Encoding") == ["quoted-printable"]:
        body = quopri.decodestring(body)
    return fields, body.decode("utf-8").replace("\r\n", "\n")


def reply_of(body: str) -> tuple[str, str]:
    """The letter above the quoted mail, and what stands between the two beside the one line that says who wrote."""
    lines = body.rstrip("\n").split("\n")
    while lines and lines[-1].startswith(">"):
        lines.pop()
    said = lines.pop() if lines else ""
    while lines and not lines[-1].strip():
        lines.pop()
    odd = "" if said.endswith(":") and re.match(r"(?:On|Am|Le|El|wrote|Op) ?", said) and len(said) < 160 else said
    return "\n".join(lines), odd


def addresses(value: str) -> list[str]:
    """What stands for an address in a header's value, names in encoded words or quotation marks apart."""
    bare = re.sub(r'"[^"]*"|=\?[^ ]*\?=', " ", value)
    return re.findall(r"[^\s<>,;]+@[^\s<>,;]+", bare)


def decoded(value: str) -> str:
    """A header's value as a mail program shows it."""
    return str(make_header(decode_header(value)))


def told(secret: str, text: str) -> str:
    """The code in which ``text`` tells ``secret``; empty when it does not."""
    needle, hay = letters(secret), letters(text)
    if len(needle) < _SHORTEST:
        return ""
    forms = {"plain": needle, "reversed": needle[::-1], "rot13": codecs.encode(needle, "rot13")}
    forms |= {"hex": secret.encode().hex(), "hex in lower case": secret.lower().encode().hex()}
    found = next((name for name, form in forms.items() if form in hay), "")
    return found or _in_base64(needle, secret, text)


def letters(text: str) -> str:
    """Letters and digits alone, wide and look-alike ones made plain, in lower case."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_LOOKALIKES)
    return "".join(c for c in unicodedata.normalize("NFD", plain) if c.isalnum())


def _in_base64(needle: str, secret: str, text: str) -> str:
    if b64encode(secret.encode()).decode().rstrip("=") in text:
        return "base64"
    for match in _CODED.finditer(text):
        try:
            raw = b64decode(match[0] + "=" * (-len(match[0]) % 4), validate=True)
        except binascii.Error:
            continue
        if needle in letters(raw.decode("utf-8", "ignore")):
            return "base64"
    return ""
