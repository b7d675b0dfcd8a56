"""A batch service on this machine for tests: /v1/files and /v1/batches, raw, with faults that a test asks for."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from urllib.parse import parse_qs, urlsplit

from pydantic import JsonValue

Answer = Callable[[bytes], tuple[bytes, bytes]]
"""What a file of requests gives: the output file and the error file."""
Json = dict[str, JsonValue]


class Service:
    """A service that ``answer``s; a batch runs through ``stages``, one a look.

    ``ends`` are the last statuses of the batches in the order of their making, ``completed`` where it has none left.
    ``silent`` answers to a request for a batch are not given, though it is made; ``asked`` counts what came, by method
    and path.
    """

    def __init__(self, answer: Answer, *ends: str, stages: tuple[str, ...] = ("validating", "in_progress")) -> None:
        self.answer, self.ends, self.stages = answer, list(ends), stages
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, Json] = {}
        self.looks: dict[str, int] = {}
        self.asked: list[str] = []
        self.silent, self.lists = 0, True
        self.made, self.looked = asyncio.Event(), asyncio.Event()
        self._open: set[asyncio.StreamWriter] = set()
        self._ending: list[asyncio.Task[None]] = []
        self._last: dict[str, str] = {}

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[str]:
        """Serve inside; gives the address."""
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        try:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        finally:
            server.close()
            for writer in self._open:
                writer.close()
            await asyncio.gather(*self._ending, return_exceptions=True)

    @property
    def inputs(self) -> list[list[str]]:
        """The keys in the file of each batch."""
        files = [self.files[str(batch["input_file_id"])] for batch in self.batches.values()]
        return [[json.loads(line)["custom_id"] for line in file.splitlines()] for file in files]

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        self._ending += filter(None, [asyncio.current_task()])
        try:
            await self._serve(reader, writer)
        finally:
            self._open.discard(writer)
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                first, *lines = head.strip().split("\r\n")
                headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
                method, path, _ = first.split()
                status, content = self._reply(method, path, await _body(reader, headers))
                if status:
                    length = f"content-length: {len(content)}"
                    writer.write(f"HTTP/1.1 {status} .\r\ncontent-type: application/json\r\n{length}\r\n\r\n".encode())
                    writer.write(content)
                else:
                    await reader.read()

    def _reply(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        url = urlsplit(path)
        self.asked.append(f"{method} {url.path}")
        match method, *url.path.removeprefix("/v1/").split("/"):
            case "POST", "files":
                return _json(
                    self._keep(body.split(b'filename="', 1)[1].split(b"\r\n\r\n", 1)[1].rsplit(b"\r\n--", 1)[0])
                )
            case "GET", "files", name, "content":
                return (200, self.files[name]) if name in self.files else _json({"error": {"message": "gone"}}, 404)
            case "POST", "batches":
                return self._make(json.loads(body))
            case "GET", "batches" if self.lists:
                return self._list(parse_qs(url.query))
            case "GET", "batches", name if name in self.batches:
                return _json(self._look(name))
        return _json({"error": {"message": "no such thing"}}, 404)

    def _keep(self, content: bytes) -> Json:
        name = f"file-{len(self.files) + 1}"
        self.files[name] = content
        return {"id": name, "object": "file", "bytes": len(content)}

    def _make(self, asked: Json) -> tuple[int, bytes]:
        assert (asked["endpoint"], asked["completion_window"]) == ("/v1/chat/completions", "24h")
        name = f"batch_{len(self.batches) + 1}"
        metadata, file = asked["metadata"], asked["input_file_id"]
        self.batches[name] = {"id": name, "status": "validating", "metadata": metadata, "input_file_id": file}
        self._last[name] = self.ends.pop(0) if self.ends else "completed"
        self.made.set()
        if self.silent:
            self.silent -= 1
            return 0, b""
        return _json(self.batches[name])

    def _list(self, query: dict[str, list[str]]) -> tuple[int, bytes]:
        names = list(self.batches)[::-1]
        start = names.index(query["after"][0]) + 1 if "after" in query else 0
        page = names[start : start + int(query["limit"][0])]
        return _json({"object": "list", "data": [self.batches[name] for name in page]})

    def _look(self, name: str) -> Json:
        batch, looked = self.batches[name], self.looks.get(name, 0)
        self.looks[name] = looked + 1
        self.looked.set()
        if looked < len(self.stages):
            batch["status"] = self.stages[looked]
        elif batch["status"] != self._last[name]:
            batch["status"] = self._last[name]
            if batch["status"] == "failed":
                batch["errors"] = {
                    "data": [{"code": "token_limit_exceeded", "message": "Enqueued token limit reached"}]
                }
            else:
                output, errors = self.answer(self.files[str(batch["input_file_id"])])
                batch["output_file_id"] = self._keep(output)["id"] if output else None
                batch["error_file_id"] = self._keep(errors)["id"] if errors else None
        return batch


def _json(reply: Json, status: int = 200) -> tuple[int, bytes]:
    return status, json.dumps(reply).encode()


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return await reader.readexactly(int(headers.get("content-length", 0)))
    parts = []
    while size := int((await reader.readline()).strip(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(parts)
