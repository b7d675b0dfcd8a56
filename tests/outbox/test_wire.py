"""The bytes of a draft to the letter: an export made anew must not rewrite files that nothing changed in."""

import pytest

from pipeline.errors import CandorError
from pipeline.outbox.headers import Field, text_field
from pipeline.outbox.wire import write

LONG = [f"<{'x' * 40}.{n}@linden.example>" for n in range(2)]
FIELDS = (Field("To", "jonas@linden.example", ("", "jonas@linden.example")), text_field("References", " ".join(LONG)))
HEAD = (
    f'To: jonas@linden.example\r\nReferences: {LONG[0]}\r\n {LONG[1]}\r\nContent-Type: text/plain; charset="utf-8"\r\n'
)


def sent(encoding: str, body: str) -> bytes:
    return f"{HEAD}Content-Transfer-Encoding: {encoding}\r\nMIME-Version: 1.0\r\n\r\n{body}".encode()


def test_plain_lines_go_as_they_are_and_headers_fold_at_a_space() -> None:
    assert write(FIELDS, "No.\n\n> Ask = 2 \n") == sent("7bit", "No.\r\n\r\n> Ask = 2 \r\n")


def test_other_letters_and_very_long_lines_are_quoted() -> None:
    assert write(FIELDS, "Größe = 2 \n\nNo.\n") == sent("quoted-printable", "Gr=C3=B6=C3=9Fe =3D 2=20\r\n\r\nNo.\r\n")
    many = "x" * 950
    lines = [many[at : at + 77] for at in range(0, len(many), 77)]
    assert write(FIELDS, f"{many}\n") == sent("quoted-printable", "=\r\n".join(lines) + "\r\n")


@pytest.mark.parametrize("body", ["No end of a line", "A lone\rreturn\n"])
def test_a_body_that_would_read_back_otherwise_is_refused(body: str) -> None:
    with pytest.raises(CandorError, match="body"):
        write(FIELDS, body)
