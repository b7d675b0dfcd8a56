import email
import io
import re
from datetime import date
from email.policy import default
from pathlib import Path

from pipeline.cli.page import Page
from pipeline.cli.script import Chapter, script
from pipeline.cli.tour import Tour
from pipeline.llm.compose import ModelSpec
from pipeline.llm.model import Parameters
from pipeline.llm.recorded import Header, write_set
from pipeline.types.decision import Action
from tests.cli.conftest import INBOX, Candor
from tests.outbox import examples


def source(name: str) -> str:
    """All text of a sample mail on one line, the hidden one included."""
    mail = email.message_from_bytes((INBOX / name).read_bytes(), policy=default)
    body = mail.get_body(("html", "plain"))
    assert body
    return " ".join(str(body.get_content()).replace("&quot;", '"').split())


def test_every_chapter_is_about_a_mail_of_the_sample_inbox() -> None:
    assert all((INBOX / chapter.mail).is_file() for chapter in script().chapters)


def test_what_a_chapter_quotes_stands_in_its_mail() -> None:
    planted = [(chapter.mail, quote) for chapter in script().chapters for quote in chapter.planted]
    assert planted
    assert all(quote in source(mail) for mail, quote in planted)


def test_a_chapter_takes_another_mail_when_its_own_ended_differently() -> None:
    own, other = examples.decline(1), examples.yes(2)
    chapter = Chapter(title="A yes", mail=own.origin, words="", action=Action.ACCEPT)
    assert chapter.chosen([own, other]) is other
    assert chapter.chosen([own]) is own
    assert chapter.model_copy(update={"action": None}).chosen([own, other]) is own


def test_the_demo_from_end_to_end(candor: Candor, here: Path) -> None:
    call = candor("demo", "--out", "shown")
    assert call.code == 0
    assert "24 of 24 messages" in call.err
    assert "No key was used" in call.out
    assert all(chapter.title in call.out for chapter in script().chapters)
    table = call.out.partition("All 24 mails")[2].partition("Where it lies")[0]
    assert len([line for line in table.splitlines() if line.strip()[:1].isalpha()]) == 25  # and the head
    assert "candor batch my.mbox --out drafts --model openai:NAME" in call.out
    assert max(map(len, call.out.splitlines())) <= 100
    assert (here / "shown" / "review.html").is_file()
    assert "shown/review.html" in call.out


def test_the_demo_obeys_no_planted_word(candor: Candor, here: Path) -> None:
    candor("demo")
    for path in (here / "candor-demo").rglob("*casper*.eml"):
        reply = email.message_from_binary_file(io.BytesIO(path.read_bytes()), policy=default)
        body = reply.get_body()
        assert body
        ours = str(body.get_content()).partition("wrote:")[0]
        planted = [told for told in re.split(r"(?<=[.!?])\s+", ours) if "confirmed" in told.lower() or "40%" in told]
        assert all("can't" in told or "won't" in told for told in planted), "named only where it is refused"


def test_the_label_of_the_recorded_set_is_told(tmp_path: Path) -> None:
    header = Header(
        name="s", model="large", parameters=Parameters(model="large"), date=date(2026, 11, 20),
        label="replies of Large", prompts={},
    )  # fmt: skip
    write_set(tmp_path, header, [])
    names = [chapter.mail for chapter in script().chapters]
    outcomes = [examples.decline(n, origin=name) for n, name in enumerate(names)]
    sheet = io.StringIO()
    tour = Tour(Page(sheet), ModelSpec(name="recorded", recorded=(str(tmp_path),)))
    tour.begin(4)
    tour.tell(outcomes, {outcomes[0].key: "drafts/0001-jonas-feld.eml"}, Path("out"))
    words = " ".join(sheet.getvalue().split())
    assert "recorded 4 mails: replies of Large, recorded on 2026-11-20, replayed through" in words
    assert "no recorded set" not in words
    assert "drafts/0001-jonas" in words
