import os

from pipeline.inbox.source import looks_like_mail, told
from tests.inbox.letters import mail


def test_a_mail_is_told_from_a_text() -> None:
    assert looks_like_mail(mail())
    assert looks_like_mail(b"\xef\xbb\xbf\nFrom: x\n")
    assert not looks_like_mail(b"Hi Bob,\nplease: call me\n")


def test_a_name_that_is_no_text_can_still_be_told_and_stored() -> None:
    names = [told("in/" + os.fsdecode(name)) for name in (b"a\xfe.eml", b"a\xff.eml")]
    assert names == ["in/a\\udcfe.eml", "in/a\\udcff.eml"]
