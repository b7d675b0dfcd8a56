import json
import random
import stat
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from pydantic import JsonValue

from pipeline.batch.files import REQUESTS, Collected, Limits, Results, Waiting, request_files, take, write_requests
from pipeline.batch.job import Days
from pipeline.batch.plan import Inbox
from pipeline.batch.progress import Silent
from pipeline.batch.runner import run
from pipeline.batch.store import Store
from pipeline.errors import ModelError, UsageError, failure_of
from pipeline.inbox.threads import Own
from pipeline.llm.files import FilesModel
from pipeline.llm.model import Parameters
from pipeline.llm.profiles import Profile
from pipeline.types.message import Message
from pipeline.types.outcome import Attempt, Outcome
from tests.batch.fakes import TODAY, letters, outcome, prompt

PARAMETERS = Parameters(model="some-model")


class TwoStages:
    """A flow that asks the model twice, the second time about its first answer."""

    def __init__(self, store: Store) -> None:
        self.model = FilesModel(PARAMETERS, Profile(), store, Results(store))

    def key(self, message: str, thread: str, today: date) -> str:
        return message

    async def reply(self, message: Message, key: str, today: date) -> Outcome:
        try:
            first = await self.model.complete(prompt(message.subject))
            second = await self.model.complete(prompt(first.text))
        except ModelError as error:
            return outcome(key, code="failed", failure=failure_of(error, "extract"))
        attempts = tuple(Attempt(stage="extract", model=c.model, call=c.call) for c in (first, second))
        return outcome(key, code=second.text, attempts=attempts)


async def turn(store: Store) -> list[str]:
    """One run over three mails, to the requests that wait then."""
    flow = TwoStages(store)
    await run(Inbox(letters("A", "B", "C"), Own(), Days(TODAY)), flow, store, Silent())
    write_requests(store, flow.model.pending)
    return waiting(store)


def waiting(store: Store) -> list[str]:
    path = store.folder / REQUESTS
    return path.read_text().splitlines() if path.exists() else []


def codes(store: Store) -> list[str]:
    return [row.code for row in store.outcomes()]


def answer(request: str, *, finish: str = "stop") -> str:
    """The line a provider gives back: the request's text inside one more object."""
    asked = json.loads(request)
    content = json.dumps({"about": asked["body"]["messages"][0]["content"]})
    choice: JsonValue = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content}}
    body: JsonValue = {"model": "some-model-1", "choices": [choice], "usage": {"prompt_tokens": 7}}
    return json.dumps({"custom_id": asked["custom_id"], "response": {"status_code": 200, "body": body}, "error": None})


LATE = "this request could not be executed before the deadline"


def failure(request: str, reason: str = LATE) -> str:
    error = {"code": "batch_expired", "message": reason}
    return json.dumps({"custom_id": json.loads(request)["custom_id"], "response": None, "error": error})


def write(tmp_path: Path, lines: Iterable[str]) -> list[Path]:
    path = tmp_path / "results.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines))
    return [path]


DONE = [json.dumps({"about": json.dumps({"about": subject})}) for subject in "ABC"]


async def test_two_stages_are_two_files_and_then_nothing_waits(store: Store, tmp_path: Path) -> None:
    first = await turn(store)
    assert len(first) == 3
    assert take(store, write(tmp_path, map(answer, first))) == Collected(accepted=3)
    second = await turn(store)
    assert len(second) == 3
    assert not set(first) & set(second)
    assert take(store, write(tmp_path, map(answer, second))) == Collected(accepted=3)
    assert await turn(store) == []
    assert codes(store) == DONE


async def test_results_may_come_shuffled_in_parts_and_twice(store: Store, tmp_path: Path) -> None:
    chance, known = random.Random(5), set[str]()
    lines = await turn(store)
    for _ in range(20):
        if not lines:
            break
        known |= set(map(answer, lines))
        some = chance.sample(sorted(known), chance.randint(1, len(known)))
        take(store, write(tmp_path, some))
        lines = await turn(store)
    assert codes(store) == DONE


async def test_only_what_still_waits_is_written_again(store: Store, tmp_path: Path) -> None:
    first = await turn(store)
    take(store, write(tmp_path, [answer(first[0])]))
    again = await turn(store)
    assert set(first[1:]) < set(again)
    assert first[0] not in again


