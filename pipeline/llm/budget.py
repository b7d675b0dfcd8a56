"""A limit on what the calls of one run may cost: the worst that a request can cost is set aside before it is made.

Afterwards the cost that its usage tells takes the place of what was set aside; where an endpoint tells none, or a
request was lost on its way, what was set aside counts as spent. So a run never spends more than its budget, as long as
the endpoint keeps to the length that it is told and the list of prices is right. Left out: what other runs spend.
"""

import asyncio
import json
from collections.abc import Callable
from decimal import Decimal
from urllib.parse import urlsplit

from pipeline.errors import BudgetError, EndpointError, ModelError, RequestError, TransportError, UsageError
from pipeline.llm.model import Model, Parameters
from pipeline.llm.patience import in_line
from pipeline.llm.prices import Price, price_of, read_on
from pipeline.llm.profiles import OPENAI_URL
from pipeline.llm.transport import unsent
from pipeline.types.prompt import Completion, Prompt, Usage

_FIRST = 2  # requests that a call may make until one has been answered: how to ask this endpoint may turn out wrong
_SCHEMAS = 3  # the schema is sent as its strict form, and it may be told in words too
_AWAY = frozenset({402, 409, 429})  # turned away at the door
_AROUND = 1_000  # tokens that an endpoint may put around what it is sent


class Budget:
    """US dollars for one run. ``spent`` is an upper bound of what its calls have cost so far."""

    def __init__(self, limit: Decimal, price: Price) -> None:
        self.limit, self.price, self.spent = limit, price, Decimal(0)
        self._reserved = Decimal(0)
        self._open = 0  # calls in flight
        self._settled = asyncio.Event()  # set, and replaced, whenever one of them ends

    async def reserve(self, worst: Callable[[], Decimal]) -> Decimal:
        """Set aside what a call may cost at the worst, once calls in flight have left room for it; returns how much.

        Raises:
            BudgetError: there is no room, and no call in flight that could leave any.
        """
        while self.spent + self._reserved + worst() > self.limit:
            if not self._open:
                raise BudgetError(self._ended(worst()))
            with in_line():
                await self._settled.wait()
        reserved = worst()
        self._reserved += reserved
        self._open += 1
        return reserved

    def settle(self, worst: Decimal, cost: Decimal) -> None:
        """Give back what was set aside for a call, and count what it has cost."""
        self._reserved -= worst
        self._open -= 1
        self.spent += cost
        self._settled.set()
        self._settled = asyncio.Event()

    def _ended(self, worst: Decimal) -> str:
        return (
            f"the budget of ${self.limit:f} holds no further call: ${self.spent:.4f} is spent at most, and the next "
            f"may cost ${worst:.4f}; what is done is kept, and the same command with a new --budget goes on from here"
        )


def budget_of(base_url: str | None, model: str, dollars: Decimal) -> Budget:
    """A budget for the calls of a model at an endpoint; None is OpenAI.

    Raises:
        UsageError: the list of prices does not hold it.
    """
    price = price_of(base_url, model)
    if price is None:
        host = urlsplit(base_url or OPENAI_URL).hostname
        day = read_on()
        raise UsageError(
            f"no budget can be kept: the list of prices ({day.day} {day:%B %Y}) holds none for {model} at {host}"
        )
    return Budget(dollars, price)


class Budgeted:
    """A model around a model that asks ``inner`` only what the budget surely covers.

    It stands inside ``Retrying``: each try may be billed.
    """

    def __init__(self, inner: Model, parameters: Parameters, budget: Budget) -> None:
        self._inner, self._parameters, self._budget = inner, parameters, budget
        self._requests = _FIRST

    async def complete(self, prompt: Prompt) -> Completion:
        """As ``inner`` does.

        Raises:
            BudgetError: the call might cost more than is left; it was not made.
        """
        request = _sure(self._budget.price.of(worst_of(prompt, self._parameters)))
        worst = await self._budget.reserve(lambda: self._requests * request)
        cost = worst  # of a call that is cancelled, too
        try:
            completion = await self._inner.complete(prompt)
            self._requests = 1
            cost = self._cost(completion.usage, worst)
        except ModelError as error:
            cost = self._failed(error, worst)
            raise
        except EndpointError as error:  # turned away, and nobody asks again; an answer before that is on the bill
            cost = self._cost(error.usage, worst) if error.usage.calls else Decimal(0)
            raise
        finally:
            self._budget.settle(worst, cost)
        return completion

    def _cost(self, usage: Usage, worst: Decimal) -> Decimal:
        told = self._budget.price.of(usage)
        return worst if told is None else told

    def _failed(self, error: ModelError, worst: Decimal) -> Decimal:
        """What a call may be billed that failed with ``error``; it may tell of an answer before the one that failed."""
        told = self._budget.price.of(error.usage)
        if _unbilled(error):
            return told or Decimal(0)
        return worst if told is None or isinstance(error, TransportError) else told


def worst_of(prompt: Prompt, parameters: Parameters) -> Usage:
    """More than a request can take: no tokenizer makes more tokens of a text than it has bytes, replies have a limit.

    Counted are tokens of one request.
    """
    texts = sum(len(turn.content.encode("utf-8", "replace")) for turn in prompt.messages)
    schema = len(json.dumps(prompt.schema_))
    sent = texts + _SCHEMAS * schema + _AROUND
    return Usage(prompt_tokens=sent, completion_tokens=parameters.max_tokens)


def _unbilled(error: ModelError) -> bool:
    """Whether the endpoint turned the last request away, or never had it. An answer that was not read may be billed."""
    if isinstance(error, TransportError):
        return error.status in _AWAY or unsent(error)
    return isinstance(error, RequestError) and error.__cause__ is None  # else the answer was too long to be read


def _sure(cost: Decimal | None) -> Decimal:
    assert cost is not None, "both numbers of tokens are known"
    return cost
