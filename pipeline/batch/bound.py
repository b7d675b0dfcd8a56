"""The flow with everything chosen: business, prompts and models bound to the one function of ``pipeline.flow``.

What this leaves out: where the models come from; ``compose`` opens them.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline import __version__
from pipeline.batch.plan import Noes
from pipeline.flow import reply
from pipeline.llm.compose import ModelSpec, parameters_of
from pipeline.llm.model import Model
from pipeline.prompts import Prompts
from pipeline.rows import outcome_key
from pipeline.types.business import Business
from pipeline.types.message import Message
from pipeline.types.outcome import Outcome


@dataclass(frozen=True)
class Bound:
    """A ``Flow``. ``identity`` is all of the model that an outcome depends on; ``before`` has the noes we drafted."""

    business: Business
    prompts: Prompts
    model: Model
    fallback: Model
    identity: str
    before: Noes | None = None

    def key(self, message: str, thread: str, today: date) -> str:
        """See ``pipeline.rows.outcome_key``."""
        return outcome_key(
            message, thread, business=self.business, prompts=self.prompts, model=self.identity, today=today
        )

    async def reply(self, message: Message, key: str, today: date) -> Outcome:
        """See ``pipeline.flow.reply``."""
        return await reply(
            message,
            key=key,
            business=self.business,
            today=today,
            prompts=self.prompts,
            model=self.model,
            fallback=self.fallback,
            earlier=self.before.answered_by(message) if self.before and not message.skip else None,
        )


def identity_of(spec: ModelSpec) -> str:
    """Name and parameters, this version (its offline model may word the draft) and the content of recorded sets."""
    sets = (Path(folder) / "replies.jsonl" for folder in spec.recorded)
    contents = (hashlib.sha256(path.read_bytes()).hexdigest() for path in sets if path.is_file())
    return "\n".join((parameters_of(spec).model_dump_json(), __version__, *contents))
