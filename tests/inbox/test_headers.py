import hashlib
import time
from datetime import UTC, datetime

import pytest

from pipeline.errors import UnreadableError
from pipeline.inbox.headers import Header, decoded, ids, read_header
from pipeline.types.message import Address, Skip
from tests.inbox.letters import mail, raw


def read(*lines: bytes, body: bytes = b"hi") -> Header:
    return read_header(raw(b"\r\n".join((*lines, b"", body))))


def test_a_plain_head_is_read_whole() -> None:
    found = read(
        b'From: "Lee, Ann" <Ann@Client.Example>',
        b"To: us@studio.example",
        b"Cc: bob@client.example, eve@client.example",
        b"Reply-To: office@client.example",
        b"Subject: Re: The logo",
        b"Date: Mon, 4 May 2026 11:00:00 +0200",
        b"Message-ID: <3@client.example>",
        b"References: <1@client.example>\r\n <2@studio.example>",
        b"In-Reply-To: <2@studio.example>",
    )
    assert found == Header(
        seq=0,
        origin="inbox.mbox#1",
        message_id="<3@client.example>",
        references=("<1@client.example>", "<2@studio.example>"),
        sender=Address(address="ann@client.example", name="Lee, Ann"),
        senders=1,
        reply_to=Address(address="office@client.example"),
        to=(Address(address="us@studio.example"),),
        cc=(Address(address="bob@client.example"), Address(address="eve@client.example")),
        subject="Re: The logo",
        sent=datetime(2026, 5, 4, 9, tzinfo=UTC),
        body_hash=hashlib.sha256(b"hi").hexdigest(),
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe?= aus Berlin", "Grüße aus Berlin"),
        ("=?iso-8859-1?Q?caf=E9?= =?utf-8?B?IOKCrA==?=", "café €"),
        ("=?utf-8?B?4pi?= =?utf-8?B?gw==?=", "☃"),
        ("=?no-such?q?plain?=", "plain"),
        ("a\r\n\tb", "a b"),
        ("half =?utf-8?q?open", "half =?utf-8?q?open"),
        ("zero\u200bwidth \U000e0041tags", "zerowidth tags"),
    ],
)
def test_a_value_becomes_one_clean_line(value: str, text: str) -> None:
    assert decoded(value) == text


@pytest.mark.parametrize(
    "subject",
    [
        b"=?utf-8?q?Hi=0D=0ABcc:_x@evil.example?=",
        b"=?utf-8?b?SGkNCkJjYzogeEBldmlsLmV4YW1wbGU=?=",
        b"Hi\r\n Bcc: x@evil.example",
        b"=?utf-8?q?Hi=E2=80=A8Bcc:_x@evil.example?=",
        b"=?utf-8?q?Hi=C2=85Bcc:_x@evil.example?=",
        b"=?utf-8?q?Hi=0BBcc:_x@evil.example?=",
    ],
)
def test_a_subject_brings_no_line_of_its_own(subject: bytes) -> None:
    found = read(b"From: a@x.example", b"Subject: " + subject)
    assert found.subject.replace("HiBcc", "Hi Bcc") == "Hi Bcc: x@evil.example"
    assert found.subject.isprintable()
    assert found.cc == ()


def test_a_name_brings_no_line_and_no_address_of_its_own() -> None:
    found = read(b"From: =?utf-8?q?Ann=0D=0ABcc:_x@evil.example=3Cboss=40studio.example=3E?= <ann@client.example>")
    assert found.sender == Address(address="ann@client.example", name="Ann Bcc: x@evil.example<boss@studio.example>")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("<a@b>\t", ("<a@b>",)),
        ("<a@b><c@d> junk <e@f", ("<a@b>", "<c@d>")),
        ("<a b@c>", ()),
        ("<a@b\r\nBcc: x@evil.example>", ()),
        ("<=?utf-8?q?a?=@b>", ()),
        ("<ä@b>", ()),
        ("[x]", ()),
        ("<" + "a" * 300 + "@b>", ()),
    ],
)
def test_only_what_has_the_form_of_an_id_is_one(value: str, found: tuple[str, ...]) -> None:
    assert ids(value) == found


def test_a_missing_or_broken_id_is_made_up_and_stays_the_same() -> None:
    first, again, other = read(b"From: a@x.example"), read(b"From: a@x.example"), read(b"From: b@x.example")
    assert first.message_id == again.message_id != other.message_id
    assert first.message_id.endswith("@id.invalid>")
    assert read(b"From: a@x.example", b"Message-ID: <[x]>").message_id.endswith("@id.invalid>")


@pytest.mark.parametrize(
    "line",
    [b'To: "', b"Message-ID: <[x]>", b"To: (c):", b"Content-Type: text/plain; name*", b"From: a@b.c.", b"Date: x",
     b"Date: Mon, 99 May 99999 99:99:99 +9999", b"Date: " + b"1" * 9_000, b"Subject: \xff\xfe", b"To: " + b"(" * 300,
     b"References: <", b"Subject: =?", b"From: \xe9 <\xe9@\xe9>", b"Reply-To: ,", b"\xff: x", b": x", b" x"],
)  # fmt: skip
def test_a_header_that_breaks_the_library_breaks_nothing(line: bytes) -> None:
    assert read(b"X-First: 1", line).seq == 0


def test_a_date_without_a_zone_is_utc_and_a_wrong_one_is_none() -> None:
    assert read(b"Date: Mon, 4 May 2026 11:00:00 -0000").sent == datetime(2026, 5, 4, 11, tzinfo=UTC)
    assert read(b"Date: yesterday").sent is None


def test_several_senders_are_counted() -> None:
    found = read(b"From: a@x.example", b"From: b@y.example")
    assert found.sender == Address(address="a@x.example")
    assert found.senders == 2


def test_foreign_bytes_in_a_name_cost_the_name_only() -> None:
    found = read(b"From: \xd0\xae\xf1 <ann@client.example>")
    assert found.sender is not None
    assert found.sender.address == "ann@client.example"


def test_signs_of_lists_and_machines_are_kept() -> None:
    assert read(b"From: a@x.example", b"List-Id: <news.x.example>").bulk
    assert read(b"From: no-reply@x.example").machine is Skip.MACHINE
    assert read(b"From: a@x.example", b"X-Auto-Response-Suppress: All").machine is None


@pytest.mark.parametrize(
    "line",
    [b"Subject: " + b"=?utf-8?q?a?= " * 1_100, b"Subject: " + b"a " * 8_000, b"To: " + b"(" * 300 + b")" * 300,
     b'To: "' + b'\\"' * 8_000, b"References: " + b"<a@" * 5_000, b"To: " + b"," * 16_000],
)  # fmt: skip
def test_a_costly_header_ends_soon(line: bytes) -> None:
    start = time.process_time()
    read(line)
    assert time.process_time() - start < 3


def test_a_mail_over_a_limit_has_no_header() -> None:
    with pytest.raises(UnreadableError, match="longer than 16 KB"):
        read_header(raw(mail(extra=b"Subject: " + b"a" * 80_000 + b"\r\n")))
    with pytest.raises(UnreadableError, match="longer than 16 KB"):
        read_header(raw(mail(extra=b"Subject: " + b"=?utf-8?q?a?= " * 10_000 + b"\r\n")))
