import pytest

from pipeline.errors import CandorError
from pipeline.outbox.headers import Field
from pipeline.outbox.reread import reread

FIELDS = (
    Field("To", "Jonas <jonas@linden.example>", ("Jonas", "jonas@linden.example")),
    Field("Subject", "Re: x", "Re: x"),
)
GOOD = (
    b"To: Jonas <jonas@linden.example>\r\nSubject: Re: x\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: 7bit\r\nMIME-Version: 1.0\r\n\r\nNo.\r\n"
)


def test_what_was_meant_passes() -> None:
    reread(GOOD, FIELDS, "No.\n")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (GOOD.replace(b"Subject:", b"Bcc: x@evil.example\r\nSubject:"), "Bcc"),
        (GOOD.replace(b"Subject: Re: x\r\n", b""), "Subject"),
        (GOOD.replace(b"Subject: Re: x\r\n", b"Subject: Re: x\r\n" * 2), "headers"),
        (GOOD.replace(b"Re: x", b"Re: y"), "Subject"),
        (GOOD.replace(b"Jonas <jonas@", b"Jonas <x@evil.example>, <jonas@"), "To"),
        (GOOD.replace(b"Re: x", b"Re: x\nBcc: x@evil.example"), "bare line end"),
        (GOOD.replace(b"Re: x", b"Re: \xff"), "raw byte"),
        (GOOD.replace(b"text/plain", b"text/html"), "Content-Type"),
        (GOOD.replace(b"No.", b"Yes."), "body"),
    ],
)
def test_whatever_differs_is_refused_and_named(data: bytes, field: str) -> None:
    with pytest.raises(CandorError, match=field):
        reread(data, FIELDS, "No.\n")
