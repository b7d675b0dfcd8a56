import contextlib
import hashlib
from calendar import timegm
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UnreadableError
from pipeline.inbox.headers import Head, Header, decoded, ids, read_head, read_header
from pipeline.inbox.source import Raw, Shelf
from pipeline.types.message import Address, Skip
from tests.inbox.letters import mail, raw
from tests.soon import soon


def read(*lines: bytes, body: bytes = b"hi") -> Header:
    return read_header(raw(b"\r\n".join((*lines, b"", body))))


def head(*lines: bytes, body: bytes = b"hi") -> Head:
    return read_head(raw(b"\r\n".join((*lines, b"", body))))


PLAIN = (
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


def test_a_plain_header_is_read_whole() -> None:
    assert read(*PLAIN) == Header(
        message_id="<3@client.example>",
        references=("<1@client.example>", "<2@studio.example>"),
        sender=Address(address="ann@client.example", name="Lee, Ann"),
        senders=1,
        reply_to=Address(address="office@client.example"),
        to=(Address(address="us@studio.example"),),
        cc=(Address(address="bob@client.example"), Address(address="eve@client.example")),
        subject="Re: The logo",
        sent=datetime(2026, 5, 4, 9, tzinfo=UTC),
    )


def test_the_pass_keeps_what_threads_need() -> None:
    assert head(*PLAIN) == Head(
        seq=0,
        message_id="<3@client.example>",
        body_hash=hashlib.sha256(b"hi").hexdigest(),
        references=("<1@client.example>", "<2@studio.example>"),
        sender="ann@client.example",
        reply_to="office@client.example",
        recipients=("us@studio.example", "bob@client.example", "eve@client.example"),
        sent=int(datetime(2026, 5, 4, 9, tzinfo=UTC).timestamp()),
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
    assert read(b"X-First: 1", line).senders in {0, 1}
    assert head(b"X-First: 1", line).seq == 0


@pytest.mark.parametrize(
    ("lines", "own", "references"),
    [
        ((b"Message-ID: =?utf-8?q?=3Clong=40client=2Eexample=3E?=",), "<long@client.example>", ()),
        ((b"Message-ID: <a@b>\t", b"References: \t<c@d>\t\r\n\t<e@f>\t"), "<a@b>", ("<c@d>", "<e@f>")),
        ((b"Message-ID: <a@b>", b"Message-ID: <c@d>"), "<a@b>", ()),
        ((b"Message-ID: <a@b>", b"References: <c@d> <e@", b"In-Reply-To: <f@g>"), "<a@b>", ("<c@d>", "<f@g>")),
        ((b"Message-ID: <a@b>", b"References: <a@b> <c@d>"), "<a@b>", ("<c@d>",)),
        ((b"Message-ID: <a@b>", b"In-Reply-To: Your mail of Monday, Ann <ann@x.example>"), "<a@b>", ()),
        ((b"Message-ID: <a@b>", b'In-Reply-To: Your message of "4 May" <ann@x.example> <c@d>'), "<a@b>", ("<c@d>",)),
        ((b"Message-ID: <A@B>", b"References: <C@D>"), "<A@B>", ("<C@D>",)),
    ],
    ids=["encoded", "tabs", "two ids", "cut short", "itself", "a person", "a person and an id", "capitals"],
)
def test_ids_of_many_programs(lines: tuple[bytes, ...], own: str, references: tuple[str, ...]) -> None:
    found = head(b"From: us@studio.example", b"To: Ann <ann@x.example>", *lines)
    assert (found.message_id, found.references) == (own, references)


@pytest.mark.parametrize(
    ("lines", "shelf"),
    [
        ((b"X-Gmail-Labels: =?UTF-8?Q?Gesendet,Wichtig?=",), Shelf.SENT),
        ((b"X-Gmail-Labels: Inbox,Opened",), None),
        ((b"X-Gmail-Labels: Spam", b"Received: from a"), Shelf.SPAM),
        ((b"Received: from a", b"X-Gmail-Labels: Sent"), None),
        ((b"X-GM-THRID: 18", b"X-Gmail-Labels: Trash", b"Delivered-To: us@studio.example"), Shelf.TRASH),
        ((b"X-Account-Key: account1", b"X-UIDL: 7", b"X-Mozilla-Status: 0009", b"X-Mozilla-Status2: 0"), Shelf.TRASH),
        ((b"ARC-Seal: i=1", b"X-Gmail-Labels: Trash", b"Received: from a"), None),
        ((b"Subject: Hi", b"X-Gmail-Labels: Trash"), None),
        ((b"Date: Mon, 4 May 2026 11:00:00 +0200", b"X-Mozilla-Status: 0009"), None),
        ((b"Return-Path: <a@x.example>", b"X-Mozilla-Status: 0008"), None),
        ((b"X-Mozilla-Status: 0009", b"Received: from a"), Shelf.TRASH),
        ((b"X-Mozilla-Status: 0001",), None),
        ((b"X-Mozilla-Status: many",), None),
    ],
)
def test_a_shelf_is_believed_only_above_what_came_with_the_mail(lines: tuple[bytes, ...], shelf: Shelf | None) -> None:
    assert head(*lines, b"From: a@x.example").shelf is shelf


@pytest.mark.parametrize(
    ("date", "received", "sent"),
    [
        (
            "Thu, 1 Jan 1970 00:00:00 +0000",
            "Mon, 4 May 2026 11:00:00 +0200 (CEST)",
            datetime(2026, 5, 4, 9, tzinfo=UTC),
        ),
        ("Tue, 4 May 2049 11:00:00 +0200", "Mon, 4 May 2026 11:00:00 +0200", datetime(2026, 5, 4, 9, tzinfo=UTC)),
        ("Mon, 4 May 2026 08:00:00 +0000", "Mon, 4 May 2026 11:00:00 +0000", datetime(2026, 5, 4, 8, tzinfo=UTC)),
        ("yesterday", "Mon, 4 May 2026 11:00:00 +0200", datetime(2026, 5, 4, 9, tzinfo=UTC)),
        ("Thu, 1 Jan 1970 00:00:00 +0000", "the day before", datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_clock_that_is_days_off_is_set_by_the_server_that_took_the_mail_in(
    date: str, received: str, sent: datetime
) -> None:
    lines = (
        f"Received: from a (b; c)\r\n by mx.studio.example; {received}".encode(),
        b"Received: from c; Fri, 1 May 2020 11:00:00 +0200",
        b"From: a@x.example",
        f"Date: {date}".encode(),
    )
    assert read(*lines).sent == sent
    assert head(*lines).sent == int(sent.timestamp())


def test_a_name_in_brackets_is_kept_if_the_mail_goes_there() -> None:
    on_list = b"To: typefans@lists.example"
    assert head(b"From: a@x.example", on_list, b"Subject: Re: [typefans] Serifs").tag == "typefans"
    assert head(b"From: a@x.example", on_list, b"Subject: [serifs] Serifs").tag == ""


def test_all_who_wrote_are_kept() -> None:
    found = head(b"From: us@studio.example, Ann <ann@client.example>")
    assert (found.sender, found.others) == ("us@studio.example", ("ann@client.example",))


def test_what_the_source_says_of_the_shelf_goes_first() -> None:
    data = b"X-Gmail-Labels: Sent\r\nFrom: a@x.example\r\n\r\nhi"
    assert read_head(Raw(0, "Trash#1", data, Shelf.TRASH)).shelf is Shelf.TRASH


def test_gmail_s_thread_is_a_number_above_what_came_with_the_mail() -> None:
    assert head(b"X-GM-THRID: 1844", b"Received: from a").gmail_thread == "1844"
    assert head(b"X-GM-THRID: 18 44").gmail_thread == ""
    assert head(b"Received: from a", b"X-GM-THRID: 1844").gmail_thread == ""


def as_the_library(value: str) -> int | None:
    try:
        found = timegm(parsedate_to_datetime(value).utctimetuple())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found < timegm((9999, 1, 1, 0, 0, 0)) else None


@given(
    st.tuples(
        st.sampled_from(["Mon, ", "Mon,", "Mon ", "", " Tue,  "]),
        st.sampled_from(["4", "04", "31", "0", "99"]),
        st.sampled_from([" May ", " Feb ", " may ", " Mai ", "-May-"]),
        st.sampled_from(["2026", "0026", "26", "1970", "9999", "126"]),
        st.sampled_from([" 11:00:00", " 11:00", " 1:02:03", " 23:59:60", " 24:00:00", " 11.00.00", " 110000"]),
        st.sampled_from(
            [" +0200", " -0000", " -0530", " +9999", " +2360", " GMT", " EST", " +020", " +02:00", "", " x"]
        ),
    ).map("".join)
)
def test_the_short_way_reads_the_same_date(value: str) -> None:
    assert head(b"From: a@x.example", b"Date: " + value.encode()).sent == as_the_library(value)


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
    assert head(b"From: a@x.example", b"List-Id: <news.x.example>").bulk
    assert head(b"From: no-reply@x.example").machine is Skip.MACHINE
    assert head(b"From: a@x.example", b"X-Auto-Response-Suppress: All").machine is None
    assert head(b"From: a@x.example", b"X-Unsent: 1").unsent


@pytest.mark.parametrize(
    "line",
    [b"Subject: " + b"=?utf-8?q?a?= " * 1_100, b"Subject: " + b"a " * 8_000, b"To: " + b"(" * 300 + b")" * 300,
     b'To: "' + b'\\"' * 8_000, b"References: " + b"<a@" * 5_000, b"To: " + b"," * 16_000],
)  # fmt: skip
def test_a_costly_header_ends_soon(line: bytes) -> None:
    with soon():
        read(line)
    with soon():
        head(line)


def test_a_mail_over_a_limit_has_no_header() -> None:
    with pytest.raises(UnreadableError, match="longer than 16 KB"):
        read_head(raw(mail(extra=b"Subject: " + b"a" * 40_000 + b"\r\n")))
    with pytest.raises(UnreadableError, match="more than 64 KB"):
        read_header(raw(mail(extra=b"Subject: " + b"a" * 80_000 + b"\r\n")))


def test_a_mail_without_bytes_says_why() -> None:
    for reader in (read_head, read_header):
        with pytest.raises(UnreadableError, match="row 3 is cut short"):
            reader(Raw(0, "tickets.csv#3", b"", problem="row 3 is cut short"))


@pytest.mark.parametrize(
    "data",
    [
        mail(extra=b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\r\n"),
        mail(extra=b"To: " + b"(" * 8_000 + b")" * 8_000 + b"\r\n"),
        mail(b"--x\r\n\r\n" * 100_000, b"Content-Type: multipart/mixed; boundary=x\r\n"),
        mail(extra=b"X-Note: a\r\n" + b" \r\n" * 20_000),
        mail(extra=b"Cc: " + b'"a, ' * 4_000 + b"\r\n"),
        mail(extra=b"References: " + b"<" * 16_000 + b"\r\n"),
        mail(extra=b"a:\r\n" * 16_000),
    ],
    ids=["encoded words", "comments", "parts", "continuations", "quotes", "brackets", "headers"],
)
def test_the_pass_takes_no_time_over_a_bomb(data: bytes) -> None:
    with soon(), contextlib.suppress(UnreadableError):
        read_head(raw(data))


def test_a_date_at_the_end_of_the_calendar_is_no_date() -> None:
    for date in ("Fri, 31 Dec 9999 23:59:59 -0100", "31 Dec 9999 23:59:59 -0100 (odd)"):
        raw = Raw(0, "x", f"From: a@client.example\nDate: {date}\n\nHi".encode())
        assert read_header(raw).sent is None


def test_a_thousand_ids_to_answer_cost_little() -> None:
    flood = "<aa@a>" * 2_500
    raw = Raw(0, "x", f"From: a@client.example{'(x)' * 5_000}\nIn-Reply-To: {flood}\n\nHi".encode())
    assert read_header(raw).references == ("<aa@a>",)
