"""``candor batch`` with the provider's model in the same process: ``... inside MBOX OUT [PROFILE]``.

The whole command but for the network: the cache, the store, the child that reads mail and the export are the true
ones. It prints a ``Told`` as JSON. With PROFILE, a sample of where the CPU goes is written there.
"""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pipeline.batch.compose as composing
from pipeline.batch.commands import Job, batch
from pipeline.batch.progress import Silent
from pipeline.inbox.worker import the_worker
from pipeline.llm.cache import Cached, Calls
from pipeline.llm.compose import ModelSpec, compose, parameters_of
from pipeline.llm.model import Model, Parameters, call_key
from pipeline.types.prompt import Completion, Prompt, Usage
from tests.bench_batch.metered import used
from tests.bench_batch.sampled import sampled
from tests.torture.mails import BUSINESS
from tests.torture.replies import reply_to


class Told(NamedTuple):
    """What such a run tells."""

    messages: int
    ended: int
    calls: int
    seconds: float
    cpu: float
    reader_cpu: float
    memory: float
    reader_memory: float


class Made:
    """The provider's model without a network; ``seconds`` is the CPU that it took itself."""

    def __init__(self, parameters: Parameters) -> None:
        self.calls, self.seconds = 0, 0.0
        self._parameters = parameters

    async def complete(self, prompt: Prompt) -> Completion:
        self.calls += 1
        begun = time.process_time()
        text = reply_to([{"content": turn.content} for turn in prompt.messages])
        self.seconds += time.process_time() - begun
        key = call_key(prompt, self._parameters)
        return Completion(text=text, model="made", call=key, usage=Usage(prompt_tokens=3000, calls=1))


def run(mbox: Path, out: Path) -> Told:
    """One run of the batch, whole."""
    spec = ModelSpec(name="openai:made")
    made = Made(parameters_of(spec))
    true = compose

    def composed(spec: ModelSpec, calls: Calls, *rest: object) -> AbstractAsyncContextManager[Model]:
        @asynccontextmanager
        async def opened() -> AsyncIterator[Model]:
            yield Cached(made, parameters_of(spec), calls)

        return opened() if spec.name == "openai:made" else true(spec, calls)

    vars(composing)["compose"] = composed  # the one seam that a model in this process can enter by
    job = Job(inbox=str(mbox), business=str(BUSINESS), prompts=(), model=spec, today="mail")
    begun = time.perf_counter()
    finished = asyncio.run(batch(out, job, date(2026, 12, 31), Silent()))
    seconds = time.perf_counter() - begun
    the_worker().close()  # so that its share is counted
    all_ = used()
    return Told(
        finished.summary.messages, finished.summary.ended, made.calls, seconds, all_.cpu - made.seconds,
        all_.child_cpu, all_.memory, all_.child_memory,
    )  # fmt: skip


def main() -> None:
    """Run, and print what it took."""
    mbox, out, *more = map(Path, sys.argv[1:])
    if not more:
        print(json.dumps(run(mbox, out)))
        return
    with sampled() as shares:
        told = run(mbox, out)
    more[0].write_text(json.dumps(shares), "utf-8")
    print(json.dumps(told))


if __name__ == "__main__":
    main()
