"""A provider on this machine for load runs: Chat Completions over made mails, with a pace, limits, faults, counters.

``python -m tests.torture.provider --latency 0.1 --rate 120 --burst 20 --fault 429=0.05`` prints its address and ends
with the process that started it. ``GET /stats`` tells its ``Stats``, ``GET /bodies`` how often each body was asked (by
SHA-256), ``POST /reset`` takes ``Options`` as JSON and counts anew. What it costs is on nobody's bill, being a process
of its own. Left out: streaming, and everything that no client here sends.
"""

import argparse
import asyncio
import hashlib
import json
import math
import os
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import NamedTuple

from pydantic import Field

from pipeline.types.base import Value
from tests.chat import Connection, completion, error
from tests.torture.replies import reply_to

FAULTS = ("429", "500", "hang", "malformed", "truncated", "empty")


_QUICK = 0.01  # seconds for a refusal


class Options(Value):
    """How it answers. ``faults`` is the share of requests that each of ``FAULTS`` meets; ``rate`` 0 is no limit.

    ``latency`` is in seconds and varies by the share ``jitter`` to either side. At the limit of ``rate`` requests a
    second (a bucket of ``burst``) it says 429 with ``Retry-After: retry_after`` (0: without), and with ``headers``
    every answer says what is left, as OpenAI's do.
    """

    latency: float = 0.1
    jitter: float = 0.0
    rate: float = 0.0
    burst: int = 20
    retry_after: int = 1
    headers: bool = True
    faults: dict[str, float] = Field(default_factory=dict)
    seed: int = 0
    keep: str = ""  # a file that gets every body, a line each


class Stats(Value):
    """What was counted since the last reset.

    ``calls`` are all requests, ``whole`` those answered with a completion that is whole, ``limited`` the 429s of the
    rate limit, ``faults`` those drawn, ``bodies`` how many different ones, ``again`` the whole completions beyond the
    first of each body, ``now`` and ``most`` the calls in flight, ``dropped`` those whose client was gone before the
    answer.
    """

    calls: int = 0
    whole: int = 0
    limited: int = 0
    faults: dict[str, int] = Field(default_factory=dict)
    bodies: int = 0
    again: int = 0
    now: int = 0
    most: int = 0
    dropped: int = 0
    seconds: float = 0.0  # from the first request to the last answer


class Answer(NamedTuple):
    """What is sent back; a hang is never sent, and ``quick`` is what no model was asked for: a gateway's refusal."""

    status: str
    body: str
    headers: str = ""
    hang: bool = False
    quick: bool = False


class Bucket:
    """Requests a second, and how many at once."""

    def __init__(self, rate: float, burst: int) -> None:
        self._rate, self._burst = rate, burst
        self._held, self._at = float(burst), time.monotonic()

    def taken(self) -> bool:
        """Whether there was one left."""
        now = time.monotonic()
        self._held = min(self._burst, self._held + (now - self._at) * self._rate)
        self._at = now
        if self._held < 1:
            return False
        self._held -= 1
        return True

    def told(self) -> str:
        """The headers: the bucket's size, what is left of it, and when it will be full again."""
        left = (self._burst - self._held) / self._rate
        return (
            f"x-ratelimit-limit-requests: {self._burst}\r\nx-ratelimit-remaining-requests: {math.floor(self._held)}\r\n"
            f"x-ratelimit-reset-requests: {left * 1000:.0f}ms\r\n"
        )


