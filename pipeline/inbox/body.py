"""From the tree of parts to one text: which parts are the letter, which are attachments, what a reviewer should know.

Plain text is preferred to HTML of the same words; when the two say different things, the HTML is what people saw. A
signed mail is read for its inner part, an encrypted one not at all, a forwarded one as history. Left out: reading
attachments and Outlook's winmail.dat, verifying signatures, showing pictures.
"""

from dataclasses import dataclass, field

import re2

from pipeline.errors import UnreadableError
from pipeline.inbox import armour, content, html, screen
from pipeline.inbox.headers import decoded
from pipeline.inbox.mime import Part, guarded

LONGEST = 200_000  # characters of text that are read
_NAMED = 20  # attachments that are named
_SHOWN = 80  # characters of hidden text or of a name that a remark shows
_FOREIGN = 8  # words of one version that the other lacks, and ...
_FOREIGN_SHARE = 0.25  # ... their share, from which on the two say different things
_WORD = re2.compile(r"\pL{2,}|\pN+")
_LINK = re2.compile(r"[a-z]+://\S+|\S+@\S+")
_FORWARDS = 20  # forwarded mails that are read
_FORWARDED = 50_000  # characters of them
_ANSWERS = frozenset({"reply", "cancel", "counter", "declinecounter"})  # calendar mail that nobody writes by hand
_REPORTS = frozenset({"message/delivery-status", "message/feedback-report", "message/disposition-notification"})


@dataclass
class Letter:
    """What the parts of one mail give: texts, forwarded mails, attachments, remarks, and whether a machine made it."""

    texts: list[str] = field(default_factory=list)
    forwarded: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    machine: bool = False
    sealed: bool = False
    envelopes: int = 3  # that may still be opened, one in the other or side by side
    room: int = html.LONGEST  # characters of HTML that may still be read

    @property
    def text(self) -> str:
        """All texts of the letter."""
        return "\n\n".join(text.strip("\n") for text in self.texts if text.strip())

    def remark(self, sentence: str) -> None:
        """Tell the reviewer something, once."""
        if sentence not in self.remarks:
            self.remarks.append(sentence)

    def take_notes(self, version: "Letter") -> None:
        """Take over all but the text of one version of the letter."""
        self.attachments += version.attachments
        self.forwarded += version.forwarded
        self.machine = self.machine or version.machine
        self.sealed = self.sealed or version.sealed
        self.room, self.envelopes = version.room, version.envelopes
        for remark in version.remarks:
            self.remark(remark)


def gather(mail: Part) -> Letter:
    """The letter in a mail.

    Raises:
        UnreadableError: it is encrypted.
    """
    letter = Letter()
    _walk(mail, letter)
    letter.machine = letter.machine or screen.reports(letter.text)
    _take_off_armour(letter)
    if len(letter.text) > LONGEST:
        letter.texts = [letter.text[:LONGEST]]
        letter.remark("the text is very long: only its beginning was read")
    for name in letter.attachments[:_NAMED]:
        letter.remark(f"attachment not read: {name}")
    if len(letter.attachments) > _NAMED:
        letter.remark(f"attachments not read: {len(letter.attachments) - _NAMED} more")
    return letter


def _take_off_armour(letter: Letter) -> None:
    text, sealed = armour.opened(letter.text)
    if letter.sealed and not _WORD.search(text):
        raise UnreadableError(armour.SEALED)
    letter.texts = [text]
    if sealed:
        letter.remark("a part of the text is encrypted, not read")


def _walk(part: Part, letter: Letter) -> None:
    """Add what one part gives. The depth of parts is limited, so that this may call itself."""
    if letter.envelopes and (opened := content.unsealed(part)):
        letter.envelopes -= 1
        _walk(opened, letter)
        return
    content.refuse_encrypted(part)
    kind, inside = part.get_content_type(), part.parts()
    if kind == "multipart/alternative" and inside:
        _choose(inside, letter)
    elif kind.startswith("multipart/") and inside:
        for child in inside[:1] if kind == "multipart/signed" else inside:
            _walk(child, letter)
    elif kind in _REPORTS:
        letter.machine = True
    elif kind == "message/rfc822" and inside:
        _forward(inside[0], letter)
    elif _is_text(part, kind):
        text = content.text_of(part)
        letter.texts.append(_seen(text, letter) if kind == "text/html" else text)
    else:
        _attach(part, kind, letter)


def _attach(part: Part, kind: str, letter: Letter) -> None:
    letter.attachments.append(_excerpt(content.title(part)))
    letter.sealed = letter.sealed or content.sealed(part)
    if kind == "text/calendar" and (content.method(part) in _ANSWERS or (part.depth == 0 and content.method(part))):
        letter.machine = True
    if content.wrapped_by_outlook(part):
        letter.remark("winmail.dat is for Outlook alone: not read, and it may hold more of the letter")


def _forward(mail: Part, letter: Letter) -> None:
    """A forwarded mail is no attachment but what was written before: its head and its own words."""
    inner = Letter(room=letter.room, envelopes=letter.envelopes)
    try:
        _walk(mail, inner)
    except UnreadableError as reason:
        inner.texts = [f"({reason})"]
    letter.room, letter.envelopes = inner.room, inner.envelopes
    letter.attachments += inner.attachments
    for remark in inner.remarks:
        letter.remark(remark)
    head = [f"{name}: {decoded(str(mail.get(name)))}" for name in ("From", "Date", "To", "Subject") if mail.get(name)]
    letter.forwarded += ["\n".join(head) + "\n\n" + inner.text[:_FORWARDED], *inner.forwarded]
    del letter.forwarded[_FORWARDS:]


def _choose(versions: list[Part], letter: Letter) -> None:
    """The plain version if it has words and the one that people see, the last, says the same; else that one."""
    worded: list[Letter] = []
    plain: Letter | None = None
    for part in versions:
        if part.get_content_type() == "text/calendar":
            letter.machine = letter.machine or bool(content.method(part))
            continue
        version = Letter(room=letter.room, envelopes=letter.envelopes)
        _walk(part, version)
        letter.take_notes(version)
        if _WORD.search(version.text):
            worded.append(version)
            plain = plain or (version if part.get_content_type() == "text/plain" else None)
    if worded:
        differ = plain is not None and _differ(plain.text, worded[-1].text)
        chosen = worded[-1] if plain is None or differ else plain
        letter.texts += chosen.texts
        if differ:
            letter.remark("the plain text and the HTML of this mail say different things")


def _differ(one: str, other: str) -> bool:
    """Whether one text has many words that the other lacks; links and addresses do not count."""
    first, second = _words(one), _words(other)
    return any(len(a - b) >= max(_FOREIGN, _FOREIGN_SHARE * len(a)) for a, b in ((first, second), (second, first)))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(_LINK.sub(" ", text[:LONGEST].lower())))


def _is_text(part: Part, kind: str) -> bool:
    if kind.startswith("multipart/"):
        return True  # its boundary is missing: the parser took all of it for text
    disposition = guarded(part.get_content_disposition, None)
    named_inside = disposition == "inline" and part.depth > 1 and content.filename(part)
    return kind in {"text/plain", "text/html"} and disposition != "attachment" and not named_inside


def _seen(source: str, letter: Letter) -> str:
    """The visible text of one HTML part."""
    page = html.to_text(source[: letter.room])
    if _WORD.search(page.hidden):
        letter.remark(f"hidden text in the HTML, not read: {_excerpt(page.hidden)}")
    if len(source) > letter.room:
        letter.remark("the HTML is very long: only its beginning was read")
    letter.room = max(0, letter.room - len(source))
    return page.text


def _excerpt(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
