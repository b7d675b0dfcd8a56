"""Two models in a row: the second answers what the first has no record of. Any other error is the first one's own."""

from pipeline.errors import NotRecordedError
from pipeline.llm.model import Model
from pipeline.types.prompt import Completion, Prompt


class Fallback:
    """``first``, and ``second`` for prompts that ``first`` has not recorded."""

    def __init__(self, first: Model, second: Model) -> None:
        self._first = first
        self._second = second

    async def complete(self, prompt: Prompt) -> Completion:
        """The first one's reply, else the second one's; ``Completion.model`` says whose it is."""
        try:
            return await self._first.complete(prompt)
        except NotRecordedError:
            return await self._second.complete(prompt)
