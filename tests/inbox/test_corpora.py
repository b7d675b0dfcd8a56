"""Every mail at hand ends as a message or as unreadable, and no machine's, list's or newsletter's mail gets a draft.

The collections of test mail are not part of the project; without them this is skipped. A sample is read here, and all
of them by ``python -m tests.torture.inbox``.
"""

import json
from collections.abc import Iterator
from functools import cache

import pytest

from pipeline.flow import reply
from pipeline.inbox.threads import Own
from pipeline.prompts import load_prompts
from pipeline.types.decision import Action
from pipeline.types.message import Message
from pipeline.types.outcome import Outcome
from tests.fakes import TODAY, ScriptedModel, ask, business, reading
from tests.inbox.corpora import MAIL, SHARED, Row, files, is_bulk, is_report, rows
from tests.inbox.letters import mail

EVERY = 9
FIRM, PROMPTS = business(), load_prompts("extract@v1", "draft@v1")

pytestmark = pytest.mark.skipif(not MAIL.is_dir(), reason="the collections of test mail are not here")


def carriers() -> Iterator[tuple[str, bytes]]:
    for line in (SHARED / "attacks/carriers/data.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        yield f"carriers/{record['meta']['carrier']}/{record['id']}", record["text"].encode("latin-1")


@cache
def everything() -> list[Row]:
    return rows([*files(EVERY), *carriers()])


def messages() -> list[Message]:
    return [row.message for row in everything() if row.message]


def test_every_mail_is_read_or_refused_in_time() -> None:
    found = everything()
    assert len(found) > 500
    assert sum(row.message is not None for row in found) > 450
    assert max(row.seconds for row in found) < 10
    assert sum(row.seconds for row in found) < 20


def test_every_message_can_be_stored_and_read_again() -> None:
    for message in messages():
        assert Message.model_validate_json(message.model_dump_json()) == message


def test_no_id_and_no_subject_carries_a_line_or_an_encoded_word() -> None:
    for message in messages():
        assert not any("=?" in id_ or id_.split() != [id_] for id_ in (message.message_id, *message.references))
        assert message.subject == " ".join(message.subject.split())


def test_no_body_is_emptied_by_taking_the_quotes_away() -> None:
    assert [m.origin for m in messages() if not m.body and (m.history or m.signature)] == []


def test_a_message_without_text_says_so() -> None:
    empty = [m for m in messages() if not m.body]
    assert empty
    assert all(any(remark.startswith("the mail has no text") for remark in m.remarks) for m in empty)


def test_hardly_a_body_has_broken_characters() -> None:
    assert sum("\ufffd" in message.body for message in messages()) <= 2


def test_hidden_html_and_unicode_carriers_are_all_remarked() -> None:
    hidden = ("html_display_none", "html_white_on_white", "unicode_tags", "zero_width")
    assert [m.origin for m in messages() if any(kind in m.origin for kind in hidden) and not m.remarks] == []


async def declined(message: Message) -> tuple[Outcome, ScriptedModel]:
    """The row under a model that reads an ask for free work into anything, and so always ends in a no."""
    words = message.body.partition("\n")[0]
    model = ScriptedModel(reading(ask("free_work", words, ("unpaid", words))), "", "")
    outcome = await reply(
        message,
        key="k",
        business=FIRM,
        today=TODAY,
        prompts=PROMPTS,
        model=model,
        fallback=ScriptedModel(""),
    )
    return outcome, model


async def test_no_machine_s_list_s_or_newsletter_s_mail_reaches_a_model() -> None:
    data = dict(files(EVERY))
    unwanted = [
        m for m in messages() if is_report(m.origin) or (m.origin in data and is_bulk(m.origin, data[m.origin]))
    ]
    assert len(unwanted) > 450
    for message in unwanted:
        outcome, model = await declined(message)
        assert (message.origin, outcome.action, len(model.prompts)) == (message.origin, Action.SKIP, 0)


GROUP = (
    b"List-Id: <hello.studio.example>\r\nPrecedence: list\r\nX-BeenThere: us@studio.example\r\n"
    b"List-Unsubscribe: <https://groups.example/u>\r\nX-Original-Sender: ann@client.example\r\n"
)
FOOTER = (
    b"Could you do the logo for free?\r\n\r\n-- \r\nYou received this message because you are subscribed to the group"
    b' "Studio".\r\nTo unsubscribe from this group, send an email to us+unsubscribe@studio.example.\r\n'
)


async def test_a_client_s_mail_through_our_own_group_is_answered() -> None:
    ours = Own(lists=frozenset({"us@studio.example"}))
    (row,) = rows([("group.eml", mail(FOOTER, GROUP))], ours)
    assert row.message is not None
    assert row.message.skip is None
    outcome, model = await declined(row.message)
    assert (outcome.action, outcome.code, row.message.body) == (
        Action.DECLINE,
        "unpaid_work",
        "Could you do the logo for free?",
    )
    assert len(model.prompts) > 1
