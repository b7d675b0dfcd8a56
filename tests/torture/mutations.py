"""Hostile mail made from real mail: each mutation takes bytes and a source of chance, and gives bytes."""

import random
import re
from collections.abc import Callable

Mutation = Callable[[bytes, random.Random], bytes]

_CHARSETS = (
    "utf-8",
    "utf-16",
    "utf-7",
    "iso-8859-1",
    "gb2312",
    "big5",
    "ks_c_5601-1987",
    "iso-2022-jp",
    "koi8-r",
    "x-unknown",
    "punycode",
    "rot13",
    "\x00",
    "x" * 300,
)
_ENCODINGS = ("base64", "quoted-printable", "x-uuencode", "7bit", "binary", "martian", "")
_KINDS = (
    "text/plain",
    "text/html",
    "multipart/mixed",
    "multipart/alternative",
    "multipart/signed",
    "multipart/report",
    "multipart/digest",
    "message/rfc822",
    "message/delivery-status",
    "text/calendar; method=REPLY",
    "application/ms-tnef",
    "application/pkcs7-mime",
    "multipart/encrypted",
    "image/png; name*0*=x''%ff",
    "text/plain; format=flowed; delsp=yes",
    "message/external-body",
)
_ODD = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r",
    b"\r\r\n",
    b"\n\n",
    b"=?utf-8?B?",
    b"=?=?=?",
    b"<!--",
    b"<",
    b"\xf0\x9f",
    b"\x1b$B",
    b"-----BEGIN PGP MESSAGE-----\n",
    b"begin 644 x\n",
    b"\nFrom x Mon Jan  1 00:00:00 2026\n",
    b"> ",
    b"On 1 May, x wrote:\n",
    b"\xe2\x80\xae",
    b"\xf3\xa0\x81\x81",
    b"(" * 60,
    b'"' * 9,
    b"@" * 9,
)


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Some bytes replaced by any others."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 100))):
        if out:
            out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def cut(data: bytes, chance: random.Random) -> bytes:
    """An end, a beginning or a middle taken out."""
    a, b = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
    return chance.choice((data[:a], data[b:], data[:a] + data[b:]))


def repeated_header(data: bytes, chance: random.Random) -> bytes:
    """A header line that stands twice, or many times, or elsewhere."""
    rows = data.split(b"\n")
    line = rows[chance.randrange(min(len(rows), 40))]
    at = chance.randrange(min(len(rows), 60) + 1)
    return b"\n".join([*rows[:at], *[line] * chance.choice((1, 2, 50)), *rows[at:]])


def other_boundaries(data: bytes, chance: random.Random) -> bytes:
    """Boundary lines doubled, closed early, dropped, or named otherwise in the head."""
    marks = re.findall(rb"(?m)^--[^\r\n]{1,70}", data)
    if not marks:
        return data.replace(b"\n\n", b"\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n", 1)
    mark = chance.choice(marks)
    new = chance.choice((mark + b"--", mark + b"\n\n" + mark, b"", mark[:-1], mark + b" ", b"--", mark * 2))
    return data.replace(mark, new, chance.choice((1, 2, -1)))


def other_charset(data: bytes, chance: random.Random) -> bytes:
    """Another charset or transfer encoding than the text is in."""
    charset, encoding = chance.choice(_CHARSETS).encode(), chance.choice(_ENCODINGS).encode()
    data = re.sub(rb'(?i)charset="?[\w-]+"?', lambda _: b"charset=" + charset, data)
    return re.sub(rb"(?i)(transfer-encoding:) ?[\w-]+", lambda m: m.group(1) + b" " + encoding, data)


def other_kind(data: bytes, chance: random.Random) -> bytes:
    """Another type for one of the parts, or for all."""
    kind = chance.choice(_KINDS).encode()
    return re.sub(
        rb"(?i)(content-type:) ?[\w/.+-]+", lambda m: m.group(1) + b" " + kind, data, count=chance.choice((0, 1, 2))
    )


def nested(data: bytes, chance: random.Random) -> bytes:
    """The mail inside mails inside mails."""
    for level in range(chance.choice((1, 2, 5, 30, 60))):
        if chance.random() < 0.5:
            data = b"From: a@b.example\nContent-Type: message/rfc822\n\n" + data
        else:
            edge = b"edge%d" % level
            head = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=" + edge
            data = head + b"\n\n--" + edge + b"\n" + data + b"\n--" + edge + b"--\n"
    return data


def long_line(data: bytes, chance: random.Random) -> bytes:
    """One line that does not end, in the head or below."""
    at = chance.randrange(len(data) + 1)
    return (
        data[:at]
        + chance.choice((b"a", b"<b>", b" ", b"=?", b"@,", b"\t", b"> ", b"&zwnj;")) * chance.choice((300, 5_000))
        + data[at:]
    )


def sprinkled(data: bytes, chance: random.Random) -> bytes:
    """Odd bytes put in here and there."""
    for _ in range(chance.choice((1, 5, 30))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(_ODD) + data[at:]
    return data


def tree(_: bytes, chance: random.Random, depth: int = 0) -> bytes:
    """A mail of parts that nobody would write."""
    kind = chance.choice(_KINDS)
    head = f"From: a@b.example\nContent-Type: {kind}; boundary=b{depth}; charset={chance.choice(_CHARSETS)}\n"
    head += f"Content-Transfer-Encoding: {chance.choice(_ENCODINGS)}\n\n"
    text = "".join(
        chance.choice(("Hi\n", "> hi\n", "<p>hi", "-- \n", "Best,\nAnn\n", "=C3=BC", "w7w=\n", "\u00fc\u202e"))
        for _ in range(chance.randrange(6))
    ).encode()
    if depth > 4 or not kind.startswith(("multipart", "message")):
        return head.encode() + text
    edge = b"\n--b%d" % depth
    parts = b"".join(edge + b"\n" + tree(b"", chance, depth + 1) for _ in range(chance.randrange(4)))
    return (
        head.encode()
        + text
        + (parts + edge + b"--\n" if kind.startswith("multipart") else tree(b"", chance, depth + 1))
    )


MUTATIONS: tuple[Mutation, ...] = (
    flipped, cut, repeated_header, other_boundaries, other_charset, other_kind, nested, long_line, sprinkled, tree,
)  # fmt: skip


def mutated(seeds: list[bytes], number: int, seed: int) -> tuple[bytes, tuple[str, ...]]:
    """Input ``number`` of a run, the same whenever it is asked for, and the names of what was done to it."""
    chance = random.Random(f"{seed}:{number}")
    data = chance.choice(seeds)
    done = []
    if chance.random() < 0.1:
        other = chance.choice(seeds)
        data = data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]
        done.append("spliced")
    for mutation in chance.choices(MUTATIONS, k=chance.choice((1, 1, 2, 3, 4))):
        data = mutation(data, chance)
        done.append(mutation.__name__)
    return data[:400_000], tuple(done)
