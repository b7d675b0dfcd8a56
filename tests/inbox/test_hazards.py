"""The hazards of real mail, each read as a whole: what arrives, and what the message says of it."""

import pytest

from pipeline.errors import UnreadableError
from pipeline.inbox.headers import read_head
from pipeline.inbox.read import read
from pipeline.inbox.threads import Own, screen
from pipeline.types.message import Message, Skip
from tests.inbox.letters import mail, message, multipart, raw, text

STUDIO = Own(frozenset({"us@studio.example"}), frozenset({"studio.example"}), frozenset({"us@studio.example"}))


def arrived(data: bytes) -> Message:
    """The message as the studio's inbox has it."""
    return read(raw(data), screen([read_head(raw(data))], STUDIO)[0])


def test_soft_line_breaks_are_joined_before_quotes_are_told_apart() -> None:
    flowed = (
        b"Could you do \r\nit for half?\r\n\r\nOn 4 May 2026, Us <us@studio.example> wrote:\r\n"
        b"> Our price \r\n> is 900.\r\n>> How \r\n>> much?\r\n-- \r\nAnn\r\n"
    )
    found = message(mail(flowed, b"Content-Type: text/plain; format=flowed\r\n"))
    assert found.body == "Could you do it for half?"
    assert "> Our price is 900.\n>> How much?" in found.history


def test_a_forwarded_mail_is_history_below_the_clients_own_words() -> None:
    old = b"Content-Type: message/rfc822\r\n\r\nFrom: Us <us@studio.example>\r\nSubject: Offer\r\n\r\nIt is 900."
    found = message(multipart("mixed", text("Can you do this for half?\n\n> 900 each"), old))
    assert found.body == "Can you do this for half?"
    assert found.history == "> 900 each\n\nFrom: Us <us@studio.example>\nSubject: Offer\n\nIt is 900."


def test_a_forward_without_own_words_is_the_body_and_says_so() -> None:
    old = b"Content-Type: message/rfc822\r\n\r\nSubject: Offer\r\n\r\nIt is 900."
    found = message(multipart("mixed", text(" "), old))
    assert found.body == "Subject: Offer\n\nIt is 900."
    assert found.remarks == ("nobody wrote anything above the forwarded mail",)


def test_attachments_alone_are_a_message_that_says_so() -> None:
    pdf = b'Content-Type: application/pdf; name="../Order.pdf"\r\n\r\nxx'
    found = message(multipart("mixed", pdf))
    assert found.body == ""
    assert found.attachments == ("Order.pdf",)
    assert found.remarks == ("attachment not read: Order.pdf", "the mail has no text, only attachments")


@pytest.mark.parametrize(
    "data",
    [
        multipart("encrypted", b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1"),
        mail(b"MII", b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n"),
        mail(b"-----BEGIN PGP MESSAGE-----\r\n\r\nhQEM\r\n-----END PGP MESSAGE-----\r\n"),
    ],
    ids=["PGP/MIME", "S/MIME", "inline"],
)
def test_an_encrypted_mail_is_a_row_that_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^encrypted, not read$"):
        message(data)


def test_a_signed_mail_is_read_for_what_was_signed() -> None:
    signature = b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nMII"
    assert (
        message(multipart("signed", text("Could you do it for half?"), signature)).body == "Could you do it for half?"
    )


def test_an_invitation_gets_no_prose_and_a_mail_with_a_calendar_file_does() -> None:
    invitation = b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR"
    assert message(multipart("alternative", text("You are invited"), invitation)).skip is Skip.MACHINE
    dates = b"Content-Type: text/calendar; name=dates.ics\r\n\r\nBEGIN:VCALENDAR"
    found = message(multipart("mixed", text("Could you come on one of these?"), dates))
    assert (found.skip, found.attachments) == (None, ("dates.ics",))


@pytest.mark.parametrize("sender", [b"us@studio.example.evil.example", b"us@studi0.example", b"us@mystudio.example"])
def test_an_address_that_looks_like_ours_is_not_ours(sender: bytes) -> None:
    assert arrived(mail(sender=sender)).skip is None
    assert arrived(mail(sender=b"ada@studio.example")).skip is Skip.OWN


def test_a_web_form_says_that_it_is_automatic_and_still_asks_for_someone() -> None:
    form = b"This is an automated message from your site.\r\nName: Ann\r\nCould you do it for half?"
    found = arrived(mail(form, b"Reply-To: ann@client.example\r\n", b"web@forms.example"))
    assert (found.skip, found.reply_to and found.reply_to.address) == (None, "ann@client.example")


def test_an_answer_that_nobody_would_read_is_not_written() -> None:
    assert arrived(mail(extra=b"Reply-To: no-reply@client.example\r\n")).skip is Skip.MACHINE


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (b"Automatic reply: The logo", b"I am out of the office until Monday."),
        (b"Abwesenheitsnotiz", b"Ich bin bis Montag nicht im Haus."),
        (b"Reponse automatique : le logo", b"Je suis actuellement en vacances."),
        (b"Respuesta automatica: el logo", b"Estoy de vacaciones hasta el lunes."),
    ],
)
def test_an_absence_without_any_header_for_it_is_a_machines(subject: bytes, words: bytes) -> None:
    assert message(mail(words).replace(b"The logo", subject)).skip is Skip.MACHINE
    assert message(mail(b"Could you do it for half?").replace(b"The logo", subject)).skip is None
