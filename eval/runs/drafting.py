"""Who drafts in a run: one model by several prompt versions, with nobody to step in for it.

Left out: what the drafts are worth.
"""

from collections.abc import Mapping
from typing import NamedTuple

from eval.runs.desk import Desk
from eval.runs.models import Models
from eval.types.case import Case
from pipeline.errors import NotRecordedError
from pipeline.flow import reply
from pipeline.prompts import Prompts
from pipeline.types.outcome import Outcome
from pipeline.types.prompt import Completion, Prompt


class Writers(NamedTuple):
    """The models by repeat, the prompts by label, the desk that reads the cases, the spec of the model."""

    models: Models
    versions: Mapping[str, Prompts]
    desk: Desk
    spec: str

    def identity(self, version: str) -> str:
        """All of the writer that a record depends on."""
        return " ".join((version, self.spec, *self.hashes(version).values()))

    def hashes(self, version: str) -> dict[str, str]:
        """The prompts of a version, each with its hash."""
        return {template.name: template.hash for template in self.versions[version]}

    async def draft(self, case: Case, version: str, repeat: int, key: str) -> Outcome:
        """What becomes of the case's mail by one version.

        Raises:
            PendingError: a reply is not here yet.
            EndpointError: no further call can succeed.
        """
        business, message = self.desk.open(case)
        return await reply(
            message,
            key=key,
            business=business,
            today=case.day,
            prompts=self.versions[version],
            model=self.models(repeat),
            fallback=_Nobody(),
        )


class _Nobody:
    """In place of the rules that step in for a model: in a run, what the model could not do stays undone."""

    async def complete(self, prompt: Prompt) -> Completion:
        raise NotRecordedError("nothing steps in for the model in a run that scores it", prompt=prompt, model="nobody")
