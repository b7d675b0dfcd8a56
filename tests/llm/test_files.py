"""Provider batch files: what is written out, and what may come back."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from pipeline.errors import PendingError, RefusedError, RequestError
from pipeline.llm.cache import MemoryCalls
from pipeline.llm.files import FilesModel, Result, read_results, request_line
from pipeline.llm.model import call_key
from pipeline.llm.profiles import Profile
from pipeline.llm.requests import body
from pipeline.types.prompt import Completion
from tests.llm.fakes import GOOD, PARAMETERS, chat, make_prompt

PROMPT = make_prompt("Grüße\u2028und Preise?")
KEY = call_key(PROMPT, PARAMETERS)


def line(custom_id: JsonValue = KEY, reply: JsonValue = None, status: int = 200, error: JsonValue = None) -> str:
    response = {"status_code": status, "request_id": "r", "body": reply}
    return json.dumps({"id": "batch_req_1", "custom_id": custom_id, "response": response, "error": error})


def results(*lines: str) -> list[Result]:
    return list(read_results(lines))


def test_a_request_is_one_line_of_the_batch_format() -> None:
    written = request_line(PROMPT, PARAMETERS, Profile(), KEY)
    assert json.loads(written) == {
        "custom_id": KEY,
        "method": "POST",
        "url": "/v1/chat/completions",
        "body": body(PROMPT, PARAMETERS, Profile()),
    }
    assert len(KEY) == 64
    assert "\n" not in written


async def test_what_is_not_known_waits() -> None:
    model = FilesModel(PARAMETERS, Profile(), MemoryCalls())
    for _ in range(2):
        with pytest.raises(PendingError):
            await model.complete(PROMPT)
    assert model.pending == {KEY: request_line(PROMPT, PARAMETERS, Profile(), KEY)}


async def test_a_stored_call_answers() -> None:
    calls = MemoryCalls()
    await calls.put(KEY, PROMPT, Completion(text=GOOD, model="m", call=KEY))
    model = FilesModel(PARAMETERS, Profile(), calls)
    assert (await model.complete(PROMPT)).usage.cached_calls == 1
    assert not model.pending


async def test_a_result_answers_and_is_stored() -> None:
    calls = MemoryCalls()
    known = {str(r.custom_id): r for r in results(line(reply=chat()))}
    model = FilesModel(PARAMETERS, Profile(), calls, known)
    assert (await model.complete(PROMPT)).text == GOOD
    assert calls.stored[KEY].usage.calls == 1


@pytest.mark.parametrize(
    ("written", "error"),
    [
        (line(reply=chat(None, refusal="no")), RefusedError),
        (line(error={"code": "batch_expired", "message": "This request could not be executed."}), RequestError),
    ],
)
async def test_a_result_that_failed_fails_and_is_not_stored(written: str, error: type[Exception]) -> None:
    calls = MemoryCalls()
    model = FilesModel(PARAMETERS, Profile(), calls, {KEY: results(written)[0]})
    with pytest.raises(error):
        await model.complete(PROMPT)
    assert not calls.stored
    assert not model.pending


@pytest.mark.parametrize(
    ("written", "error"),
    [
        (line(status=400, reply={"error": {"message": "too long"}}), "too long"),
        (line(error={"code": "batch_expired", "message": "expired"}), "expired"),
        (line(status=400, error={"object": "error", "message": "vllm says no", "code": 400}), "vllm says no"),
        (json.dumps({"custom_id": KEY, "response": None, "error": None}), "no reply (status None)"),
        (json.dumps({"custom_id": KEY, "response": [1], "error": "broken pipe"}), "broken pipe"),
    ],
    ids=["http error", "error file", "vllm", "nothing", "odd"],
)
def test_a_failed_line_says_why(written: str, error: str) -> None:
    assert results(written) == [Result(custom_id=KEY, error=error)]


def test_lines_that_cannot_be_read_are_counted() -> None:
    found = results(
        "{broken", "", "  \n", "[1]", "7", line(custom_id=None), line(custom_id=5), "[" * 100_000, '"\\ud800"'
    )
    assert [(r.custom_id, r.body) for r in found] == [(None, None)] * 7
    assert all(r.error for r in found)


def test_the_first_body_of_an_id_stands() -> None:
    good, failed = line(reply=chat()), line(error={"message": "expired"})
    assert [r.body is not None for r in results(failed, good, good, failed)] == [False, True]
    other = line(custom_id="f" * 64, reply=chat())
    assert len(results("\ufeff" + good + "\r\n", other)) == 2


@settings(deadline=None, max_examples=50)
@given(
    st.text()
    | st.recursive(
        st.none() | st.integers() | st.text(),
        lambda x: (
            st.lists(x)
            | st.dictionaries(st.sampled_from(["custom_id", "response", "error", "body", "choices", "message"]), x)
        ),
    ).map(json.dumps)
)
def test_nothing_in_a_file_raises(written: str) -> None:
    for result in read_results(written.splitlines()):
        assert (result.body is None) is (result.error is not None)
