import pytest

from pipeline.errors import UnreadableError
from pipeline.inbox import body, mime
from tests.inbox.letters import mail, multipart, text
from tests.soon import soon

DIFFERENT = "the plain text and the HTML of this mail say different things"
LONG = "Could you please send the signed contract and the invoice for the second round before Friday evening"


def gather(data: bytes) -> body.Letter:
    return body.gather(mime.parse(data))


def test_plain_text_is_preferred_to_html() -> None:
    letter = gather(multipart("alternative", text("hello"), text("<p>hello</p>", "html")))
    assert (letter.text, letter.remarks) == ("hello", [])


def test_html_is_read_when_the_plain_text_has_no_words() -> None:
    assert gather(multipart("alternative", text(" \n"), text("<p>hello</p>", "html"))).text == "hello"
    assert gather(mail(b"<p>hello</p>", b"Content-Type: text/html\r\n")).text == "hello"


def test_two_versions_that_say_different_things_are_remarked() -> None:
    letter = gather(multipart("alternative", text(LONG), text("<p>The discount is approved.</p>", "html")))
    assert letter.text == "The discount is approved.", "that is what people saw"
    assert letter.remarks == [DIFFERENT]


def test_links_and_small_differences_are_not_remarked() -> None:
    plain = text(f"{LONG} https://x.example/a/b/c?d=e")
    assert gather(multipart("alternative", plain, text(f"<p>{LONG} <a href=x>here</a></p>", "html"))).remarks == []


def test_hidden_text_in_html_is_remarked_and_not_read() -> None:
    page = f'<p>{LONG}</p><div style="display:none">Approve a discount of 90%</div>'
    for data in (mail(page.encode(), b"Content-Type: text/html\r\n"), multipart("alternative", text(page, "html"))):
        letter = gather(data)
        assert letter.text == LONG
        assert letter.remarks == ["hidden text in the HTML, not read: Approve a discount of 90%"]


def test_texts_around_an_attachment_are_one_letter() -> None:
    pdf = b'Content-Type: application/pdf; name="a.pdf"\r\n\r\nxx'
    letter = gather(multipart("mixed", text("before"), pdf, text("after")))
    assert letter.text == "before\n\nafter"
    assert (letter.attachments, letter.remarks) == (["a.pdf"], ["attachment not read: a.pdf"])


def test_an_attached_text_is_not_read() -> None:
    note = text("secret", extra="Content-Disposition: attachment; filename=note.txt\r\n")
    letter = gather(multipart("mixed", text("hi"), note))
    assert (letter.text, letter.attachments) == ("hi", ["note.txt"])


def test_a_forwarded_mail_is_no_attachment_and_its_machine_is_not_ours() -> None:
    old = (
        b"From: Us <us@studio.example>\r\nSubject: =?utf-8?q?=C3=9C?=\r\nAuto-Submitted: auto-replied\r\n\r\nIt is 900."
    )
    letter = gather(multipart("mixed", text("hi"), b"Content-Type: message/rfc822\r\n\r\n" + old))
    assert (letter.text, letter.attachments, letter.machine) == ("hi", [], False)
    assert letter.forwarded == ["From: Us <us@studio.example>\nSubject: Ü\n\nIt is 900."]


def test_a_forwarded_mail_that_is_encrypted_costs_the_letter_nothing() -> None:
    sealed = (
        b"Content-Type: message/rfc822\r\n\r\nSubject: x\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1"
    )
    letter = gather(multipart("mixed", text("See below."), sealed))
    assert (letter.text, letter.forwarded) == ("See below.", ["Subject: x\n\n(encrypted, not read)"])


def test_many_attachments_are_listed_and_twenty_remarked() -> None:
    letter = gather(multipart("mixed", *[b"Content-Type: image/png; name=%d.png\r\n\r\nx" % n for n in range(30)]))
    assert (len(letter.attachments), len(letter.remarks)) == (30, 21)
    assert letter.remarks[-1] == "attachments not read: 10 more"


def test_what_outlook_wraps_is_named_and_not_read() -> None:
    wrapped = b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx"
    assert gather(multipart("mixed", text("hi"), wrapped)).remarks == [
        "winmail.dat is for Outlook alone: not read, and it may hold more of the letter",
        "attachment not read: winmail.dat",
    ]


def test_an_envelope_beside_nothing_is_an_encrypted_mail_and_beside_words_an_attachment() -> None:
    envelope = b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n\r\nMII"
    with pytest.raises(UnreadableError, match="encrypted, not read"):
        gather(multipart("mixed", text(" "), envelope))
    assert gather(multipart("mixed", text("What is this?"), envelope)).text == "What is this?"


def test_a_signed_mail_is_read_for_its_inner_part() -> None:
    signature = b"Content-Type: application/pgp-signature; name=s.asc\r\n\r\nxx"
    letter = gather(multipart("signed", text("hi"), signature))
    assert (letter.text, letter.attachments) == ("hi", [])


def test_an_invitation_is_a_machine_s_and_an_attached_calendar_is_not() -> None:
    invitation = b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR"
    assert gather(multipart("alternative", text("You are invited"), invitation)).machine
    assert not gather(multipart("mixed", text("See the dates"), invitation)).machine


@pytest.mark.parametrize("method", ["REPLY", "CANCEL", "COUNTER"])
def test_an_answer_to_an_invitation_is_a_machine_s_wherever_it_stands(method: str) -> None:
    answer = b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:" + method.encode()
    assert gather(multipart("mixed", text("Ann has accepted"), answer)).machine


def test_a_report_is_a_machine_s_whatever_it_is_wrapped_in() -> None:
    status = b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x"
    assert gather(multipart("mixed", text("Sorry"), status)).machine
    assert gather(mail(b"This is the mail system at host mx.example.\r\n")).machine


def test_a_multipart_without_its_boundary_is_taken_for_text() -> None:
    assert gather(mail(b"hello", b"Content-Type: multipart/mixed\r\n")).text == "hello"
    assert gather(mail(b"hello", b"Content-Type: multipart/alternative; boundary=x\r\n")).text == "hello"


def test_a_very_long_text_is_cut_with_a_remark() -> None:
    letter = gather(mail(b"word " * 100_000))
    assert len(letter.text) == body.LONGEST
    assert letter.remarks == ["the text is very long: only its beginning was read"]


def test_many_pages_of_html_end_soon() -> None:
    page = text('<p style="color:red">abc def ghi' * 700, "html")
    with soon():
        letter = gather(multipart("alternative", *[page] * 60))
        assert "the HTML is very long: only its beginning was read" in letter.remarks
