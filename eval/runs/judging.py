"""Who judges the drafts of a run: one model with two prompts, over one draft or over two of them.

Left out: the questions, which are the rubric's, and what the answers come to.
"""

from typing import NamedTuple

from eval.judge.ask import judge
from eval.judge.pair import prefer
from eval.judge.subject import subject_of
from eval.runs.keys import key_of
from eval.runs.models import Models
from eval.types.case import Case
from eval.types.record import Choice, Judgement, Record
from eval.types.rubric import Rubric
from pipeline.prompts import Template
from pipeline.types.outcome import Outcome


class Judges(NamedTuple):
    """The judge's models by repeat, its prompts, and the spec it was asked for by."""

    models: Models
    single: Template
    pair: Template
    spec: str

    @property
    def identity(self) -> str:
        """All of the judge that a record depends on."""
        return f"{self.spec} {self.single.hash} {self.pair.hash}"

    async def judge(self, case: Case, outcome: Outcome, rubric: Rubric, repeat: int) -> Judgement:
        """One draft by the rubric's questions."""
        return await judge(subject_of(case, outcome), rubric, self.single, self.models(repeat))

    async def choose(self, case: Case, first: Record, second: Record) -> Choice:
        """Two drafts in this order."""
        subject = subject_of(case, first.outcome)
        bodies = [record.outcome.draft.body if record.outcome.draft else "" for record in (first, second)]
        said = await prefer(subject, bodies[0], bodies[1], self.pair, self.models(first.repeat))
        return Choice(
            key=key_of(first.key, second.key, self.identity),
            about=first.about,
            first=first.version,
            second=second.version,
            repeat=first.repeat,
            judge=said.judge,
            better=said.better,
            reason=said.reason,
            fault=said.fault,
            usage=said.usage,
        )
