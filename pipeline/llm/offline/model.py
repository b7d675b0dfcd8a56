"""The offline model: a model like any other, whose replies are computed from the prompt's variables.

It answers in the JSON that the stage's schema asks for, and the same prompt always gets the same reply. What this
leaves out: understanding. Where no plain pattern holds, the reading says so and a person decides.
"""

import hashlib
import json

from pydantic import JsonValue, TypeAdapter

from pipeline.llm.offline.reader import read_mail
from pipeline.llm.offline.writer import compose
from pipeline.types.base import Value
from pipeline.types.prompt import Completion, DraftVariables, ExtractVariables, Prompt, Usage

NAME = "offline"
_NAMES = TypeAdapter(dict[str, JsonValue])


class OfflineModel:
    """Reads by the patterns of ``reading/`` and words by the phrases of ``wording/``."""

    async def complete(self, prompt: Prompt) -> Completion:
        """The reply as JSON text; ``call`` is the SHA-256 (hex) of the prompt's variables. Never raises."""
        variables = prompt.variables
        if isinstance(variables, ExtractVariables):
            reply: Value = read_mail(variables)
        else:
            assert isinstance(variables, DraftVariables), "drafts are judged by others"
            reply = compose(variables)
        call = hashlib.sha256(_json(variables).encode()).hexdigest()
        return Completion(text=_json(reply, prompt), model=NAME, call=call, usage=Usage(calls=1))


def _json(value: Value, prompt: Prompt | None = None) -> str:
    """ASCII JSON, so that even half a surrogate pair in a mail can be written down.

    What a newer version of the ``prompt`` asks for beside it is null: nothing was found.
    """
    wanted = _NAMES.validate_python(prompt.schema_.get("properties", {})) if prompt else {}
    return json.dumps(dict.fromkeys(wanted) | value.model_dump())
