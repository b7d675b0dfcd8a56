"""A run over 60 mails with one slow call each, to be killed: ``python -m tests.batch.killed FOLDER LEDGER SECONDS``.

Each call that is paid adds a line to the ledger.
"""

import asyncio
import sys
from datetime import date
from pathlib import Path

from pipeline.batch.job import Days
from pipeline.batch.plan import Inbox
from pipeline.batch.progress import Silent
from pipeline.batch.runner import Summary, run
from pipeline.batch.store import Store
from pipeline.inbox.threads import Own
from pipeline.llm.cache import Cached
from pipeline.llm.model import Parameters
from pipeline.types.message import Message
from pipeline.types.outcome import Outcome
from pipeline.types.prompt import Completion, Prompt
from tests.batch.fakes import TODAY, FakeFlow, completion, letters, prompt

MAILS, WORKERS = 60, 8


class Paid:
    """A model that takes its time, and whose calls leave a trace that no kill takes away."""

    def __init__(self, ledger: Path, seconds: float) -> None:
        self._ledger, self._seconds = ledger, seconds

    async def complete(self, prompt: Prompt) -> Completion:
        with self._ledger.open("a") as file:
            file.write(f"{prompt.messages[0].content}\n")
        await asyncio.sleep(self._seconds)
        return completion("")


class PaidFlow(FakeFlow):
    """A flow of one call."""

    def __init__(self, store: Store, ledger: Path, seconds: float) -> None:
        super().__init__()
        self._model = Cached(Paid(ledger, seconds), Parameters(model="some-model"), store)

    async def reply(self, message: Message, key: str, today: date) -> Outcome:
        await self._model.complete(prompt(message.subject))
        return await super().reply(message, key, today)


async def go(folder: Path, ledger: Path, seconds: float) -> Summary:
    with Store(folder) as store:
        inbox = Inbox(letters(*map(str, range(MAILS))), Own(), Days(TODAY))
        return await run(inbox, PaidFlow(store, ledger, seconds), store, Silent(), workers=WORKERS)


if __name__ == "__main__":
    asyncio.run(go(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])))
