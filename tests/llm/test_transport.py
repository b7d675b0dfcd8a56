"""The network itself, over both transports, against servers on this machine that do one thing."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from pipeline.errors import CandorError, RequestError, TransportError
from pipeline.llm.bounds import LIMIT
from pipeline.llm.openai import OpenAIModel
from pipeline.llm.profiles import Profile
from pipeline.llm.transport import has_aiohttp, unsent
from pipeline.types.prompt import Completion
from tests.llm.fakes import GOOD, PARAMETERS, chat, make_prompt

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
HELD = Profile(keep_alive=True)
LET_GO = Profile(keep_alive=False)

pytestmark = pytest.mark.parametrize(
    "aiohttp",
    [
        pytest.param(False, id="httpx2"),
        pytest.param(
            True, id="aiohttp", marks=pytest.mark.skipif(not has_aiohttp(), reason="aiohttp is not installed")
        ),
    ],
)


class Door:
    """A server on this machine: ``serve`` answers on each connection; what came is remembered."""

    def __init__(self, serve: Serve) -> None:
        self.serve = serve
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.connections = 0

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            await self.serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def request(self, reader: asyncio.StreamReader) -> str:
        """Read one request; its path."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.strip().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines)
        await reader.readexactly(int(headers.get("content-length", 0)))
        self.calls.append((first, headers))
        return first

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[str]:
        server = await asyncio.start_server(self.accept, "127.0.0.1", 0)
        try:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        finally:
            server.close()


def answer(status: str = "200 OK", *headers: str, body: object = None) -> bytes:
    content = json.dumps(chat() if body is None else body).encode()
    head = [f"HTTP/1.1 {status}", "content-type: application/json", f"content-length: {len(content)}", *headers]
    return "\r\n".join([*head, "", ""]).encode() + content


