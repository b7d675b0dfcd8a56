"""Who drafts in a run: one model by several prompt versions, with nobody to step in for it.

Left out: what the drafts are worth.
"""

from asyncio import Task, ensure_future
from collections.abc import Mapping
from typing import NamedTuple

from eval.runs.desk import Desk
from eval.runs.models import Models
from eval.types.case import Case
from pipeline.errors import NotRecordedError
from pipeline.flow import Prepared, compose, prepare
from pipeline.llm.model import Model
from pipeline.prompts import Prompts, Template
from pipeline.rows import opened
from pipeline.types.outcome import Outcome
from pipeline.types.prompt import Completion, Prompt, Usage

Readings = dict[str, Task[Prepared]]
"""What was read of one case in one repeat, by the prompt that read it; versions that read alike share it."""


class Writers(NamedTuple):
    """The models by repeat, the prompts by label, the desk that reads the cases, the spec of the model."""

    models: Models
    versions: Mapping[str, Prompts]
    desk: Desk
    spec: str
    repair: bool = True

    def identity(self, version: str) -> str:
        """All of the writer that a record depends on."""
        once = () if self.repair else ("once",)
        return " ".join((version, self.spec, *self.hashes(version).values(), *once))

    def hashes(self, version: str) -> dict[str, str]:
        """The prompts of a version, each with its hash."""
        return {template.name: template.hash for template in self.versions[version]}

    async def draft(self, case: Case, version: str, repeat: int, key: str, readings: Readings) -> Outcome:
        """What becomes of the case's mail by one version; what it reads it leaves in ``readings`` for the next ones.

        Raises:
            PendingError: a reply is not here yet.
            EndpointError: no further call can succeed.
        """
        extract, draft = self.versions[version]
        model = self.models(repeat)
        first = extract.name not in readings
        if first:
            readings[extract.name] = ensure_future(self._prepare(case, extract, model))
        row, page = await readings[extract.name]
        own = {"key": key, "usage": row.usage if first else _replayed(row.usage)}
        return await compose(Prepared(row.model_copy(update=own), page), draft, model, _Nobody(), repair=self.repair)

    async def _prepare(self, case: Case, extract: Template, model: Model) -> Prepared:
        business, message = self.desk.open(case)
        row = opened(message, "", case.day)
        return await prepare(row, message, business, extract, model, earlier=case.earlier)


def _replayed(usage: Usage) -> Usage:
    """What a reading is told to cost whoever finds it there: the tokens it once took, but no call."""
    return usage.model_copy(update={"calls": 0, "cached_calls": usage.calls + usage.cached_calls})


class _Nobody:
    """In place of the rules that step in for a model: in a run, what the model could not do stays undone."""

    async def complete(self, prompt: Prompt) -> Completion:
        raise NotRecordedError("nothing steps in for the model in a run that scores it", prompt=prompt, model="nobody")
