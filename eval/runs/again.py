"""A model of a run is asked the same once more where its reply came to nothing: cut off, empty, or no reply at all.

Such a reply tells of the line and not of the prompt, and a case lost to it would be missing from one version only.
Words that are no JSON are the model's own: they go to the flow, which scores what its repair makes of them. Left out:
refused connections, limits and server faults, which ``Retrying`` mends.
"""

from pipeline.errors import EmptyError, GarbledError, TruncatedError
from pipeline.llm.model import Model
from pipeline.types.prompt import Completion, Prompt, Usage

_NOTHING = (EmptyError, GarbledError, TruncatedError)
_TRIES = 3


class Again:
    """A model around a model. What the lost replies cost is part of the usage."""

    def __init__(self, inner: Model) -> None:
        self._inner = inner

    async def complete(self, prompt: Prompt) -> Completion:
        """As ``inner`` does; its last error when three replies came to nothing."""
        lost = Usage()
        for left in reversed(range(_TRIES)):
            try:
                completion = await self._inner.complete(prompt)
            except _NOTHING as error:
                error.usage = lost = lost + error.usage
                if not left:
                    raise
            else:
                return completion.model_copy(update={"usage": lost + completion.usage})
        raise AssertionError("the last try either returns or raises")
