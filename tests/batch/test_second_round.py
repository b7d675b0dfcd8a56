"""A client answers our no, and the next run over the inbox knows it for what it is."""

from datetime import date
from pathlib import Path

from pipeline.batch.before import Before
from pipeline.batch.bound import Bound
from pipeline.batch.job import Days
from pipeline.batch.plan import Inbox
from pipeline.batch.progress import Silent
from pipeline.batch.runner import Summary, run
from pipeline.batch.store import Store
from pipeline.inbox.source import Raw
from pipeline.inbox.threads import Own
from pipeline.prompts import load_prompts
from pipeline.types.outcome import Outcome
from tests.fakes import GOOD_DISCOUNT, ScriptedModel, ask, business, reading

DAY = date(2026, 11, 19)
OWN = Own(addresses=frozenset({"hello@plumpress.example"}))
ASKED = reading(ask("discount", "Could we get 30% off", ("discount_asked", "30% off")), aim="want it up in time")
AGAIN = reading(ask("discount", "do it for 30%", ("discount_asked", "30%")), aim="do it for 30%")


def mail(name: str, body: str, extra: str = "") -> bytes:
    head = f"From: mia@lark.example\nTo: hello@plumpress.example\nSubject: Posters\nMessage-ID: <{name}@lark.example>\n"
    return f"{head}Date: Wed, 18 Nov 2026 09:00:00 +0000\n{extra}\n{body}\n".encode()


FIRST = mail("1", "We love the set, and want it up in time. Could we get 30% off?")


async def go(
    folder: Path, mails: list[bytes], *replies: object, also: Path | None = None
) -> tuple[Summary, list[Outcome]]:
    """One run; it must need exactly these replies."""
    source = [Raw(seq, f"{seq}.eml", data) for seq, data in enumerate(mails)]
    model, prompts = ScriptedModel(*replies), load_prompts("extract@v1", "draft@v1")
    with Store(folder) as store, Store(also or folder.parent / "empty") as other:
        before = Before((other, store), business())
        flow = Bound(business(), prompts, model, ScriptedModel(), "one", before)
        summary = await run(Inbox(source, OWN, Days(DAY), before=before), flow, store, Silent(), workers=1)
        assert model.replies == []
        return summary, list(store.outcomes())


def sent(row: Outcome) -> bytes:
    """The client's answer to the draft, which went out from another mail program."""
    assert row.draft is not None
    quoted = "\n".join(f"> {line}" for line in row.draft.body.splitlines())
    return mail(
        "2", f"Oh, do it for 30%!\n\nOn 18 Nov 2026, at 14:12, Ada wrote:\n\n{quoted}", "References: <own@x.example>\n"
    )


async def test_the_answer_to_a_no_is_its_second_round_and_is_not_done_twice(tmp_path: Path) -> None:
    _, (row,) = await go(tmp_path / "out", [FIRST], ASKED, GOOD_DISCOUNT)
    answer = sent(row)
    _, (first, second) = await go(tmp_path / "out", [FIRST, answer], AGAIN, GOOD_DISCOUNT)
    assert first.key == row.key
    assert second.decision is not None
    assert (second.decision.code, second.decision.round) == ("discount", 2)
    summary, rows = await go(tmp_path / "out", [FIRST, answer])
    assert (summary.resumed, summary.ended) == (2, 0)
    assert rows == [first, second]


async def test_our_sent_mail_tells_of_a_no_that_the_client_does_not_quote(tmp_path: Path) -> None:
    _, (row,) = await go(tmp_path / "out", [FIRST], ASKED, GOOD_DISCOUNT)
    assert row.draft is not None
    ours = mail("own", row.draft.body, "In-Reply-To: <1@lark.example>\n").replace(b"mia@lark", b"hello@plumpress", 1)
    answer = mail("2", "Oh, do it for 30%!", "References: <1@lark.example> <own@lark.example>\n")
    answer = answer.replace(b"09:00:00", b"11:00:00")
    inbox = [FIRST, answer, ours.replace(b"09:00:00", b"10:00:00").replace(b"To: hello@plumpress", b"To: mia@lark")]
    _, (_, second, own) = await go(tmp_path / "out", inbox, AGAIN, GOOD_DISCOUNT)
    assert own.code == "own"
    assert second.decision is not None
    assert second.decision.round == 2


async def test_a_no_of_another_folder_is_known_when_that_is_named(tmp_path: Path) -> None:
    told = AGAIN | {"mail_facts": [{"name": "earlier_no", "quote": "We can't take 30% off the price", "choice": None}]}
    _, (row,) = await go(tmp_path / "spring", [FIRST], ASKED, GOOD_DISCOUNT)
    _, (plain,) = await go(tmp_path / "autumn", [sent(row)], told, GOOD_DISCOUNT)
    _, (known,) = await go(tmp_path / "autumn", [sent(row)], told, GOOD_DISCOUNT, also=tmp_path / "spring")
    assert [unlocked(plain), unlocked(known)] == [False, True]
    assert known.key != plain.key, "a no that becomes known decides anew"


def unlocked(row: Outcome) -> bool:
    """Whether the compromise that the policy keeps for the second round may be offered."""
    assert row.decision is not None
    assert row.decision.round == 2
    return "limit_on_a_part" in {offer.id for offer in row.decision.offers}
