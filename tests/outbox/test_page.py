import json
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipeline.outbox.page import render
from pipeline.types.message import Address
from pipeline.types.outcome import Failure, Outcome
from pipeline.types.verdict import Finding, Severity, Verdict
from tests.outbox.examples import DECLINE_BODY, PROFILE, TODAY, all_kinds, decline, draft, message, trap

FUZZDB = Path(__file__).parents[2] / "../shared/attacks/fuzzdb/data.jsonl"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</pre></style></title></script><script>alert(1)</script>",
    "<a href='javascript:alert(1)'>x</a> https://evil.example [x](https://evil.example)",
    "{{7*7}} {% raw %} ${7*7} <%= 7*7 %>",
    "<!--<meta http-equiv=refresh content=0>",
    "\u202e<b>\u200b\x00\x1b[31m",
    "&lt;script&gt; &amp; &#60;",
]


class Page(HTMLParser):
    """What a browser would see: the tags with their attributes, and the text by the id of its element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action", "srcset"}]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def page(*outcomes: Outcome, files: dict[str, str] | None = None) -> str:
    return "".join(render(outcomes, firm=PROFILE.name, made=TODAY, files=files or {}))


def hostile(text: str) -> Outcome:
    """An outcome that says ``text`` wherever a mail or a model can put words."""
    return trap().model_copy(
        update={
            "code": text,
            "origin": text,
            "message": message(
                2,
                text,
                subject=text,
                sender=Address.model_construct(address=text, name=text),
                reply_to=Address.model_construct(address=text, name=text),
                history=text,
                signature=text,
                attachments=(text,),
                remarks=(text,),
                language=text,
            ),
            "draft": draft(text, subject=text, language=text, model=text, prompt=text),
            "verdict": Verdict(
                findings=(Finding(code=text, severity=Severity.BLOCK, message=text, end=len(text), excerpt=text),)
            ),
            "marked": (text,),
            "failure": Failure(stage=text, kind=text, message=text),
        }
    )


def test_the_page_shows_mail_draft_and_reasons() -> None:
    text = "".join(Page(page(*all_kinds(), files={"decline-1": "drafts/0001-jonas-feld.eml"})).text)
    for words in (
        "7 messages read on 21 November 2026",
        "the board has looked at your offer",
        DECLINE_BODY,
        "Below our price we would have to leave out testing.",
        "policy line 24",
        "Would flip: a discount of 10 % or less",
        "Margin on websites is 18 %; never go below.",
        "the message is larger than 25 MB",
        "Answered by recorded:large",
        "drafts/0001-jonas-feld.eml",
        "⟨U+202E⟩",
    ):
        assert words in text


def test_what_needs_an_eye_comes_first_and_skipped_mail_last_and_closed() -> None:
    html = page(*all_kinds())
    order = [html.index(f'id="{pile}"') for pile in ("eye", "yours", "ready", "question", "yes", "skipped")]
    assert order == sorted(order)
    assert '<details class="slip" id="m6"' in html


def test_the_index_links_every_message_and_counts_actions() -> None:
    seen = Page(page(*all_kinds()))
    assert [link for link in seen.links if link.startswith("#m")] == [f"#m{n}" for n in range(1, 8)]
    assert {"#only-decline", "#only-ask", "#only-accept", "#only-escalate", "#only-skip"} <= set(seen.links)
    assert "#only-end" not in seen.links


def test_the_draft_is_plain_selectable_text_without_the_script() -> None:
    html = page(decline())
    letter = html.split('id="d1"')[1].split(">", 1)[1].split("</div>")[0]
    assert "".join(Page(letter).text) == DECLINE_BODY


def test_the_policy_of_the_page_allows_its_own_script_and_nothing_else() -> None:
    html = page(decline())
    script = html.split("<script>")[1].split("</script>")[0]
    allowed = b64encode(sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'" in html
    assert html.count("<script") == 1


def test_nothing_is_loaded_from_anywhere() -> None:
    html = page(*all_kinds(), files={"decline-1": "drafts/0001-jonas-feld.eml"})
    seen = Page(html)
    assert all(link.startswith("#") or link == "drafts/0001-jonas-feld.eml" for link in seen.links)
    assert "url(" not in html
    assert "@import" not in html


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_wherever_it_comes_from(text: str) -> None:
    harmless, seen = Page(page(hostile("x"))), Page(page(hostile(text)))
    assert sorted(seen.tags) == sorted(harmless.tags)
    assert seen.attributes == harmless.attributes
    assert "49" not in "".join(seen.text)


@pytest.mark.skipif(not FUZZDB.exists(), reason="no attack texts here")
def test_public_attack_texts_stay_text() -> None:
    harmless = Page(page(*(hostile("x") for _ in attacks())))
    seen = Page(page(*(hostile(text) for text in attacks())))
    assert sorted(seen.tags) == sorted(harmless.tags)
    assert seen.attributes == harmless.attributes


def attacks() -> Iterator[str]:
    for line in FUZZDB.read_text("utf-8").splitlines():
        record = json.loads(line)
        if record["kind"] in {"xss", "format_string", "control_chars", "terminal_escape"}:
            yield record["text"]


def test_an_empty_run_is_a_page_too() -> None:
    assert "0 messages read" in page()


def test_outcomes_are_read_once_and_files_are_looked_up_as_they_come() -> None:
    files: dict[str, str] = {}

    def coming() -> Iterator[Outcome]:
        for number in (1, 2):
            files[f"decline-{number}"] = f"drafts/000{number}-jonas-feld.eml"
            yield decline(number)

    html = "".join(render(coming(), firm=PROFILE.name, made=TODAY, files=files))
    assert "drafts/0002-jonas-feld.eml" in html
