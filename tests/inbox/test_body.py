import time

from pipeline.inbox import body, mime
from tests.inbox.letters import mail, multipart, text

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
    assert letter.text == LONG
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


def test_an_attached_text_or_mail_is_not_read() -> None:
    note = text("secret", extra="Content-Disposition: attachment; filename=note.txt\r\n")
    forwarded = b"Content-Type: message/rfc822\r\n\r\nSubject: old\r\n\r\nAuto-Submitted: auto-replied\r\n"
    letter = gather(multipart("mixed", text("hi"), note, forwarded))
    assert (letter.text, letter.attachments, letter.machine) == ("hi", ["note.txt", "mail old"], False)


def test_many_attachments_are_listed_and_twenty_remarked() -> None:
    letter = gather(multipart("mixed", *[b"Content-Type: image/png; name=%d.png\r\n\r\nx" % n for n in range(30)]))
    assert (len(letter.attachments), len(letter.remarks)) == (30, 20)


def test_a_signed_mail_is_read_for_its_inner_part() -> None:
    signature = b"Content-Type: application/pgp-signature; name=s.asc\r\n\r\nxx"
    letter = gather(multipart("signed", text("hi"), signature))
    assert (letter.text, letter.attachments) == ("hi", [])


def test_an_invitation_is_a_machine_s_and_an_attached_calendar_is_not() -> None:
    invitation = b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR"
    assert gather(multipart("alternative", text("You are invited"), invitation)).machine
    assert not gather(multipart("mixed", text("See the dates"), invitation)).machine


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
    start = time.process_time()
    letter = gather(multipart("alternative", *[page] * 60))
    assert "the HTML is very long: only its beginning was read" in letter.remarks
    assert time.process_time() - start < 3
