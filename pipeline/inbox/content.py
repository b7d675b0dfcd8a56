"""What one part of a mail holds: its text, its name, whether it is encrypted.

Headers of parts are read by the standard library's oldest methods, on plain strings and guarded. Left out: what several
parts make together; ``body`` knows.
"""

import re2

from pipeline.errors import UnreadableError
from pipeline.inbox import charsets, signed
from pipeline.inbox.armour import SEALED
from pipeline.inbox.headers import decoded
from pipeline.inbox.mime import Part, guarded, parse

_META = re2.compile(r"(?i)<meta[^>]{1,200}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})")
_HEAD = 2_048  # characters of a page in which it may name its charset
_METHOD = re2.compile(r"(?im)^METHOD[^:\n]{0,40}:\s*([A-Z-]{1,20})")
_OUTLOOK = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


def text_of(part: Part) -> str:
    """The text of a text part: charset and soft line breaks undone, line ends as LF, no-break spaces as spaces."""
    data = guarded(lambda: part.get_payload(decode=True), b"")
    charset = guarded(part.get_content_charset, None) or _named_inside(part, data)
    text = charsets.decode(data, charset) if isinstance(data, bytes) else ""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    if parameter(part, "format") == "flowed":
        text = unflow(text, delete_space=parameter(part, "delsp") == "yes")
    return text


def _named_inside(part: Part, data: object) -> str | None:
    """The charset that a page names for itself; one that could be read so far is none of the wide ones."""
    if part.get_content_type() != "text/html" or not isinstance(data, bytes):
        return None
    found = _META.search(data[:_HEAD].decode("ascii", "ignore"))
    return found.group(1) if found else None


def method(part: Part) -> str:
    """The method of a calendar part in lower case, such as ``request``; empty for a mere calendar."""
    named = parameter(part, "method")
    found = None if named else _METHOD.search(text_of(part)[:_HEAD])
    return named or (found.group(1).lower() if found else "")


def wrapped_by_outlook(part: Part) -> bool:
    """Whether a part is a ``winmail.dat``, which only Outlook unpacks."""
    return part.get_content_type() in _OUTLOOK or filename(part).lower() == "winmail.dat"


def parameter(part: Part, name: str) -> str:
    """A parameter of the content type, in lower case, or an empty string."""
    return str(guarded(lambda: part.get_param(name, ""), "")).lower()


def unflow(text: str, *, delete_space: bool) -> str:
    """Join the soft line breaks of format=flowed (RFC 3676); lines of other quote depth and ``-- `` stay apart."""
    done: list[list[str]] = []
    soft_depth: int | None = None  # quote depth of the line above, if that one goes on here
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        delimiter = content == "-- "
        if soft_depth != depth or delimiter:
            done.append([f"{'>' * depth} "] if depth else [])
        soft = content.endswith(" ") and not delimiter
        done[-1].append(content[:-1] if soft and delete_space else content)
        soft_depth = depth if soft else None
    return "\n".join("".join(pieces) for pieces in done)


def filename(part: Part) -> str:
    """The name the sender gave a part, as clean text without folders, or an empty string."""
    name = decoded(str(guarded(part.get_filename, None) or ""))
    return name.replace("\\", "/").rstrip("/").rpartition("/")[2].strip()


def title(part: Part) -> str:
    """What to call an attachment before a person."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        return f"mail {decoded(str(part.parts()[0].get('subject', '')))}" if part.parts() else "mail"
    return filename(part) or f"unnamed ({decoded(kind)})"


def refuse_encrypted(part: Part) -> None:
    """Pass over a part that can be read.

    Raises:
        UnreadableError: it is encrypted, or it is a whole mail in an envelope.
    """
    kind = part.get_content_type()
    if kind in {"multipart/encrypted", "application/pgp-encrypted"} or (part.depth == 0 and sealed(part)):
        raise UnreadableError(SEALED)


def unsealed(part: Part) -> Part | None:
    """The mail in an envelope that is only signed.

    Raises:
        UnreadableError: that mail is over a limit.
    """
    envelope = guarded(lambda: part.get_payload(decode=True), b"") if sealed(part) else b""
    found = signed.inner(envelope) if isinstance(envelope, bytes) else None
    return parse(found) if found else None


def sealed(part: Part) -> bool:
    """Whether this is an S/MIME envelope."""
    kind = part.get_content_type()
    return kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"} and "certs" not in parameter(
        part, "smime-type"
    )