def saying(content: bytes) -> Door:
    """A server that answers every request of a connection with the same bytes."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await door.request(reader):
            writer.write(content)
            await writer.drain()
            if "HTTP/1.1 200" not in content.decode("latin-1"):
                return

    door = Door(serve)
    return door


async def ask(
    url: str,
    times: int = 1,
    *,
    aiohttp: bool,
    profile: Profile = HELD,
    timeout: float = 2,  # noqa: ASYNC109 - the model's
) -> list[Completion | BaseException]:
    """What comes of so many calls at once."""
    async with OpenAIModel(
        PARAMETERS, base_url=url, api_key="k", profile=profile, timeout=timeout, connections=3, aiohttp=aiohttp
    ) as model:
        calls = (model.complete(make_prompt(str(n))) for n in range(times))
        return await asyncio.gather(*calls, return_exceptions=True)


async def fails(url: str, *, aiohttp: bool, timeout: float = 2) -> CandorError:  # noqa: ASYNC109 - it is what is tested
    (error,) = await ask(url, aiohttp=aiohttp, timeout=timeout)
    assert isinstance(error, CandorError)
    return error


async def test_no_more_connections_than_allowed(aiohttp: bool) -> None:  # noqa: FBT001 - a parameter
    open_now, most = 0, 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal open_now, most
        while await door.request(reader):
            open_now += 1
            most = max(most, open_now)
            await asyncio.sleep(0.01)
            open_now -= 1
            writer.write(answer())

    door = Door(serve)
    async with door.opened() as url:
        replies = await ask(url, 12, aiohttp=aiohttp)
    assert {getattr(reply, "text", reply) for reply in replies} == {GOOD}
    assert (most, door.connections) == (3, 3)


async def test_a_local_server_is_not_held(aiohttp: bool) -> None:  # noqa: FBT001 - a parameter
    door = saying(answer("200 OK", "connection: close"))
    async with door.opened() as url:
        await ask(url, 4, aiohttp=aiohttp, profile=LET_GO)
    assert door.connections == 4
    assert {headers["connection"] for _, headers in door.calls} == {"close"}


async def test_a_redirect_is_not_followed(aiohttp: bool) -> None:  # noqa: FBT001 - a parameter
    elsewhere = saying(answer())
    async with elsewhere.opened() as other:
        door = saying(answer("307 Temporary Redirect", f"location: {other}/chat/completions"))
        async with door.opened() as url:
            error = await fails(url, aiohttp=aiohttp)
    assert isinstance(error, RequestError)
    assert not elsewhere.calls


async def test_a_proxy_of_the_environment_is_not_for_local_servers(
    aiohttp: bool,  # noqa: FBT001 - a parameter
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    proxy, door = saying(answer()), saying(answer())
    async with proxy.opened() as detour, door.opened() as url:
        monkeypatch.setenv("HTTP_PROXY", detour.removesuffix("/v1"))
        monkeypatch.delenv("NO_PROXY", raising=False)
        await ask(url, aiohttp=aiohttp)
        await ask("http://model.example/v1", aiohttp=aiohttp)
    assert len(door.calls) == 1
    assert [first for first, _ in proxy.calls] == ["POST http://model.example/v1/chat/completions HTTP/1.1"]


async def test_no_cookie_returns(aiohttp: bool) -> None:  # noqa: FBT001 - a parameter
    door = saying(answer("200 OK", "set-cookie: who=me; path=/"))
    async with (
        door.opened() as url,
        OpenAIModel(PARAMETERS, base_url=url, api_key="k", profile=HELD, aiohttp=aiohttp) as model,
    ):
        await model.complete(make_prompt("a"))
        await model.complete(make_prompt("b"))
    assert [headers.get("cookie") for _, headers in door.calls] == [None, None]


async def test_a_query_and_a_header_of_its_own_for_the_key(aiohttp: bool) -> None:  # noqa: FBT001 - a parameter
    door = saying(answer())
    async with door.opened() as url:
        await ask(f"{url}?api-version=2024-10-21", aiohttp=aiohttp, profile=Profile(key_header="api-key"))
    ((first, headers),) = door.calls
    assert first == "POST /v1/chat/completions?api-version=2024-10-21 HTTP/1.1"
    assert headers["api-key"] == "k"
    assert "authorization" not in headers


async def test_a_server_that_never_ends_its_answer(aiohttp: bool) -> None:  # noqa: FBT001 - a parameter
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await door.request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n")
        while True:  # each blank line is a sign of life, so that no timeout between two reads would ever fire
            writer.write(b"\n")
            await writer.drain()
            await asyncio.sleep(0.02)

    door = Door(serve)
    async with door.opened() as url:
        error = await fails(url, aiohttp=aiohttp, timeout=0.2)
    assert isinstance(error, TransportError)
    assert str(error) == "no answer within 0.2 seconds"


@pytest.mark.parametrize("status", ["200 OK", "500 Broken"])
async def test_an_answer_that_is_too_large_is_given_up(aiohttp: bool, status: str) -> None:  # noqa: FBT001 - a parameter
    sent = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await door.request(reader)
        writer.write(f"HTTP/1.1 {status}\r\ncontent-length: {10 * LIMIT}\r\n\r\n".encode())
        while sent < 10 * LIMIT:
            writer.write(b" " * 100_000)
            await writer.drain()
            sent += 100_000

    door = Door(serve)
    async with door.opened() as url:
        error = await fails(url, aiohttp=aiohttp, timeout=20)
    assert isinstance(error, RequestError)  # which is not asked again
    assert str(error) == "the endpoint's answer is longer than 4 MB"
    assert len(door.calls) == 1
    assert sent < 10 * LIMIT


async def test_a_large_answer_is_read_whole(aiohttp: bool) -> None:  # noqa: FBT001 - a parameter
    padded = json.dumps(chat()).encode().ljust(LIMIT)
    door = saying(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % LIMIT + padded)
    async with door.opened() as url:
        (reply,) = await ask(url, aiohttp=aiohttp, timeout=20)
    assert getattr(reply, "text", reply) == GOOD


@pytest.mark.parametrize("status", ["200 OK", "500 Broken"])
@pytest.mark.parametrize(
    ("coding", "content"), [("gzip", gzip.compress(bytes(100_000_000))), ("br", b"{}"), ("gzip, gzip", b"{}")]
)
async def test_a_compressed_answer_is_not_unpacked(
    aiohttp: bool,  # noqa: FBT001 - a parameter
    status: str,
    coding: str,
    content: bytes,
) -> None:
    head = f"HTTP/1.1 {status}\r\ncontent-encoding: {coding}\r\ncontent-length: {len(content)}\r\n\r\n"
    door = saying(head.encode() + content)
    async with door.opened() as url:
        error = await fails(url, aiohttp=aiohttp, timeout=20)
    assert isinstance(error, RequestError)
    assert str(error) == "the endpoint's answer is compressed, though it was asked not to be"
    assert [headers["accept-encoding"] for _, headers in door.calls] == ["identity"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nbad header\r\n\r\n",
    ],
)
async def test_noise_is_a_lost_answer(aiohttp: bool, content: bytes) -> None:  # noqa: FBT001 - a parameter
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await door.request(reader)
        writer.write(content)
        await writer.drain()

    door = Door(serve)
    async with door.opened() as url:
        error = await fails(url, aiohttp=aiohttp)
    assert isinstance(error, TransportError)
    assert str(error).startswith("no connection to the endpoint: ")
    assert not unsent(error), "the request arrived, so it may be billed"
    assert "\n" not in str(error)


async def test_nobody_there(aiohttp: bool) -> None:  # noqa: FBT001 - a parameter
    error = await fails("http://127.0.0.1:1/v1", aiohttp=aiohttp)
    assert isinstance(error, TransportError)
    assert str(error).startswith("no connection to the endpoint: ")
    assert unsent(error)
