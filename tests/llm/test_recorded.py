"""Recorded sets: written with equal bytes, replayed by call key, honest about what they do not hold."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import ModelNameError, NotRecordedError
from pipeline.llm.model import call_key
from pipeline.llm.recorded import Header, RecordedModel, Row, read_set, write_set
from pipeline.types.prompt import Usage
from tests.llm.fakes import GOOD, PARAMETERS, make_prompt

HEADER = Header(
    name="sample",
    model="large-model",
    parameters=PARAMETERS,
    date=date(2026, 3, 2),
    label="answered by a large language model",
    prompts={"extract": "extract@v1 1234", "draft": "draft@v1 5678"},
)


def row(text: str, reply: str = GOOD) -> Row:
    key = call_key(make_prompt(text), PARAMETERS)
    return Row(key=key, prompt="draft@v1", text=reply, usage=Usage(prompt_tokens=50, calls=1))


async def test_it_replays_what_was_recorded(tmp_path: Path) -> None:
    write_set(tmp_path / "a", HEADER, [row("one")])
    write_set(tmp_path / "b", HEADER.model_copy(update={"model": "other-model"}), [row("two", "other")])
    model = RecordedModel([tmp_path / "a", tmp_path / "b"])
    one, two = await model.complete(make_prompt("one")), await model.complete(make_prompt("two"))
    assert (one.text, one.model, two.text, two.model) == (GOOD, "recorded:large-model", "other", "recorded:other-model")
    assert one.usage == Usage(prompt_tokens=50, calls=0, cached_calls=1)
    assert one.call == call_key(make_prompt("one"), PARAMETERS)


async def test_a_changed_prompt_misses(tmp_path: Path) -> None:
    write_set(tmp_path, HEADER, [row("one")])
    with pytest.raises(NotRecordedError) as caught:
        await RecordedModel([tmp_path]).complete(make_prompt("one, changed"))
    assert caught.value.prompt == make_prompt("one, changed")


def test_equal_content_gives_equal_bytes(tmp_path: Path) -> None:
    rows = [row("one", "Zoë\u2028says\nno"), row("two"), row("three")]
    write_set(tmp_path / "a", HEADER, rows)
    write_set(tmp_path / "b", HEADER, [*reversed(rows), row("two")])
    for name in ("set.yaml", "replies.jsonl"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    header, known = read_set(tmp_path / "a")
    assert header == HEADER
    assert known == {r.key: r for r in rows}


def test_a_missing_or_broken_set_is_one_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelNameError, match="no recorded set at"):
        RecordedModel([tmp_path / "none"])
    write_set(tmp_path, HEADER, [row("one")])
    replies = (tmp_path / "replies.jsonl").read_text("utf-8")
    (tmp_path / "replies.jsonl").write_text(replies + "\n{broken\n", "utf-8")
    with pytest.raises(ModelNameError, match=r"replies\.jsonl:3: not a recorded set"):
        RecordedModel([tmp_path])
    (tmp_path / "set.yaml").write_text("name: [", "utf-8")
    with pytest.raises(ModelNameError, match=r"set\.yaml: not a recorded set"):
        RecordedModel([tmp_path])


def test_a_set_is_for_its_owner_alone_as_replies_quote_mails(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    write_set(folder, HEADER, [])
    (folder / "set.yaml").chmod(0o644)
    write_set(folder, HEADER, [])
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
