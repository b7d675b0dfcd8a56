from pathlib import Path

from pipeline.resources import shipped
from tests.cli.conftest import INBOX, Candor

SENT = shipped("fixtures", "sent", "hannah.mbox")


def test_it_prints_a_section(candor: Candor) -> None:
    call = candor("voice", SENT)
    assert (call.code, call.err) == (0, "")
    assert '    en: "Hi {name},"\n' in call.out
    assert "# fr: too few mails (3; needs 10).\n" in call.out


def test_no_name_and_no_text_comes_out(candor: Candor) -> None:
    out = candor("voice", SENT).out
    assert [word for word in ("Maeve", "Casper", "Jonas", "Frau", "harbour", "Öffnungszeiten") if word in out] == []


def test_it_goes_to_a_file_for_your_eyes(candor: Candor, here: Path) -> None:
    call = candor("voice", SENT, "--out", "voice.yaml")
    assert "voice.yaml is written." in call.out
    assert (here / "voice.yaml").stat().st_mode & 0o777 == 0o600
    assert candor("voice", SENT, "--out", "voice.yaml").code == 2
    assert candor("voice", SENT, "--out", "voice.yaml", "--force").code == 0


def test_too_few_mails_are_told_by_language(candor: Candor) -> None:
    call = candor("voice", INBOX, "--me", "maeve@larkmoorhotel.example")
    assert call.code == 2
    assert "holds too few mails of maeve@larkmoorhotel.example; each language needs 10. en: too few mails (" in call.err


def test_an_address_that_wrote_nothing(candor: Candor) -> None:
    assert "no mail here was sent by x@x.example" in candor("voice", SENT, "--me", "x@x.example").err


def test_no_such_export(candor: Candor) -> None:
    assert "there is no inbox at nowhere" in candor("voice", "nowhere").err
