"""What each way of pacing gets from a rate-limited provider, in virtual time: ``python -m tests.bench_pace``.

The provider lets 120 requests a second through, 20 at once, and answers in a quarter of a second; 200 clients ask one
message after another for five minutes. Left out: the network, and what our own code costs.
"""

import asyncio
import random
from collections.abc import Callable
from typing import NamedTuple

from pipeline.errors import CandorError
from pipeline.llm.model import Model
from pipeline.llm.pacing import Paced
from pipeline.llm.retry import Retrying
from pipeline.types.prompt import Completion, Prompt
from tests.llm.fakes import make_prompt
from tests.llm.virtual import Options, Provider, passed

CLIENTS = 200
SECONDS = 300.0

_PROMPT = make_prompt()
_FAULTS = Options(random_429=0.05, random_500=0.02, hang=0.01, patience=5, retry_after=None)


class Row(NamedTuple):
    """``share`` is of what the provider allows, ``wasted`` of all calls; ``failed`` counts messages."""

    share: float
    limited: int
    wasted: float
    failed: int
    most: int  # calls in flight


class Fixed:
    """A plain gate, for comparison."""

    def __init__(self, inner: Provider, width: int) -> None:
        self._inner, self._gate = inner, asyncio.Semaphore(width)

    async def complete(self, prompt: Prompt) -> Completion:
        async with self._gate:
            return await self._inner.complete(prompt)


def measured(options: Options, pace: Callable[[Provider], Model], seconds: float = SECONDS) -> Row:
    """``CLIENTS`` at one provider for so long."""
    return passed(_load(Provider(options), pace, seconds))


async def _load(provider: Provider, pace: Callable[[Provider], Model], seconds: float) -> Row:
    random.seed(provider.options.seed)  # of the waits between tries
    model = Retrying(pace(provider), clock=asyncio.get_running_loop().time)
    failed = 0

    async def client() -> None:
        nonlocal failed
        while True:
            try:
                await model.complete(_PROMPT)
            except CandorError:
                failed += 1

    clients = [asyncio.create_task(client()) for _ in range(CLIENTS)]
    await asyncio.sleep(seconds)
    ok, limited, calls = provider.ok, provider.limited, provider.calls
    for one in clients:
        one.cancel()
    await asyncio.gather(*clients, return_exceptions=True)
    o = provider.options
    allowed = seconds * o.rate * (1 - o.random_429 - o.random_500 - o.hang)
    return Row(ok / allowed, limited, limited / calls, failed, provider.most)


def fixed(width: int) -> Callable[[Provider], Model]:
    """So many at once, whatever happens."""
    return lambda provider: Fixed(provider, width)


def ours(provider: Provider) -> Model:
    """``Paced`` under a cap that is never reached."""
    return Paced(provider, CLIENTS)


ROWS: dict[str, tuple[Options, Callable[[Provider], Model]]] = {
    "fixed 16": (Options(), fixed(16)),
    "fixed 64": (Options(), fixed(64)),
    "fixed 200": (Options(), fixed(200)),
    "ours, Retry-After 1 s": (Options(), ours),
    "ours, no Retry-After": (Options(retry_after=None), ours),
    "ours, Retry-After 20 s": (Options(retry_after=20), ours),
    "ours, headers of the bucket": (Options(headers="bucket"), ours),
    "ours, headers by the minute": (Options(headers="minute"), ours),
    "ours, headers, whole minutes": (Options(headers="window"), ours),
    "5 % 429, 2 % 500, 1 % hang: fixed 64": (_FAULTS, fixed(64)),
    "  ours, no headers": (_FAULTS, ours),
    "  ours, headers of the bucket": (_FAULTS.model_copy(update={"headers": "bucket"}), ours),
}


def main() -> None:
    """Print the table."""
    print(f"{'':38}{'of allowed':>11}{'429s':>8}{'wasted':>8}{'failed':>8}{'in flight':>11}")
    for name, (options, pace) in ROWS.items():
        row = measured(options, pace)
        print(f"{name:38}{row.share:11.1%}{row.limited:8,}{row.wasted:8.1%}{row.failed:8}{row.most:11}")


if __name__ == "__main__":
    main()
