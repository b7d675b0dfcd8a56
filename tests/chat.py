"""What the providers on this machine share: one client's HTTP connection, and the bodies of Chat Completions answers.

Left out: streaming, and everything that no client of a bench sends.
"""

import asyncio
import json


class Connection(asyncio.Protocol):
    """One client's connection; it is kept alive. ``asked`` is told of each request."""

    def __init__(self) -> None:
        self._held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Every whole request that is in."""
        self._held += data
        head, found, rest = self._held.partition(b"\r\n\r\n")
        size = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
        if found and len(rest) >= size:
            self._held = rest[size:]
            self.asked(head.split(b" ", 2)[1].decode(), rest[:size])

    def asked(self, path: str, body: bytes) -> None:
        """A request, to be answered by ``send`` now or later."""
        raise NotImplementedError

    def send(self, status: str, body: str, headers: str = "") -> None:
        """An answer; each of ``headers`` ends in a line end."""
        data = body.encode()
        head = f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\n{headers}"
        self._transport.write(f"{head}content-length: {len(data)}\r\n\r\n".encode() + data)


def completion(model: str, text: str, finish: str) -> str:
    """A reply; what it took is always the same."""
    message = {"role": "assistant", "content": text, "refusal": None}
    choice = {"index": 0, "finish_reason": finish, "logprobs": None, "message": message}
    usage = {"prompt_tokens": 3000, "completion_tokens": 400, "total_tokens": 3400}
    whole = {"id": "c", "object": "chat.completion", "created": 1, "model": model, "choices": [choice], "usage": usage}
    return json.dumps(whole)


def error(message: str) -> str:
    """A refusal in the provider's words."""
    return json.dumps({"error": {"message": message, "type": "server_error", "code": None, "param": None}})
