"""A provider on this machine: Chat Completions after a fixed time, with canned replies, seeded faults and counters.

A process of its own, so that what it costs is on nobody's bill: ``python -m tests.bench_eval.server REPLIES``, a JSON
object from the digest of a request's messages to the reply; it prints its port. Left out: streaming, and everything
that no client of this bench sends.
"""

import asyncio
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from tests.chat import Connection, completion, error

SECONDS = 0.1
FAULTS = {"429": 0.05, "500": 0.02, "malformed": 0.01, "truncated": 0.01}
"""The share of requests that each fault meets."""


class Answer(NamedTuple):
    """What is sent back."""

    status: str
    body: str
    headers: str = ""


class Provider:
    """Answers and counters. A fault is drawn from the request and the number of its try: the same for every client."""

    def __init__(self, replies: dict[str, str]) -> None:
        self._replies = replies
        self.reset({})

    def reset(self, faults: dict[str, float]) -> None:
        """Begin to count anew."""
        self._faults, self._tries = faults, Counter[str]()
        self.stats: Counter[str] = Counter(calls=0, now=0, most=0, strangers=0)

    def answer(self, body: bytes) -> Answer:
        """What this request gets."""
        asked = json.loads(body)
        digest = digest_of(asked["messages"])
        self._tries[digest] += 1
        fault = self._drawn(digest)
        self.stats[f"fault {fault}" if fault else "whole"] += 1
        match fault:
            case "429":
                return Answer("429 Too Many Requests", error("slow down"), "retry-after: 1\r\n")
            case "500":
                return Answer("500 Internal Server Error", error("something broke"))
        text = self._replies.get(digest, "")
        self.stats["strangers"] += not text
        cut = fault == "truncated"
        whole = completion(asked["model"], text[: len(text) // 2] if cut else text, "length" if cut else "stop")
        return Answer("200 OK", whole[: len(whole) // 2] if fault == "malformed" else whole)

    def _drawn(self, digest: str) -> str:
        left = Random(f"{digest} {self._tries[digest]}").random()
        for name, share in self._faults.items():
            left -= share
            if left < 0:
                return name
        return ""


def digest_of(messages: list[dict[str, Any]]) -> str:
    """The digest of what a request says, whichever roles and parts a client puts it in."""
    return hashlib.sha256("\n".join(_text(each["content"]) for each in messages).encode()).hexdigest()


def _text(content: str | list[dict[str, str]]) -> str:
    return content if isinstance(content, str) else "".join(part["text"] for part in content)


class Client(Connection):
    """One client, answered after a fixed time."""

    def __init__(self, provider: Provider) -> None:
        super().__init__()
        self._provider = provider

    def asked(self, path: str, body: bytes) -> None:
        """Counters and their beginning at once, a reply later."""
        provider, stats = self._provider, self._provider.stats
        if path == "/stats":
            return self.send("200 OK", json.dumps(stats))
        if path == "/reset":
            provider.reset(json.loads(body))
            return self.send("200 OK", "{}")
        stats["calls"] += 1
        stats["now"] += 1
        stats["most"] = max(stats["most"], stats["now"])
        asyncio.get_running_loop().call_later(SECONDS, self._done, provider.answer(body))
        return None

    def _done(self, answer: Answer) -> None:
        self._provider.stats["now"] -= 1
        self.send(*answer)


async def serve(provider: Provider) -> None:
    """Answer until the parent goes."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Client(provider), "127.0.0.1", 0, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(Provider(json.loads(Path(sys.argv[1]).read_text("utf-8")))))
