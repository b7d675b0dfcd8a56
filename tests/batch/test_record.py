from datetime import date
from pathlib import Path

import pytest

from pipeline.batch.record import write_record
from pipeline.batch.store import Store
from pipeline.errors import OutputError, UsageError
from pipeline.llm.model import Parameters, call_key
from pipeline.llm.recorded import Header, RecordedModel, read_set
from pipeline.types.outcome import Attempt
from tests.batch.fakes import completion, listed, outcome, prompt

PARAMETERS = Parameters(model="some-model")
HEADER = Header(
    name="set",
    model="",
    parameters=PARAMETERS,
    date=date(2026, 5, 4),
    label="replies of a test",
    prompts={"extract": "1"},
)


async def answered(store: Store, number: int, *texts: str) -> None:
    """An outcome at this place of the inbox that used a call for each text, and one of the offline model."""
    attempts = []
    for text in texts:
        key = call_key(prompt(text), PARAMETERS)
        await store.put(key, prompt(text), completion(key, f"the reply to {text}"))
        attempts.append(Attempt(stage="extract", model="some-model", call=key))
    attempts.append(Attempt(stage="draft", model="offline", call=""))
    await store.add(outcome(str(number), attempts=tuple(attempts)))


async def test_a_recorded_run_replays_its_replies(store: Store, tmp_path: Path) -> None:
    await answered(store, 0, "one", "two")
    await answered(store, 1, "two", "three")
    await answered(store, 2, "of an older run")
    store.relist(listed("0", "1"))
    assert write_record(store, tmp_path / "set", HEADER) == 3
    model = RecordedModel([tmp_path / "set"])
    reply = await model.complete(prompt("two"))
    assert (reply.text, reply.model) == ("the reply to two", "recorded:some-model")
    header, rows = read_set(tmp_path / "set")
    assert (header.label, header.model, len(rows)) == ("replies of a test", "some-model", 3)


async def test_the_same_run_gives_the_same_bytes(store: Store, tmp_path: Path) -> None:
    await answered(store, 0, "one", "two")
    store.relist(listed("0"))
    for name in ("a", "b"):
        write_record(store, tmp_path / name, HEADER)
    for file in ("set.yaml", "replies.jsonl"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


async def test_a_run_without_a_model_has_nothing_to_record(store: Store, tmp_path: Path) -> None:
    await answered(store, 0)
    store.relist(listed("0"))
    with pytest.raises(UsageError, match="nothing to record"):
        write_record(store, tmp_path / "set", HEADER)
    assert not (tmp_path / "set").exists()


async def test_a_place_that_cannot_be_written_is_one_sentence(store: Store, tmp_path: Path) -> None:
    await answered(store, 0, "one")
    store.relist(listed("0"))
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        write_record(store, tmp_path / "file" / "set", HEADER)
