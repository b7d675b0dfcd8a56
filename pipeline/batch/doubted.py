"""The stored calls as a run sees them that tries again what failed: a reply that fits no form is asked for anew.

Such a reply was kept because it is whole, and would fail each time in the same way. What this leaves out: replies that
fit their form and say nothing of use; whoever asked for them took the next step.
"""

from collections.abc import Callable

from pydantic import ValidationError

from pipeline.batch.store import Call, Store
from pipeline.prompts import Prompts
from pipeline.types.prompt import Completion, Prompt


class Doubted:
    """``Calls`` over a store, for the replies to ``prompts``."""

    def __init__(self, store: Store, prompts: Prompts) -> None:
        self._store, self._fits = store, fitting(prompts)

    def get(self, key: str) -> Completion | None:
        """The stored reply, unless it is of no use."""
        call = self._store.call(key)
        return call.completion if call and self._fits(call.prompt, call.completion.text) else None

    async def put(self, key: str, prompt: Prompt, completion: Completion) -> None:
        """Store a reply, in the place of one that was of no use."""
        await self._store.keep(key, Call(prompt.stage, prompt.version, completion), anew=True)


def fitting(prompts: Prompts) -> Callable[[str, str], bool]:
    """Whether the reply to a prompt (its name, such as ``draft@v1``) fits its form; of other prompts, any does."""
    forms = {template.name: template.reply for template in prompts}

    def fits(prompt: str, text: str) -> bool:
        form = forms.get(prompt)
        try:
            return form is None or bool(form.model_validate_json(text))
        except ValidationError:
            return False

    return fits
