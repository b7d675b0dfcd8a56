"""The stored calls as a run sees them that tries again what failed: a reply that fits no form is asked for anew.

Such a reply was kept because it is whole, and would fail each time in the same way. What this leaves out: replies that
fit their form and say nothing of use; whoever asked for them took the next step.
"""

from pydantic import ValidationError

from pipeline.batch.store import Call, Store
from pipeline.prompts import Prompts
from pipeline.types.prompt import Completion, Prompt


class Doubted:
    """``Calls`` over a store, for the replies to ``prompts``."""

    def __init__(self, store: Store, prompts: Prompts) -> None:
        self._store = store
        self._forms = {template.name: template.reply for template in prompts}

    def get(self, key: str) -> Completion | None:
        """The stored reply, unless it is of no use."""
        call = self._store.call(key)
        return call.completion if call and self._fits(call) else None

    async def put(self, key: str, prompt: Prompt, completion: Completion) -> None:
        """Store a reply, in the place of one that was of no use."""
        self._store.forget(key)
        await self._store.put(key, prompt, completion)

    def _fits(self, call: Call) -> bool:
        form = self._forms.get(call.prompt)
        try:
            return form is None or bool(form.model_validate_json(call.completion.text))
        except ValidationError:
            return False
