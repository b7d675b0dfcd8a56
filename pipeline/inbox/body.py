"""From the tree of parts to one text: which parts are the letter, which are attachments, what a reviewer should know.

Plain text is preferred; HTML is read when there is no plain text, and compared with it otherwise. A signed mail is read
for its inner part, an encrypted one not at all. Left out: reading attachments, verifying signatures, showing pictures.
"""

from dataclasses import dataclass, field

import re2

from pipeline.inbox import content, html, screen
from pipeline.inbox.mime import Part, guarded

LONGEST = 200_000  # characters of text that are read
_NAMED = 20  # attachments that are named
_SHOWN = 80  # characters of hidden text or of a name that a remark shows
_OPENING = 600  # characters in which a report says what it is
_FOREIGN = 8  # words of one version that the other lacks, and ...
_FOREIGN_SHARE = 0.25  # ... their share, from which on the two say different things
_WORD = re2.compile(r"\pL{2,}|\pN+")
_LINK = re2.compile(r"[a-z]+://\S+|\S+@\S+")
_REPORTS = frozenset({"message/delivery-status", "message/feedback-report", "message/disposition-notification"})


@dataclass
class Letter:
    """What the parts of one mail give: texts, names of attachments, remarks, and whether a machine made it."""

    texts: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    machine: bool = False
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
        self.machine = self.machine or version.machine
        self.room = version.room
        for remark in version.remarks:
            self.remark(remark)


def gather(mail: Part) -> Letter:
    """The letter in a mail.

    Raises:
        UnreadableError: it is encrypted, or signed in a form that hides its text.
    """
    letter = Letter()
    _walk(mail, letter)
    text = content.unarmoured(letter.text)
    letter.texts = [text[:LONGEST]]
    if len(text) > LONGEST:
        letter.remark("the text is very long: only its beginning was read")
    letter.machine = letter.machine or screen.reports(text[:_OPENING])
    for name in letter.attachments[:_NAMED]:
        letter.remark(f"attachment not read: {name}")
    return letter


def _walk(part: Part, letter: Letter) -> None:
    """Add what one part gives. The depth of parts is limited, so that this may call itself."""
    content.refuse_encrypted(part)
    kind, inside = part.get_content_type(), part.parts()
    if kind == "multipart/alternative" and inside:
        _choose(inside, letter)
    elif kind.startswith("multipart/") and inside:
        for child in inside[:1] if kind == "multipart/signed" else inside:
            _walk(child, letter)
    elif kind in _REPORTS:
        letter.machine = True
    elif _is_text(part, kind):
        text = content.text_of(part)
        letter.texts.append(_seen(text, letter) if kind == "text/html" else text)
    else:
        letter.attachments.append(_excerpt(content.title(part)))


def _choose(versions: list[Part], letter: Letter) -> None:
    """The plain version if it has words, else the richest one; what people see, the last, is compared with it."""
    worded: list[Letter] = []
    plain: Letter | None = None
    for part in versions:
        if part.get_content_type() == "text/calendar":
            letter.machine = letter.machine or bool(content.parameter(part, "method"))
            continue
        version = Letter(room=letter.room)
        _walk(part, version)
        letter.take_notes(version)
        if _WORD.search(version.text):
            worded.append(version)
            plain = plain or (version if part.get_content_type() == "text/plain" else None)
    if worded:
        chosen = plain or worded[-1]
        letter.texts += chosen.texts
        if _differ(chosen.text, worded[-1].text):
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
