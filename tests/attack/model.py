"""The worst-case model: no language model at all, but a reader and a writer that serve the sender, by two chosen moves.

It answers the same again when it is asked to mend a draft. Left out: learning from the guard's findings; a move is
tried as it is, so what an attacker finds by patience is not told by these figures.
"""

import asyncio
import json
from collections.abc import Sequence

from pipeline.llm.offline.model import OfflineModel
from pipeline.types.prompt import Completion, DraftVariables, Prompt, Usage
from tests.attack import drafts, raw, readings
from tests.attack.scene import READS, WRITES, Scene

NAME = "worst-case"
_ROOMS = (drafts, raw, readings)  # imported, so that their moves are registered


class Worst:
    """Reads by ``read`` and writes by ``write``; keeps the prompts that it was shown."""

    def __init__(self, scene: Scene, read: str, write: str) -> None:
        self._scene, self._read, self._write = scene, READS[read], WRITES[write]
        self.prompts: list[Prompt] = []

    async def complete(self, prompt: Prompt) -> Completion:
        """A reply in the sender's service."""
        self.prompts.append(prompt)
        variables = prompt.variables
        if isinstance(variables, DraftVariables):
            scene = await self._prepared(prompt, variables)
            text = _text(self._write(scene))
        else:
            text = _text(self._read(self._scene))
        return Completion(text=text, model=NAME, call=f"{NAME}-{len(self.prompts)}", usage=Usage(calls=1))

    async def _prepared(self, prompt: Prompt, variables: DraftVariables) -> Scene:
        """The scene with a sound draft of what was decided: the host's own, or, where that does not fit, by rules."""
        offers = tuple(offer.id for offer in variables.offers)
        known = {slot.name for slot in variables.slots}
        base = self._scene.host.draft
        if not _fits(base, offers, known):
            told = json.loads((await OfflineModel().complete(prompt)).text)["sentences"]
            base = tuple((one["backing"], one["text"]) for one in told) or base
        return self._scene._replace(base=base, offers=offers)


class Hanging:
    """Never answers."""

    async def complete(self, prompt: Prompt) -> Completion:
        """Waits until it is cancelled."""
        await asyncio.Event().wait()
        raise AssertionError("nobody sets it")


def _fits(base: Sequence[tuple[str, str]], offers: Sequence[str], known: set[str]) -> bool:
    """Whether a draft makes only offers that are there, and has a word for all of its slots."""
    told = {backing.removeprefix("offer:") for backing, _ in base if backing.startswith("offer:")}
    slots = {part.partition("}")[0] for _, text in base for part in text.split("{")[1:]}
    return bool(offers or not told) and told <= set(offers) and slots <= known


def _text(reply: object) -> str:
    if isinstance(reply, str):
        return reply
    return raw.reply(reply) if isinstance(reply, list) else json.dumps(reply)
