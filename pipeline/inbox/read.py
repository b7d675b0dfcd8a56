"""One raw mail to one ``Message``: newest visible text apart from history and signature, and remarks for the reviewer.

Reading ends in a ``Message`` or an ``UnreadableError``, whatever the bytes. Bytes without any headers are a letter from
nobody known. Left out: the business's view of the mail; ``threads`` gives it as the ``Fate``.
"""

import hashlib
import unicodedata

import re2

from pipeline.errors import UnreadableError
from pipeline.inbox import body, charsets, limits, mime, quotes
from pipeline.inbox import screen as form
from pipeline.inbox.headers import Header, line, read_head, read_header
from pipeline.inbox.source import Raw, looks_like_mail
from pipeline.inbox.threads import Fate, Own, screen
from pipeline.types.message import Address, Message, Skip
from pipeline.values.language import guess
from pipeline.values.text import visible

NOBODY = Address(address="unknown@unknown.invalid")
_NO_OWN = Own()
_ADDRESS = re2.compile(r"[^\s\"'<>(),:;@]+@[^\s\"'<>(),:;@]+\.[^\s\"'<>(),:;@]+")
_HIDDEN = 20  # removed characters that are worth a remark; below, they are soft hyphens and joiners
_STEERING = frozenset(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xE0000, 0xE0080)]))


def read(raw: Raw, fate: Fate) -> Message:
    """The message in ``raw``; ``fate`` is what the whole inbox says of it.

    Raises:
        UnreadableError: over a limit, encrypted, malformed, or without a sender's address.
    """
    header = read_header(raw)
    if header.sender is None:
        raise UnreadableError("the mail has no readable sender address")
    tree = mime.parse(limits.canonical(raw.data))
    letter = body.gather(tree)
    parts = _split(letter)
    skip = Skip.MACHINE if letter.machine else _by_form(header, parts, passed=form.listed(tree.keys()))
    return Message(
        key=_key(raw.data),
        origin=raw.origin,
        message_id=header.message_id,
        references=header.references,
        thread=fate.thread,
        sender=header.sender,
        reply_to=header.reply_to,
        to=header.to,
        cc=header.cc,
        subject=header.subject,
        sent=header.sent,
        body=parts.body,
        history=parts.history,
        signature=parts.signature,
        language=guess(parts.body),
        attachments=tuple(letter.attachments),
        remarks=(*_sender_remarks(header), *letter.remarks),
        skip=fate.skip or skip,
    )


def from_bytes(data: bytes, origin: str, own: Own = _NO_OWN) -> Message:
    """One mail at hand; without header lines at its start, all of it is the text of a letter from ``NOBODY``.

    Raises:
        UnreadableError: as ``read``, or no text at all.
    """
    if looks_like_mail(data):
        raw = Raw(0, origin, data)
        return read(raw, screen([read_head(raw)], own)[0])
    limits.check(b"\n\n" + data)
    letter = body.Letter([charsets.decode(data).replace("\r\n", "\n")])
    parts = _split(letter)
    key = _key(data)
    id_ = f"<{key[:32]}@id.invalid>"
    return Message(
        key=key,
        origin=origin,
        message_id=id_,
        thread=id_,
        sender=NOBODY,
        subject="",
        body=parts.body,
        history=parts.history,
        signature=parts.signature,
        language=guess(parts.body),
        remarks=("plain text: nobody to answer to is named", *letter.remarks),
    )


def _key(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _split(letter: body.Letter) -> quotes.Parts:
    """The letter in three, forwarded mails behind its own history. Without own words they are the body."""
    text = _visible(letter, letter.text)
    forwarded = _visible(letter, "\n\n".join(letter.forwarded)[: body.LONGEST])
    if text.strip():
        parts = quotes.split(text)
        return parts._replace(history="\n\n".join(filter(None, (parts.history, forwarded))))
    if forwarded:
        letter.remark("nobody wrote anything above the forwarded mail")
    else:
        letter.remark("the mail has no text" + (", only attachments" if letter.attachments else ""))
    return quotes.Parts(forwarded)


def _visible(letter: body.Letter, text: str) -> str:
    seen = visible(text)
    if len(text) - len(seen) >= _HIDDEN or not _STEERING.isdisjoint(text):
        letter.remark("hidden characters in the text were removed")
    return seen


def _by_form(header: Header, parts: quotes.Parts, *, passed: bool) -> Skip | None:
    """What the form of the text settles; ``passed``: a list's headers were seen before, so the list is one of ours."""
    if header.sender is None:
        return None
    answers_elsewhere = header.reply_to is not None and header.reply_to.address != header.sender.address
    if not answers_elsewhere and form.automatic(header.subject, parts.body):
        return Skip.MACHINE  # a web form writes in its own name, too, but says whom to answer
    if passed or header.references:
        return None
    return Skip.LIST if form.mailing(header.sender, header.subject, f"{parts.body}\n{parts.signature}") else None


def _sender_remarks(header: Header) -> list[str]:
    remarks = []
    if header.senders > 1:
        remarks.append("the mail names more than one sender")
    if header.sender and _poses(header.sender):
        remarks.append("the sender's name looks like another address")
    if header.reply_to and header.sender and header.reply_to.domain != header.sender.domain:
        remarks.append(line(f"the reply goes to another domain than the sender's: {header.reply_to.address}"))
    return remarks


def _poses(sender: Address) -> bool:
    """Whether the name, which is all that many programs show, holds an address that is not the sender's."""
    name = unicodedata.normalize("NFKC", sender.name).lower()
    return any(found.strip(".") != sender.address for found in _ADDRESS.findall(name))
