"""From the tree of parts to one text: which parts are the letter, which are attachments, and what a reviewer should know.

Plain text is preferred; HTML is read when there is no plain text, and compared with it otherwise. A signed mail is read
for its inner part, an encrypted one not at all. Left out: reading attachments, verifying signatures, showing pictures.
"""

from dataclasses import dataclass, field

import re2

from pipeline.errors import UnreadableError
from pipeline.inbox import charsets, html, screen
from pipeline.inbox.headers import decoded
from pipeline.inbox.mime import Part, guarded

LONGEST = 500_000  # characters of text that are read
_NAMED = 20  # attachments that are named
_SHOWN = 80  # characters of hidden text or of a name that a remark shows
_OPENING = 600  # characters in which a report says what it is
_WORD = re2.compile(r"\pL{2,}|\pN+")
_LINK = re2.compile(r"[a-z]+://\S+|\S+@\S+")
_CLEARSIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_ENCRYPTED = "encrypted, not read"


@dataclass
class Letter:
    """What the parts of one mail give: the text, names of attachments, remarks, and whether a machine made it."""

    texts: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    machine: bool = False

    @property
    def text(self) -> str:
        """All texts of the letter, line ends as LF."""
        return "\n\n".join(text.strip("\n") for text in self.texts if text.strip())

    def remark(self, sentence: str) -> None:
        """Tell the reviewer something, once."""
        if sentence not in self.remarks:
            self.remarks.append(sentence)


def gather(mail: Part) -> Letter:
    """The letter in a mail.

    Raises:
        UnreadableError: it is encrypted, or signed in a form that hides its text.
    """
    letter = Letter()
    _walk(mail, letter)
    text = letter.text
    if text.lstrip().startswith("-----BEGIN PGP MESSAGE-----"):
        raise UnreadableError(_ENCRYPTED)
    if text.lstrip().startswith(_CLEARSIGNED):
        letter.texts = [_clearsigned(text)]
    if len(text) > LONGEST:
        letter.texts = [text[:LONGEST]]
        letter.remark("the text is very long: only its beginning was read")
    letter.machine = letter.machine or screen.reports(text[:_OPENING])
    for name in letter.attachments[:_NAMED]:
        letter.remark(f"attachment not read: {name}")
    return letter


def _walk(part: Part, letter: Letter) -> None:
    kind = part.get_content_type()
    children = [child for child in part.get_payload() if isinstance(child, Part)] if part.is_multipart() else []
    _refuse_encrypted(part, kind)
    if kind == "multipart/alternative":
        _choose(children, letter)
    elif kind == "multipart/signed":
        _each(children[:1], letter)
    elif children and kind.startswith("multipart/"):
        _each(children, letter)
    elif kind in {"message/delivery-status", "message/feedback-report", "message/disposition-notification"}:
        letter.machine = True
    elif _is_letter(part, kind):
        _read(part, kind, letter)
    else:
        letter.attachments.append(_name(part, kind))


def _each(parts: list[Part], letter: Letter) -> None:
    for part in parts:
        _walk(part, letter)


def _choose(versions: list[Part], letter: Letter) -> None:
    """The plain version if it has words, else the richest; the other readable one is compared with it."""
    read: list[tuple[bool, Letter]] = []
    for version in versions:
        if version.get_content_type() == "text/calendar":
            letter.machine = letter.machine or bool(guarded(lambda v=version: v.get_param("method"), None))
            continue
        one = Letter()
        _walk(version, one)
        letter.attachments += one.attachments
        letter.machine = letter.machine or one.machine
        for remark in one.remarks:
            letter.remark(remark)
        if _WORD.search(one.text):
            read.append((version.get_content_type() == "text/plain", one))
    if not read:
        return
    chosen = next((one for is_plain, one in read if is_plain), read[-1][1])
    letter.texts += chosen.texts
    if any(_differ(chosen.text, one.text) for _, one in read):
        letter.remark("the plain text and the HTML of this mail say different things")


def _differ(one: str, other: str) -> bool:
    """Whether one text has many words that the other lacks; links and addresses do not count."""
    first, second = _words(one), _words(other)
    return any(len(a - b) >= 8 and len(a - b) >= 0.25 * len(a) for a, b in ((first, second), (second, first)))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(_LINK.sub(" ", text[:LONGEST].lower())))


def _is_letter(part: Part, kind: str) -> bool:
    if kind.startswith("multipart/"):
        return True  # its boundary is missing: the parser took all of it for text
    if kind not in {"text/plain", "text/html", "text/enriched", "text/richtext"}:
        return False
    disposition = guarded(part.get_content_disposition, None)
    return disposition != "attachment" and not (disposition == "inline" and _filename(part) and part.depth > 1)


def _read(part: Part, kind: str, letter: Letter) -> None:
    text = _decoded(part)
    if kind == "text/html":
        page = html.to_text(text)
        if _WORD.search(page.hidden):
            letter.remark(f"hidden text in the HTML, not read: {_excerpt(page.hidden)}")
        if len(text) > html.LONGEST:
            letter.remark("the HTML is very long: only its beginning was read")
        text = page.text
    elif str(guarded(lambda: part.get_param("format"), "")).lower() == "flowed":
        text = unflow(text, delete_space=str(guarded(lambda: part.get_param("delsp"), "")).lower() == "yes")
    letter.texts.append(text)


def _decoded(part: Part) -> str:
    data = guarded(lambda: part.get_payload(decode=True), b"")
    charset = guarded(part.get_content_charset, None)
    text = charsets.decode(data, charset) if isinstance(data, bytes) else ""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")


def unflow(text: str, *, delete_space: bool) -> str:
    """Join the soft line breaks of format=flowed (RFC 3676); lines of other quote depth and ``-- `` stay apart."""
    done: list[str] = []
    soft_depth: int | None = None  # quote depth of the line above, if that one goes on here
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        signature = content == "-- "
        if soft_depth == depth and not signature:
            done[-1] = (done[-1][:-1] if delete_space else done[-1]) + content
        else:
            done.append(f"{'>' * depth} {content}" if depth else content)
        soft_depth = depth if content.endswith(" ") and not signature else None
    return "\n".join(done)


def _refuse_encrypted(part: Part, kind: str) -> None:
    if kind in {"multipart/encrypted", "application/pgp-encrypted"}:
        raise UnreadableError(_ENCRYPTED)
    if kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"} and part.depth == 0:
        signed = "signed" in str(guarded(lambda: part.get_param("smime-type"), ""))
        raise UnreadableError("signed in a form that hides the text, not read" if signed else _ENCRYPTED)


def _clearsigned(text: str) -> str:
    """The text inside an inline PGP signature, dashes unescaped."""
    _, _, inner = text.partition(_CLEARSIGNED)
    _, _, inner = inner.partition("\n\n")
    inner, _, _ = inner.partition("\n-----BEGIN PGP SIGNATURE-----")
    return "\n".join(line.removeprefix("- ") for line in inner.split("\n"))


def _filename(part: Part) -> str:
    return decoded(str(guarded(part.get_filename, None) or ""))


def _name(part: Part, kind: str) -> str:
    if kind == "message/rfc822":
        inner = next((child for child in part.get_payload() if isinstance(child, Part)), None)
        return _excerpt(f"mail {decoded(str(inner.get('subject', '')) if inner else '')}")
    return _excerpt(_filename(part) or f"unnamed ({decoded(kind)})")


def _excerpt(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
