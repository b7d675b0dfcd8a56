"""A model that calls nobody: it answers from stored calls, and counts what it would have to ask.

What this leaves out: what those calls would take; only their number and the characters they would send are known.
"""

import json
from collections import Counter

from pipeline.errors import PendingError
from pipeline.llm.cache import Calls, replayed
from pipeline.llm.model import Parameters, call_key
from pipeline.types.prompt import Completion, Prompt


class Counting:
    """By stage: calls that are ``stored``, calls to be ``asked``, and their ``characters``. Equal calls are one."""

    def __init__(self, parameters: Parameters, calls: Calls) -> None:
        self.stored: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()
        self.characters: Counter[str] = Counter()
        self._parameters, self._calls = parameters, calls
        self._met: set[bytes] = set()

    async def complete(self, prompt: Prompt) -> Completion:
        """The stored reply.

        Raises:
            PendingError: there is none; the call is counted.
        """
        key = call_key(prompt, self._parameters)
        met = bytes.fromhex(key)
        new = met not in self._met
        self._met.add(met)
        if stored := self._calls.get(key):
            self.stored[prompt.stage] += new
            return replayed(stored)
        if new:
            self.asked[prompt.stage] += 1
            self.characters[prompt.stage] += _characters(prompt)
        raise PendingError(f"the {prompt.stage} request was not made")


def _characters(prompt: Prompt) -> int:
    return sum(len(turn.content) for turn in prompt.messages) + len(json.dumps(prompt.schema_, ensure_ascii=False))
