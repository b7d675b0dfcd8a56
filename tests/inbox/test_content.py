import pytest

from pipeline.errors import UnreadableError
from pipeline.inbox import content, mime
from tests.inbox.letters import mail, multipart


def part(head: str, body: bytes = b"") -> mime.Part:
    return mime.parse(head.encode("utf-8") + b"\r\n\r\n" + body)


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        ("Content-Type: text/plain", b"a\r\nb\rc", "a\nb\nc"),
        ("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable", b"=C3=BC", "ü"),
        ("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64", b"w7w=", "ü"),
        ("Content-Transfer-Encoding: base64", b"w7w=\r\n!!\r\n", "ü"),
        ("Content-Type: text/plain; charset=martian", b"\xc3\xbc", "ü"),
        ('Content-Type: text/plain; charset="iso-8859-1', b"\xfc", "ü"),
        ("Content-Type: text/plain; charset*=x", b"hi", "hi"),
        ("Content-Type: text/plain; format=Flowed; DelSp=YES", b"Don \r\naudampf", "Donaudampf"),
        ("Content-Type: text/plain", b"5\xc2\xa0EUR", "5 EUR"),
        ("Content-Type: text/plain\r\nContent-Transfer-Encoding: martian", b"hi", "hi"),
    ],
)  # fmt: skip
def test_a_text_part_gives_its_text(head: str, body: bytes, text: str) -> None:
    assert content.text_of(part(head, body)) == text


@pytest.mark.parametrize(
    ("flowed", "text"),
    [
        ("one \ntwo\nthree", "one two\nthree"),
        ("> one \n> two\nmine", "> one two\nmine"),
        ("> one \n>> two", "> one \n>> two"),
        (" >not quoted \nmore", ">not quoted more"),
        ("text \n-- \nAnn", "text \n-- \nAnn"),
        ("", ""),
    ],
)
def test_soft_line_breaks_are_joined_within_one_depth(flowed: str, text: str) -> None:
    assert content.unflow(flowed, delete_space=False) == text


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('Content-Type: application/pdf; name="a.pdf"', "a.pdf"),
        ("Content-Disposition: attachment; filename*=utf-8''Angebot%20%C3%BC.pdf", "Angebot ü.pdf"),
        ('Content-Disposition: attachment; filename="=?utf-8?q?=C3=BC.pdf?="', "ü.pdf"),
        ('Content-Disposition: attachment; filename="a\x07\u202eb.pdf"', "ab.pdf"),
        ('Content-Disposition: attachment; filename="../../etc/a.pdf"', "a.pdf"),
        ('Content-Disposition: attachment; filename="C:\\\\Users\\\\Ann\\\\a.pdf"', "a.pdf"),
        ("Content-Type: image/png", "unnamed (image/png)"),
        ("Content-Type: message/rfc822\r\n\r\nSubject: Their offer", "mail Their offer"),
        ("Content-Type: application/pdf; name*", "unnamed (application/pdf)"),
    ],
)
def test_an_attachment_has_a_name_a_person_can_read(head: str, title: str) -> None:
    assert content.title(part(head)) == title


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (multipart("encrypted", b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1"), "encrypted, not read"),
        (mail(b"MII", b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n"), "encrypted, not read"),
        (mail(b"MII", b"Content-Type: application/x-pkcs7-mime; smime-type=signed-data\r\n"), "encrypted, not read"),
    ],
)
def test_an_encrypted_mail_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        content.refuse_encrypted(mime.parse(data))


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        ("Content-Type: text/html", b'<meta charset="koi8-r"><p>\xf0\xd2\xc9\xd7\xc5\xd4', "Привет"),
        ("Content-Type: text/html; charset=cp1251", b'<meta charset="koi8-r"><p>\xcf\xf0\xe8', "При"),
        ("Content-Type: text/html", b'<meta charset="martian"><p>\xc3\xbc', "ü"),
    ],
)
def test_a_page_may_name_its_own_charset_when_the_mail_does_not(head: str, body: bytes, text: str) -> None:
    assert content.text_of(part(head, body)).endswith(text)


@pytest.mark.parametrize(
    ("head", "body", "method"),
    [
        ("Content-Type: text/calendar; method=REQUEST", b"", "request"),
        ("Content-Type: text/calendar", b"BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n", "cancel"),
        ("Content-Type: text/calendar", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", ""),
    ],
)
def test_a_calendar_says_what_it_wants(head: str, body: bytes, method: str) -> None:
    assert content.method(part(head, body)) == method