async def test_equal_requests_are_equal_bytes_for_the_owner_alone(store: Store) -> None:
    assert await turn(store) == await turn(store)
    assert stat.S_IMODE((store.folder / REQUESTS).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("limits", "files"),
    [
        (Limits(lines=2), ["requests-1.jsonl", "requests-2.jsonl"]),
        (Limits(lines=1), ["requests-1.jsonl", "requests-2.jsonl", "requests-3.jsonl"]),
        (Limits(bytes=1), ["requests-1.jsonl", "requests-2.jsonl", "requests-3.jsonl"]),
        (Limits(lines=3), ["requests.jsonl"]),
    ],
)
async def test_a_file_holds_no_more_than_the_provider_takes(store: Store, limits: Limits, files: list[str]) -> None:
    whole = await turn(store)
    pending = {json.loads(line)["custom_id"]: line for line in whole}
    assert write_requests(store, pending, limits) == Waiting(3, 0, tuple(files))
    assert request_files(store.folder) == files
    assert [line for name in files for line in (store.folder / name).read_text().splitlines()] == whole
    write_requests(store, pending)
    assert request_files(store.folder) == [REQUESTS], "those of an earlier round are gone"
    assert waiting(store) == whole
    write_requests(store, {})
    assert request_files(store.folder) == []


async def test_bytes_are_counted_with_the_line_breaks(store: Store) -> None:
    pending = {key: key * 9 for key in "äbc"}
    write_requests(store, pending, Limits(bytes=20))
    assert [(store.folder / name).stat().st_size for name in request_files(store.folder)] == [20, 19]


async def test_the_files_are_for_one_model(store: Store) -> None:
    models = {json.loads(line)["body"]["model"] for line in await turn(store)}
    assert models == {PARAMETERS.model}


async def test_more_results_than_go_into_one_commit(store: Store, tmp_path: Path) -> None:
    keys = [f"{number:064}" for number in range(450)]
    write_requests(
        store, {key: json.dumps({"custom_id": key, "body": {"messages": [{"content": ""}]}}) for key in keys}
    )
    lines = [answer(line) for line in waiting(store)]
    assert take(store, write(tmp_path, [*lines, *lines])) == Collected(accepted=450)
    assert take(store, write(tmp_path, lines)) == Collected(repeated=450)


async def test_every_line_is_counted_as_what_it_is(store: Store, tmp_path: Path) -> None:
    a, b, c = await turn(store)
    stranger = answer(a).replace(json.loads(a)["custom_id"], "f" * 64)
    lines = [
        answer(a),
        answer(a),
        failure(b),
        stranger,
        "",
        "{",
        "[]",
        '{"custom_id": 5}',
        "\ud800".encode("utf-8", "replace").decode(),
    ]
    assert take(store, write(tmp_path, lines)) == Collected(
        accepted=1, failed=1, unknown=1, broken=4, reasons=((LATE, 1),)
    )
    assert take(store, write(tmp_path, lines)) == Collected(
        repeated=1, failed=1, unknown=1, broken=4, reasons=((LATE, 1),)
    )
    again = await turn(store)
    assert {b, c} <= set(again)


async def test_a_result_that_became_a_call_is_still_known(store: Store, tmp_path: Path) -> None:
    first = await turn(store)
    files = write(tmp_path, map(answer, first))
    take(store, files)
    await turn(store)
    assert take(store, files) == Collected(repeated=3)


async def test_a_truncated_reply_ends_its_message_and_is_not_stored_as_a_call(store: Store, tmp_path: Path) -> None:
    a, b, c = await turn(store)
    take(store, write(tmp_path, [answer(a, finish="length"), answer(b), answer(c)]))
    second = await turn(store)
    assert len(second) == 2
    assert store.get(json.loads(a)["custom_id"]) is None
    failed = [row.failure for row in store.outcomes()]
    assert [fault and fault.kind for fault in failed] == ["TruncatedError"]


async def test_a_failure_taken_as_final_ends_its_message(store: Store, tmp_path: Path) -> None:
    requests = await turn(store)
    assert take(store, write(tmp_path, map(failure, requests)), final=True) == Collected(failed=3, reasons=((LATE, 3),))
    assert await turn(store) == []
    assert codes(store) == ["failed"] * 3


async def test_reasons_that_differ_in_figures_alone_are_one(store: Store, tmp_path: Path) -> None:
    a, b, c = await turn(store)
    lines = [failure(a, "try again in 2s"), failure(b, "no such model"), failure(c, "try again in 15s")]
    assert take(store, write(tmp_path, lines)).reasons == (("try again in 2s", 2), ("no such model", 1))


async def test_a_file_that_cannot_be_read_is_one_sentence(store: Store, tmp_path: Path) -> None:
    for path in (tmp_path / "missing.jsonl", tmp_path):
        with pytest.raises(UsageError, match="cannot be read"):
            take(store, [path])


async def test_results_are_a_mapping_of_what_was_not_looked_at_yet(store: Store, tmp_path: Path) -> None:
    first = await turn(store)
    take(store, write(tmp_path, [answer(first[0])]))
    results = Results(store)
    assert list(results) == [json.loads(first[0])["custom_id"]]
    assert len(results) == 1
    assert results.get("f" * 64) is None
