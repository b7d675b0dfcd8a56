"""Finding the no that a mail answers, in folders of earlier runs."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.batch.before import Before
from pipeline.batch.store import Store
from pipeline.flow import reply
from pipeline.outbox.reply import message_id
from pipeline.prompts import load_prompts
from pipeline.types.message import Message
from pipeline.types.outcome import Outcome
from pipeline.types.records import Client
from tests.fakes import GOOD_DISCOUNT, TODAY, ScriptedModel, ask, business, message, reading

FAIR = "We love the posters and want them up before the fair. Could we get 30% off the set?"
DISCOUNT = reading(ask("discount", "Could we get 30% off", ("discount_asked", "30% off")), aim="up before the fair")
LARK = Client(id="lark", name="Lark", domains=("lark.example",))


async def no(key: str, sender: str = "mia@lark.example") -> Outcome:
    model = ScriptedModel(DISCOUNT, GOOD_DISCOUNT)
    mail = message(FAIR, sender=sender).model_copy(update={"key": f"mail of {key}"})
    prompts = load_prompts("extract@v1", "draft@v1")
    return await reply(mail, key=key, business=business(), today=TODAY, prompts=prompts, model=model, fallback=model)


def answer(*references: str, history: str = "", sender: str = "mia@lark.example") -> Message:
    key = f"answer to {references} {len(history)}"
    return message("But please!", history=history, sender=sender).model_copy(
        update={"references": references, "key": key}
    )


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "other") as store:
        yield store


async def test_a_no_is_found_by_the_id_of_its_draft_the_last_one_first(store: Store, other: Store) -> None:
    one, two = await no("k1"), await no("k2")
    await other.add(one)
    await store.add(two)
    before = Before((other, store), business())
    for references, key in (([message_id(one)], "k1"), ([message_id(one), "<x@y.example>", message_id(two)], "k2")):
        earlier = before.answered_by(answer(*references))
        assert earlier is not None
        assert earlier.key == key
    assert before.answered_by(answer("<x@y.example>")) is None


async def test_a_no_that_went_out_under_another_id_is_found_by_its_sentences(store: Store) -> None:
    outcome = await no("k1")
    await store.add(outcome)
    assert outcome.draft is not None
    body = outcome.draft.body.replace("Here is what we can do instead.", "Perhaps this helps.")
    quoted = "\n".join(f"> {line}" for line in body.splitlines())
    earlier = Before((store,), business()).answered_by(answer("<own@mail.example>", history=f"Ada wrote:\n{quoted}"))
    assert earlier is not None
    assert earlier.key == "k1"


async def test_nobody_is_told_what_was_offered_to_another(store: Store) -> None:
    outcome = await no("k1")
    await store.add(outcome)
    assert outcome.draft is not None
    before = Before((store,), business())
    assert (
        before.answered_by(answer(message_id(outcome), history=outcome.draft.body, sender="eve@heron.example")) is None
    )
    assert not before.may_know("eve@heron.example")


async def test_a_colleague_counts_where_the_clients_record_names_the_firm(store: Store) -> None:
    outcome = await no("k1")
    await store.add(outcome)
    mail = answer(message_id(outcome), sender="tom@lark.example")
    assert Before((store,), business()).answered_by(mail) is None
    assert Before((store,), business(clients=(LARK,))).answered_by(mail) is not None


async def test_a_mail_never_answers_the_no_that_was_drafted_to_itself(store: Store) -> None:
    outcome = await no("k1")
    await store.add(outcome)
    assert outcome.draft is not None
    same = answer(message_id(outcome), history=outcome.draft.body).model_copy(update={"key": "mail of k1"})
    assert Before((store,), business()).answered_by(same) is None


async def test_only_noes_that_were_drafted_are_kept(store: Store) -> None:
    await store.add((await no("k1")).model_copy(update={"draft": None}))
    assert (store.told(), store.last_no()) == ([], 0)
    await store.add(await no("k2"))
    assert [key for _, key, _ in store.noes(store.told(), store.last_no())] == ["k2"]


async def test_a_no_of_this_run_is_not_known_to_it(store: Store) -> None:
    one, two = await no("k1"), await no("k2")
    await store.add(one)
    before = Before((store,), business())
    await store.add(two)
    assert before.answered_by(answer(message_id(two))) is None
    assert before.answered_by(answer(message_id(one))) is not None


async def test_folders_from_before_noes_were_listed_are_taken_in(tmp_path: Path) -> None:
    with Store(tmp_path / "old") as old:
        await old.add(await no("k1"))
        listed = old.noes(old.told(), old.last_no())
    with closing(sqlite3.connect(tmp_path / "old" / "candor.db")) as db, db:
        db.execute("DROP TABLE noes")
        db.execute("DELETE FROM migrations WHERE name LIKE '%noes%'")
    with Store(tmp_path / "old") as again:
        assert again.noes(again.told(), again.last_no()) == listed != []
