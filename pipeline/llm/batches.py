"""A provider's batch service, through the OpenAI SDK: files go up, batches run, result files come down.

What may be asked twice without harm is asked again while the line is bad. A batch may not: it is paid for when it is
made, so each carries a mark, and is looked for by it before anyone makes it again. All that comes back is hostile: it
is read within bounds, and field by field. Left out: which files, and what becomes of results.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, NamedTuple, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import JsonValue

from pipeline.errors import OutputError, RequestError, TransportError
from pipeline.llm.answers import json_of
from pipeline.llm.faults import fault, hidden, words
from pipeline.llm.profiles import OPENAI_URL, Profile
from pipeline.llm.sdk import Opened, open_sdk
from pipeline.llm.transport import loss_of, losses
from pipeline.types.prompt import Prompt, Variables

if TYPE_CHECKING:
    import httpx2
    from openai._legacy_response import LegacyAPIResponse

_T = TypeVar("_T")

ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
"""The statuses after which nothing more comes."""

_MARK = "candor"  # the name of the mark among a batch's metadata
_ATTEMPTS = 5
_FIRST_SECONDS, _LONGEST_SECONDS = 1.0, 120.0
_TRANSFER_SECONDS = 3600.0  # for one file, up or down
_PAGE, _PAGES = 100, 10  # of the list of batches
_LINE = 4_000_000  # bytes of one line of a result
_CONTENT = "/content"
_NOTHING = Prompt(stage="extract", version="", hash="", variables=Variables(), messages=(), schema_={})


class Batch(NamedTuple):
    """What a provider says of a batch: how many of its requests are done, and the ids of its result files, if any.

    ``reason`` is why it failed as a whole, in the provider's words.
    """

    id: str
    status: str
    mark: str = ""
    output: str = ""
    errors: str = ""
    done: int = 0
    total: int = 0
    reason: str = ""


class Batches:
    """The service of one endpoint; enter it with ``async with``.

    Every method raises ``EndpointError`` when the endpoint refuses us, ``RequestError`` when it refuses what was asked
    or its answer is not one, and ``TransportError`` when it can't be reached though it was tried several times.

    Args:
        base_url, api_key, profile: as of the model that the files are for.
        model: its name, for errors.
        timeout: seconds for one answer that is no file; None is the profile's.
        transport: replaces the network, for tests.
        sleep: waits; replaced by tests.
    """

    def __init__(  # noqa: PLR0913 - an endpoint has that many sides
        self,
        base_url: str | None,
        api_key: str,
        profile: Profile,
        model: str,
        *,
        timeout: float | None = None,
        transport: "httpx2.AsyncBaseTransport | None" = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._base_url, self._api_key, self._profile, self._model = base_url or OPENAI_URL, api_key, profile, model
        self._timeout, self._transport, self._sleep = timeout or profile.timeout, transport, sleep
        self._sdk: Opened | None = None
        self._content = 0  # bytes that a file may have which is read now

    @property
    def place(self) -> str:
        """Host and port, without the name and password that an address may hold."""
        return urlsplit(self._base_url).netloc.rpartition("@")[2]

    async def __aenter__(self) -> Self:
        """Open the connection pool."""
        from pipeline.llm.bounds import LIMIT, bound_at

        self._sdk = open_sdk(
            self._base_url,
            self._api_key,
            self._profile,
            timeout=self._timeout,
            connections=2,
            transport=self._transport,
        )
        self._sdk.http.event_hooks = {
            "response": [bound_at(lambda r: self._content if r.request.url.path.endswith(_CONTENT) else LIMIT)]
        }
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        if self._sdk:
            await self._sdk.client.close()

    async def upload(self, path: Path) -> str:
        """Hand in a file of requests; gives its id. The file is read as it goes.

        Raises:
            OutputError: it cannot be read.
        """
        client, headers, _ = self._open

        async def once() -> str:
            with path.open("rb") as file:
                send = client.files.with_raw_response.create
                call = send(file=(path.name, file), purpose="batch", extra_headers=headers)
                return _id(await self._answer(call, _TRANSFER_SECONDS), "file")

        try:
            return await self._again(once)
        except OSError as error:
            raise OutputError(f"{path} cannot be read: {error.strerror}") from None

    async def create(self, file: str, mark: str) -> Batch:
        """Have an uploaded file run, once: whenever the answer is lost, the batch is looked for by its mark first."""
        client, headers, _ = self._open

        async def once() -> Batch:
            call = client.batches.with_raw_response.create(
                completion_window="24h",
                endpoint="/v1/chat/completions",
                input_file_id=file,
                metadata={_MARK: mark},
                extra_headers=headers,
            )
            return _batch(await self._answer(call))

        for attempt in range(_ATTEMPTS - 1):
            try:
                return await once()
            except TransportError as error:
                await self._sleep(_pause(error, attempt))
            if found := await self.find(mark):
                return found
        return await once()

    async def find(self, mark: str) -> Batch | None:
        """The batch with this mark, if it is among the last thousand."""
        after = ""
        for _ in range(_PAGES):
            rows = await self._again(partial(self._page, after))
            batches = [_batch(row) for row in rows]
            if found := next((batch for batch in batches if batch.mark == mark), None):
                return found
            if len(batches) < _PAGE:
                break
            after = batches[-1].id
        return None

    async def look(self, batch: str) -> Batch:
        """How a batch stands now."""
        client, headers, _ = self._open
        retrieve = client.batches.with_raw_response.retrieve
        return await self._again(lambda: self._looked(retrieve(batch, extra_headers=headers)))

    async def download(self, file: str, into: Callable[[], AbstractContextManager[IO[bytes]]], limit: int) -> None:
        """Write a result file, ``limit`` bytes at most, ``into`` a place that is opened anew for each try."""

        async def once() -> None:
            with into() as place:
                await self._read(file, place, limit)

        await self._again(once)

    async def _read(self, file: str, place: IO[bytes], limit: int) -> None:
        client, headers, _ = self._open
        self._content, line = limit, 0
        with self._plainly(_TRANSFER_SECONDS):
            content = client.files.with_streaming_response.content(file, extra_headers=headers)
            async with asyncio.timeout(_TRANSFER_SECONDS), content as response:
                async for part in response.iter_bytes():
                    if line + max(part.find(b"\n"), 0) > _LINE:
                        raise RequestError("a line of a result file has no end", prompt=_NOTHING, model=self._model)
                    line = len(part) - part.rfind(b"\n") - 1 + (line if b"\n" not in part else 0)
                    place.write(part)

    async def _looked(self, call: "Awaitable[LegacyAPIResponse[Any]]") -> Batch:
        return _batch(await self._answer(call))

    async def _page(self, after: str) -> list[JsonValue]:
        client, headers, _ = self._open
        query = {"after": after} if after else None
        call = client.batches.with_raw_response.list(limit=_PAGE, extra_query=query, extra_headers=headers)
        reply = await self._answer(call)
        rows = reply.get("data") if isinstance(reply, dict) else None
        if not isinstance(rows, list):
            raise _strange("list of batches", reply)
        return rows

    @property
    def _open(self) -> Opened:
        assert self._sdk, "enter the service first"
        return self._sdk

    async def _answer(self, call: "Awaitable[LegacyAPIResponse[Any]]", seconds: float | None = None) -> JsonValue:
        """The JSON of an answer."""
        seconds = seconds or self._timeout
        with self._plainly(seconds):
            async with asyncio.timeout(seconds):
                reply = json_of((await call).http_response.content)
        if error := hidden(reply):
            raise fault(error[0], {}, error[1], _NOTHING, self._model)
        return reply

    @contextmanager
    def _plainly(self, seconds: float) -> Iterator[None]:
        """Turn what the SDK raises into our errors."""
        import httpx2
        import openai

        from pipeline.llm.bounds import BoundsError

        try:
            yield
        except BoundsError as error:
            raise RequestError(str(error), prompt=_NOTHING, model=self._model) from error
        except openai.APIStatusError as error:
            response = error.response
            headers = {name.lower(): value for name, value in response.headers.items()}
            raise fault(response.status_code, headers, json_of(response.content), _NOTHING, self._model) from error
        except httpx2.HTTPError as error:  # of a body that is read as it comes
            raise TransportError(loss_of(error, seconds), prompt=_NOTHING, model=self._model) from error
        except losses() as error:
            raise TransportError(loss_of(error, seconds), prompt=_NOTHING, model=self._model) from error

    async def _again(self, call: Callable[[], Awaitable[_T]]) -> _T:
        """``call``, and again while the line is bad; for what does no harm when it is done twice."""
        for attempt in range(_ATTEMPTS - 1):
            try:
                return await call()
            except TransportError as error:
                await self._sleep(_pause(error, attempt))
        return await call()


def _pause(error: TransportError, attempt: int) -> float:
    """Seconds to the next try: what the endpoint asks for, else doubling from one with jitter; two minutes at most."""
    backoff = _FIRST_SECONDS * 2.0**attempt * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing
    return min(_LONGEST_SECONDS, error.wait if error.wait is not None else backoff)


def _batch(reply: JsonValue) -> Batch:
    """What an answer says of a batch; whatever is not as it should be counts as not said."""
    name = _id(reply, "batch")
    assert isinstance(reply, dict)
    status, metadata, counts = reply.get("status"), reply.get("metadata"), reply.get("request_counts")
    mark = metadata.get(_MARK) if isinstance(metadata, dict) else None
    output, errors = (reply.get(key) for key in ("output_file_id", "error_file_id"))
    counts = counts if isinstance(counts, dict) else {}
    done, failed, total = (_count(counts.get(key)) for key in ("completed", "failed", "total"))
    return Batch(
        name,
        words(status) if isinstance(status, str) else "unknown",
        mark if isinstance(mark, str) else "",
        output if isinstance(output, str) else "",
        errors if isinstance(errors, str) else "",
        done + failed,
        total,
        _reason(reply.get("errors")),
    )


def _reason(errors: JsonValue) -> str:
    rows = errors.get("data") if isinstance(errors, dict) else errors
    first = rows[0] if isinstance(rows, list) and rows else errors
    return words(first) if first else ""


def _count(number: JsonValue) -> int:
    return number if isinstance(number, int) and 0 <= number < 2**53 else 0


def _id(reply: JsonValue, what: str) -> str:
    name = reply.get("id") if isinstance(reply, dict) else None
    if not isinstance(name, str) or not name.isascii() or not name.isprintable() or "/" in name or not name:
        raise _strange(what, reply)
    return name


def _strange(what: str, reply: JsonValue) -> RequestError:
    return RequestError(f"the endpoint's answer is no {what}: {words(reply)}", prompt=_NOTHING)
