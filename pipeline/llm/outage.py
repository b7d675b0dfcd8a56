"""Ends a run whose endpoint is of no use, rather than let every message fail at it.

A refused key and an empty account say so themselves (``faults``). Here are the two that only show over several calls:
an endpoint that has refused every request so far, which no single mail can be to blame for (a model that does not
exist, a wrong address), and one that has gone away. A request refused after others were answered is that mail's own
affair, a text too long, say, and never ends a run. Left out: trying again, which ``retry`` has done by then.
"""

import asyncio

from pipeline.errors import EndpointError, ModelError, RequestError, TransportError
from pipeline.llm.model import Model
from pipeline.types.prompt import Completion, Prompt

AFTER = 20
"""Calls in a row."""


class Outage:
    """A model around a model."""

    def __init__(self, inner: Model, after: int = AFTER) -> None:
        self._inner, self._after = inner, after
        self._refused: int | None = 0  # in a row from the start; None once there was an answer
        self._lost = 0  # in a row

    async def complete(self, prompt: Prompt) -> Completion:
        """As ``inner`` does.

        Raises:
            EndpointError: no call gets an answer.
        """
        if self._lost >= self._after:
            raise EndpointError(f"the last {self._lost} calls got no answer")
        try:
            completion = await self._inner.complete(prompt)
        except asyncio.CancelledError:  # its message had no more time
            self._lost += 1
            raise
        except TransportError as error:
            self._lost += 1
            if self._lost >= self._after:
                raise EndpointError(f"the last {self._lost} calls got no answer: {error}") from error
            raise
        except RequestError as error:
            self._lost = 0
            if self._refused is not None:
                self._refused += 1
                if self._refused >= self._after:
                    raise EndpointError(f"none of the first {self._refused} calls was accepted: {error}") from error
            raise
        except ModelError:
            self._lost, self._refused = 0, None
            raise
        self._lost, self._refused = 0, None
        return completion
