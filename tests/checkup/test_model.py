import pytest

from pipeline.checkup.model import endpoint_rows, model_rows, place, sends, trouble_of
from pipeline.checkup.rows import Mark, Row
from pipeline.llm.compose import ModelSpec
from pipeline.llm.probe import Probe
from pipeline.llm.profiles import Output
from tests.checkup.clinic import KEY, Clinic, clinic

SPEC = ModelSpec(name="openai:careful-1", base_url="http://10.0.0.7:8000/v1")
WELL = Probe(
    reachable=True, key_ok=True, models=("careful-1",), enforces="schema", output=Output.JSON_SCHEMA, seconds=0.5,
    sentence="well",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def said(**changes: object) -> dict[str, Row]:
    found = WELL.model_copy(update=changes)
    return {row.code: row for row in endpoint_rows(SPEC, found, "OPENAI_API_KEY")}


def test_an_endpoint_that_is_well() -> None:
    rows = said()
    assert list(rows) == ["key_accepted", "answers", "enforces_schema"]
    assert {row.mark for row in rows.values()} == {Mark.OK}
    assert rows["answers"].words.says == "10.0.0.7:8000 answers as careful-1, a tiny request in 0.5 s."


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        (
            {"reachable": False, "sentence": "no connection"},
            "unreachable",
            "10.0.0.7:8000 does not answer: no connection",
        ),
        (
            {"key_ok": False, "sentence": "no credit"},
            "key_refused",
            "the key in the variable OPENAI_API_KEY: no credit",
        ),
        ({"output": None, "sentence": "no such model"}, "no_answer", "careful-1 gave no answer: no such model"),
    ],
)
def test_what_is_wrong_is_the_last_word(changes: dict[str, object], code: str, words: str) -> None:
    *_, row = said(**changes).values()
    assert (row.mark, row.code) == (Mark.WRONG, code)
    assert words in row.words.says
    assert row.words.do


@pytest.mark.parametrize("enforces", ["json", "nothing", "unknown"])
def test_an_endpoint_that_holds_its_model_to_nothing_is_worth_a_look(enforces: str) -> None:
    assert said(enforces=enforces)[f"enforces_{enforces}"].mark is Mark.LOOK


def test_a_name_that_is_not_listed_is_told_with_some_that_are() -> None:
    row = said(models=tuple(f"model-{n}" for n in range(8)))["not_listed"]
    assert row.values["listed"] == "model-0, model-1, model-2, model-3, model-4 and 3 more"
    assert "not_listed" not in said(models=())


def test_without_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    assert "no_key_needed" in said()
    assert "  export OPENAI_API_KEY=..." in said(key_ok=False)["key_wanted"].words.do


def test_neither_the_key_nor_a_password_is_ever_told() -> None:
    spec = SPEC.model_copy(update={"base_url": "http://me:secret@10.0.0.7:8000/v1"})
    told = [f"{row.words}" for changes in ({}, {"key_ok": False}, {"key_ok": None}) for row in said(**changes).values()]
    assert place(spec) == "10.0.0.7:8000"
    assert not any(KEY[n : n + 8] in words for words in told for n in range(len(KEY) - 8))


@pytest.mark.parametrize(
    ("name", "base_url", "leaves"),
    [
        ("offline", None, False),
        ("recorded", None, False),
        ("openai:gpt-5-mini", None, True),
        ("openai:x", "https://llm.example/v1", True),
        ("openai:x", "http://localhost:8080/v1", False),
        ("openai:x", "http://192.168.1.20:1234/v1", False),
        ("openai:qwen3-coder:480b-cloud", "http://localhost:11434/v1", True),
        ("openai:x", "http://localhost:4000/v1", True),
    ],
)
def test_what_leaves_the_house(name: str, base_url: str | None, leaves: bool) -> None:  # noqa: FBT001 - a table
    assert sends(ModelSpec(name=name, base_url=base_url)) is leaves


def test_trouble_is_found_without_asking_anyone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert trouble_of(SPEC) == ""
    assert "is no address of a model" in trouble_of(SPEC.model_copy(update={"base_url": "here"}))
    assert "no model is called 'gpt'" in trouble_of(ModelSpec(name="gpt"))
    monkeypatch.delenv("OPENAI_API_KEY")
    assert "set the variable OPENAI_API_KEY" in trouble_of(ModelSpec(name="openai:x"))


async def test_a_model_that_speaks_to_nobody_is_asked_nothing() -> None:
    assert [row.code for row in await model_rows(ModelSpec(), agreed=True)] == ["offline"]
    assert [row.code for row in await model_rows(SPEC, agreed=False)] == ["not_sent"]


@pytest.mark.parametrize(
    ("behaviour", "last"),
    [
        (Clinic(), "enforces_schema"),
        (Clinic(enforces=False), "enforces_nothing"),
        (Clinic(key="another"), "key_refused"),
        (Clinic(models=("other-1",)), "no_answer"),
    ],
    ids=["well", "loose", "wrong key", "no such model"],
)
async def test_a_real_exchange(behaviour: Clinic, last: str) -> None:
    with clinic(behaviour) as url:
        *_, row = await model_rows(SPEC.model_copy(update={"base_url": url}), agreed=True)
    assert row.code == last