class Provider:
    """Answers and counters. A fault is drawn from the request and the number of its try: the same for every client."""

    def __init__(self, options: Options) -> None:
        self._texts: dict[str, str] = {}
        self.reset(options)

    def reset(self, options: Options) -> None:
        """Answer otherwise, and count anew."""
        self.options = options
        self.asked, self.paid, self._drawn = Counter[str](), Counter[str](), Counter[str]()
        self._bucket = Bucket(options.rate, options.burst) if options.rate else None
        self.calls = self.limited = self.now = self.most = self.dropped = 0
        self._first = self._last = 0.0

    def stats(self) -> Stats:
        """The counters as they are."""
        whole = sum(self.paid.values())
        return Stats(
            calls=self.calls, whole=whole, limited=self.limited, faults=dict(self._drawn), bodies=len(self.asked),
            again=whole - len(self.paid), now=self.now, most=self.most, dropped=self.dropped,
            seconds=max(0.0, self._last - self._first),
        )  # fmt: skip

    def begun(self) -> float:
        """A request is in; gives the seconds until its answer."""
        self.calls += 1
        self.now += 1
        self.most = max(self.most, self.now)
        self._first = self._first or time.monotonic()
        options = self.options
        if not options.jitter:
            return options.latency
        return options.latency * Random(f"{options.seed} {self.calls}").uniform(1 - options.jitter, 1 + options.jitter)

    def ended(self) -> None:
        """Its answer is out, or its client is gone."""
        self.now -= 1
        self._last = time.monotonic()

    def answer(self, body: bytes) -> Answer:
        """What this request gets."""
        digest = hashlib.sha256(body).hexdigest()
        self.asked[digest] += 1
        if self.options.keep:
            with Path(self.options.keep).open("ab") as file:
                file.write(body + b"\n")
        headers = self._bucket.told() if self._bucket and self.options.headers else ""
        if self._bucket and not self._bucket.taken():
            self.limited += 1
            return self._slow_down(headers)
        fault = self._fault(digest)
        self._drawn.update([fault] if fault else [])
        match fault:
            case "429":
                return self._slow_down(headers)
            case "500":
                return Answer("500 Internal Server Error", error("something broke"), headers)
            case "hang":
                return Answer("", "", hang=True)
        asked = json.loads(body)
        text = self._texts.get(digest) or self._texts.setdefault(digest, reply_to(asked["messages"]))
        whole = completion(asked["model"], _spoiled(text, fault), "length" if fault == "truncated" else "stop")
        self.paid.update([] if fault else [digest])
        return Answer("200 OK", whole, headers)

    def _slow_down(self, headers: str) -> Answer:
        wait = f"retry-after: {self.options.retry_after}\r\n" if self.options.retry_after else ""
        return Answer("429 Too Many Requests", error("slow down"), headers + wait, quick=True)

    def _fault(self, digest: str) -> str:
        if not self.options.faults:
            return ""
        left = Random(f"{self.options.seed} {digest} {self.asked[digest]}").random()
        for name, share in self.options.faults.items():
            left -= share
            if left < 0:
                return name
        return ""


class Client(Connection):
    """One client, answered after a while or never."""

    def __init__(self, provider: Provider) -> None:
        super().__init__()
        self._provider = provider
        self._open: set[asyncio.TimerHandle] = set()
        self._hanging = 0

    def connection_lost(self, _error: Exception | None) -> None:
        """The client is gone, and what it had asked with it."""
        for timer in self._open:
            timer.cancel()
        for _ in range(len(self._open) + self._hanging):
            self._provider.ended()
        self._provider.dropped += len(self._open)
        self._open, self._hanging = set(), 0

    def asked(self, path: str, body: bytes) -> None:
        """Figures and settings at once, a reply later."""
        provider = self._provider
        match path.rpartition("/")[2]:
            case "stats":
                self.send("200 OK", provider.stats().model_dump_json())
            case "bodies":
                self.send("200 OK", json.dumps(provider.asked))
            case "reset":
                provider.reset(Options.model_validate_json(body))
                self.send("200 OK", "{}")
            case _:
                self._later(provider.begun(), body)

    def _later(self, seconds: float, body: bytes) -> None:
        answer = self._provider.answer(body)
        if answer.hang:
            self._hanging += 1
            return

        def done() -> None:
            self._open.discard(timer)
            self._provider.ended()
            self.send(answer.status, answer.body, answer.headers)

        timer = asyncio.get_running_loop().call_later(min(seconds, _QUICK) if answer.quick else seconds, done)
        self._open.add(timer)


def _spoiled(text: str, fault: str) -> str:
    """Half a reply for what is truncated, none for what is empty, and no JSON for what is malformed."""
    return {"truncated": text[: len(text) // 2], "empty": "", "malformed": f"{text[:-2]}]"}.get(fault, text)


async def serve(provider: Provider) -> None:
    """Answer until the parent goes."""
    loop, parent = asyncio.get_running_loop(), os.getppid()
    server = await loop.create_server(lambda: Client(provider), "127.0.0.1", 0, backlog=512)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    while os.getppid() == parent:  # noqa: ASYNC110 - no event tells of it
        await asyncio.sleep(0.5)


def options_of(arguments: list[str] | None = None) -> Options:
    """The options of the command line, each under its own name; ``--fault NAME=SHARE`` may be given several times."""
    parser = argparse.ArgumentParser()
    for name, field in Options.model_fields.items():
        if name not in {"faults", "headers"}:
            parser.add_argument(f"--{name.replace('_', '-')}", type=type(field.default), default=field.default)
    parser.add_argument("--no-headers", dest="headers", action="store_false")
    parser.add_argument("--fault", dest="given", action="append", default=[], metavar="NAME=SHARE")
    told = vars(parser.parse_args(arguments))
    faults = dict(one.split("=") for one in told.pop("given"))
    assert set(faults) <= set(FAULTS), f"faults are {FAULTS}"
    return Options.model_validate({**told, "faults": faults})


if __name__ == "__main__":
    asyncio.run(serve(Provider(options_of())))
