"""What one part of a mail holds: its text, its name, whether it is encrypted.

Headers of parts are read by the standard library's oldest methods, on plain strings and guarded. Left out: what several
parts make together; ``body`` knows.
"""

from pipeline.errors import UnreadableError
from pipeline.inbox import charsets
from pipeline.inbox.headers import decoded
from pipeline.inbox.mime import Part, guarded

_CLEARSIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_ENCRYPTED = "encrypted, not read"


def text_of(part: Part) -> str:
    """The text of a text part: charset and soft line breaks undone, line ends as LF, no-break spaces as spaces."""
    data = guarded(lambda: part.get_payload(decode=True), b"")
    charset = guarded(part.get_content_charset, None)
    text = charsets.decode(data, charset) if isinstance(data, bytes) else ""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    if parameter(part, "format") == "flowed":
        text = unflow(text, delete_space=parameter(part, "delsp") == "yes")
    return text


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
    """The name the sender gave a part, as clean text, or an empty string."""
    return decoded(str(guarded(part.get_filename, None) or ""))


def title(part: Part) -> str:
    """What to call an attachment before a person."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        return f"mail {decoded(str(part.parts()[0].get('subject', '')))}" if part.parts() else "mail"
    return filename(part) or f"unnamed ({decoded(kind)})"


def refuse_encrypted(part: Part) -> None:
    """Pass over a part that can be read.

    Raises:
        UnreadableError: it is encrypted, or signed in a form that hides its text.
    """
    kind = part.get_content_type()
    if kind in {"multipart/encrypted", "application/pgp-encrypted"}:
        raise UnreadableError(_ENCRYPTED)
    if kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"} and part.depth == 0:
        signed = "signed" in parameter(part, "smime-type")
        raise UnreadableError("signed in a form that hides the text, not read" if signed else _ENCRYPTED)


def unarmoured(text: str) -> str:
    """The text inside an inline PGP signature; other text as it is.

    Raises:
        UnreadableError: the text is encrypted inline.
    """
    opening = text.lstrip()
    if opening.startswith("-----BEGIN PGP MESSAGE-----"):
        raise UnreadableError(_ENCRYPTED)
    if not opening.startswith(_CLEARSIGNED):
        return text
    signed = opening.partition("\n\n")[2].partition("\n-----BEGIN PGP SIGNATURE-----")[0]
    return "\n".join(line.removeprefix("- ") for line in signed.split("\n"))
