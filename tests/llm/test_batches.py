"""The batch service as a client sees it, with answers that are given one after the other."""

import json
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from io import BytesIO
from pathlib import Path
from typing import IO

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from pipeline.errors import CandorError, EndpointError, OutputError, RequestError, TransportError
from pipeline.llm.batches import Batch, Batches
from pipeline.llm.profiles import Profile

MADE: JsonValue = {"id": "batch_1", "status": "validating", "metadata": {"candor": "m"}}


class Network:
    """Answers in order, the last one for ever; remembers what was asked."""

    def __init__(self, *answers: httpx2.Response | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, bytes]] = []
        self.headers: list[httpx2.Headers] = []
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append((f"{request.method} {request.url.path}?{request.url.query.decode()}", request.read()))
        self.headers.append(request.headers)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def service(self, profile: Profile | None = None) -> Batches:
        transport = httpx2.MockTransport(self.answer)
        kind = profile or Profile()
        return Batches("http://x.example/v1", "sk-1", kind, "m", transport=transport, sleep=self.sleep)


def said(body: JsonValue, status: int = 200, **headers: str) -> httpx2.Response:
    return httpx2.Response(status, json=body, headers=headers)


async def test_a_file_goes_up(tmp_path: Path) -> None:
    path = tmp_path / "requests-1.jsonl"
    path.write_text("a line")
    network = Network(said({"error": {"message": "busy"}}, 503), said({"id": "file-1"}))
    async with network.service() as service:
        assert await service.upload(path) == "file-1"
        with pytest.raises(OutputError, match="cannot be read"):
            await service.upload(tmp_path / "none")
    (first, body), (second, again) = network.asked
    assert first == second == "POST /v1/files?"
    assert all(part in body for part in (b'name="purpose"', b"batch", b'filename="requests-1.jsonl"', b"a line"))
    assert b"a line" in again, "the file is read anew"
    assert len(network.slept) == 1


async def test_a_batch_that_may_have_been_made_is_looked_for_before_it_is_made_again() -> None:
    network = Network(httpx2.ReadError("cut"), said({"data": []}), said({"id": "o"}, 500), said({"data": [MADE]}))
    async with network.service() as service:
        assert await service.create("file-1", "m") == Batch("batch_1", "validating", "m")
    assert [asked.split("?")[0] for asked, _ in network.asked] == ["POST /v1/batches", "GET /v1/batches"] * 2


async def test_the_list_is_read_page_by_page() -> None:
    page: list[JsonValue] = [{"id": f"batch_{number}", "metadata": None} for number in range(100)]
    network = Network(said({"data": page}), said({"data": [MADE]}))
    async with network.service() as service:
        found = await service.find("m")
    assert found
    assert found.id == "batch_1"
    assert "after=batch_99" in network.asked[1][0]


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, {"error": {"message": "no"}}, EndpointError),
        (429, {"error": {"message": "no", "code": "insufficient_quota"}}, EndpointError),
        (400, {"error": {"message": "no"}}, RequestError),
        (404, "<html>", RequestError),
        (302, "", RequestError),
        (200, "<html>", RequestError),
        (200, {"id": "../x", "status": "completed"}, RequestError),
        (200, {"error": {"message": "no", "code": 400}}, RequestError),
        (503, None, TransportError),
    ],
)
async def test_what_is_no_batch_is_one_of_our_errors(status: int, body: JsonValue, error: type[CandorError]) -> None:
    async with Network(said(body, status)).service() as service:
        with pytest.raises(error) as told:
            await service.look("batch_1")
    assert "sk-1" not in str(told.value)


async def test_a_wait_that_the_endpoint_asks_for_is_kept_up_to_two_minutes() -> None:
    busy = [said({}, 429, **{"retry-after": seconds}) for seconds in ("7", "9000")]
    network = Network(*busy, said(MADE))
    async with network.service() as service:
        await service.look("batch_1")
    assert network.slept == [7.0, 120.0]


async def test_a_key_may_have_a_header_of_its_own() -> None:
    network = Network(said(MADE))
    async with network.service(Profile(key_header="api-key")) as service:
        await service.look("batch_1")
    assert network.headers[0]["api-key"] == "sk-1"
    assert "authorization" not in network.headers[0]


def streamed(content: bytes) -> httpx2.Response:
    """An answer that comes in parts, as from a network."""

    async def parts() -> AsyncIterator[bytes]:
        for start in range(0, len(content), 60_000):
            yield content[start : start + 60_000]

    return httpx2.Response(200, content=parts())


class Place(BytesIO):
    """A file that is kept when it closes."""

    def close(self) -> None:
        pass


async def test_a_result_file_comes_down_within_its_bounds() -> None:
    places: list[Place] = []

    def place() -> AbstractContextManager[IO[bytes]]:
        places.append(Place())
        return places[-1]

    lines = b"".join(json.dumps({"n": number}).encode() + b"\n" for number in range(2000))
    network = Network(httpx2.ReadError("cut"), streamed(lines))
    async with network.service() as service:
        await service.download("file-1", place, 1_000_000)
        assert places[-1].getvalue() == lines
        network.answers = [streamed(lines)]
        with pytest.raises(RequestError, match="longer than 0"):
            await service.download("file-1", place, 10_000)
        network.answers = [streamed(b"x" * 5_000_000)]
        with pytest.raises(RequestError, match="has no end"):
            await service.download("file-1", place, 9_000_000)
        network.answers = [said({"error": {"message": "gone"}}, 404)]
        with pytest.raises(RequestError, match="gone"):
            await service.download("file-1", place, 9_000_000)


_NAMES = ["id", "status", "metadata", "candor", "errors", "data", "message", "request_counts", "total", "error", "code"]


@settings(deadline=None, max_examples=60)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=9) | st.booleans(),
        lambda x: st.lists(x, max_size=3) | st.dictionaries(st.sampled_from(_NAMES), x),
    )
)
async def test_whatever_is_said_of_a_batch_is_read_or_refused(body: JsonValue) -> None:
    async with Network(said(body)).service() as service:
        try:
            batch = await service.look("batch_1")
        except CandorError:
            return
    assert batch.id.isprintable()
    assert batch.status.isprintable()
    assert batch.done >= 0
