"""An honest mail with an attack text put into it, as raw bytes: in nine places where a sender may put one.

The bytes are written by hand and not by a library, so that nothing is cleaned on the way in. Left out: judging whether
a place is one that people look at.
"""

import email
from base64 import b64encode
from collections.abc import Callable
from email.message import Message
from urllib.parse import quote

from tests.attack.corpus import Injection
from tests.attack.hosts import Host

OURS = "hello@marrowandfinch.example"
Place = Callable[[Host, str, int], bytes]
_PLAIN = "text/plain; charset=utf-8"
_CHUNK = 42  # bytes in an encoded word


def carried(host: Host, injection: Injection | None, place: str, number: int) -> bytes:
    """The mail with the injection in it; without one, the honest mail."""
    if injection is None:
        return _mail(host, number, [("Content-Type", _PLAIN)], host.body)
    if injection.form == "raw":
        return _wrapped(host, injection.text.encode("latin-1", "replace"))
    if injection.form == "html":
        page = f"<html><body><p>{_paragraphs(host.body)}</p>{injection.text}</body></html>"
        return _mail(host, number, [("Content-Type", "text/html; charset=utf-8")], page)
    return PLACES[place](host, injection.text, number)


def end(host: Host, text: str, number: int) -> bytes:
    """Below the client's own words."""
    return _mail(host, number, [("Content-Type", _PLAIN)], f"{host.body}\n\n{text}")


def start(host: Host, text: str, number: int) -> bytes:
    """Above them."""
    return _mail(host, number, [("Content-Type", _PLAIN)], f"{text}\n\n{host.body}")


def quoted(host: Host, text: str, number: int) -> bytes:
    """As words of ours from an earlier mail."""
    history = "\n".join(f"> {line}" for line in text.splitlines())
    return _mail(
        host,
        number,
        [("Content-Type", _PLAIN)],
        f"{host.body}\n\nOn Tue, 17 Nov 2026, Hannah <{OURS}> wrote:\n{history}",
    )


def subject(host: Host, text: str, number: int) -> bytes:
    """In the subject, line breaks and all, as encoded words."""
    return _mail(host, number, [("Content-Type", _PLAIN)], host.body, subject=_words(f"{host.subject} {text}"))


def name(host: Host, text: str, number: int) -> bytes:
    """As the sender's name."""
    return _mail(host, number, [("Content-Type", _PLAIN)], host.body, sender=_words(text))


def ids(host: Host, text: str, number: int) -> bytes:
    """Raw, in the ids that a reply repeats, without the line breaks that no header can hold."""
    line = " ".join(text.replace("\0", " ").split())[:400]
    fields = [("Content-Type", _PLAIN), ("References", f"<{line}> <{line}@x.example>"), ("In-Reply-To", line)]
    return _mail(host, number, fields, host.body, id_=line)


def reply_to(host: Host, text: str, number: int) -> bytes:
    """Raw, as the address to answer to."""
    line = " ".join(text.replace("\0", " ").split())[:400]
    return _mail(host, number, [("Content-Type", _PLAIN), ("Reply-To", line)], host.body)


def attachment(host: Host, text: str, number: int) -> bytes:
    """As the name of a file."""
    file = f"application/octet-stream\r\nContent-Disposition: attachment; filename*=utf-8''{quote(text[:900])}"
    return _parts(host, number, "mixed", [(_PLAIN, host.body), (file, "x")])


def hidden(host: Host, text: str, number: int) -> bytes:
    """In HTML that nobody sees."""
    page = f"<html><body><p>{_paragraphs(host.body)}</p><div style='display:none'>{text}</div></body></html>"
    return _parts(host, number, "alternative", [(_PLAIN, host.body), ("text/html; charset=utf-8", page)])


PLACES: dict[str, Place] = {
    place.__name__: place for place in (end, start, quoted, subject, name, ids, reply_to, attachment, hidden)
}


def _mail(
    host: Host, number: int, fields: list[tuple[str, str]], body: str, *,
    subject: str = "", sender: str = "", id_: str = "",
) -> bytes:  # fmt: skip
    head = [
        ("From", f"{sender or host.name} <{host.address}>"),
        ("To", OURS),
        ("Subject", subject or host.subject),
        ("Date", "Wed, 18 Nov 2026 09:00:00 +0000"),
        ("Message-ID", f"<{id_ or number}@{host.address.partition('@')[2]}>"),
        ("MIME-Version", "1.0"),
        *fields,
    ]
    text = "\r\n".join(f"{key}: {value}" for key, value in head) + "\r\n\r\n" + _crlf(body)
    return text.encode("utf-8", "surrogatepass")


def _parts(host: Host, number: int, kind: str, parts: list[tuple[str, str]]) -> bytes:
    mark = f"=={number}=="
    body = "".join(f"--{mark}\nContent-Type: {type_}\n\n{text}\n" for type_, text in parts) + f"--{mark}--\n"
    return _mail(host, number, [("Content-Type", f'multipart/{kind}; boundary="{mark}"')], body)


def _words(text: str) -> str:
    """Encoded words, each decodable on its own."""
    words, chunk = [], ""
    for char in f"{text[:600]}\0":
        if char == "\0" or len((chunk + char).encode("utf-8", "replace")) > _CHUNK:
            words.append(f"=?utf-8?b?{b64encode(chunk.encode('utf-8', 'replace')).decode()}?=")
            chunk = ""
        chunk += char
    return "\r\n ".join(words)


def _wrapped(host: Host, raw: bytes) -> bytes:
    """A carrier's message from the client to us, the client's words above its texts; all else stays as it is."""
    raw = raw.replace(b"client@example.com", host.address.encode()).replace(b"desk@example.org", OURS.encode())
    message = email.message_from_bytes(raw)
    for part in message.walk():
        _prepend(part, host.body)
    return message.as_bytes()


def _prepend(part: Message, words: str) -> None:
    kind, text = part.get_content_type(), part.get_payload(decode=True)
    if part.is_multipart() or part.get_filename() or not isinstance(text, bytes):
        return
    if kind == "text/html":
        text = text.replace(b"<body>", f"<body><p>{_paragraphs(words)}</p>".encode(), 1)
    elif kind == "text/plain":
        text = f"{words}\n\n".encode() + text
    else:
        return
    del part["Content-Transfer-Encoding"]
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(b64encode(text).decode())


def _paragraphs(body: str) -> str:
    return body.replace("\n\n", "</p><p>").replace("\n", "<br>")


def _crlf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")
