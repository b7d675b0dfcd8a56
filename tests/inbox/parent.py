"""A parent to be killed, whose child is ``idle`` or ``busy``: ``python -m tests.inbox.parent STATE`` prints its id."""

import asyncio
import sys
import time

from tests.inbox.letters import FATE, mail, raw
from tests.inbox.test_worker import about, misbehaving


async def ask() -> None:
    worker = misbehaving()
    await worker.read(raw(mail()), FATE)
    print(worker.pid, flush=True)
    if sys.argv[1] == "busy":
        await worker.read(about("spin"), FATE)
    time.sleep(60)  # noqa: ASYNC251 - the parent is to do nothing at all


if __name__ == "__main__":
    asyncio.run(ask())
