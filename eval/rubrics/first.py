"""What the model wrote first, and whether there is anything to score: the subject of every criterion by code.

A repair may mend what a prompt got wrong, and a fallback may hide it; so the guard's findings over the first draft
count, and of the texts the earliest one of the model's that was kept. Left out: the texts of refused drafts, which no
outcome keeps.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from eval.types.case import Case
from pipeline.guard.findings import FINDINGS
from pipeline.types.decision import Action, Decision
from pipeline.types.draft import Draft
from pipeline.types.outcome import Attempt, Outcome
from pipeline.types.verdict import Severity

_BROKEN = {"TransportError", "PendingError", "EndpointError", "NotRecordedError", "RequestError", "GarbledError"}
_UNRECORDED = "recorded"  # the name under which a recorded set answers that it has no reply
_MODELS = 2  # attempts of the model before the fallback's
MARKS = frozenset(code for code, known in FINDINGS.items() if known.severity is Severity.MARK)
"""Findings that let a draft pass, in any draft."""


class Reply(NamedTuple):
    """A draft of the model's, what it was to say, and the case it answers."""

    draft: Draft
    decision: Decision
    case: Case


@dataclass(frozen=True)
class First:
    """A case and its outcome, seen from the model's first draft."""

    case: Case
    outcome: Outcome

    @cached_property
    def action(self) -> Action:
        """What a draft was to do: as decided, or as expected where nothing could be decided."""
        if self.outcome.decision:
            return self.outcome.decision.action
        return self.case.expected.handling[0] if self.outcome.failure else self.outcome.action

    @cached_property
    def tries(self) -> tuple[Attempt, ...]:
        """The attempts at a draft: at most two of the model, then the fallback's."""
        return tuple(attempt for attempt in self.outcome.attempts if attempt.stage == "draft")

    @cached_property
    def broken(self) -> str:
        """What of the machinery failed, so that nothing can be said of the prompt; empty when it all worked."""
        failure = self.outcome.failure
        if failure and (failure.retriable or failure.kind in _BROKEN):
            return failure.message
        return next((t.problems[0] for t in self.outcome.attempts if not t.call and t.model == _UNRECORDED), "")

    @cached_property
    def passed(self) -> bool:
        """Whether the guard let the model's first draft through."""
        return self.outcome.draft is not None and len(self.tries) == 1

    @cached_property
    def by_model(self) -> bool:
        """Whether the draft that came out is the model's, at once or repaired."""
        return self.outcome.draft is not None and len(self.tries) <= _MODELS

    @cached_property
    def reply(self) -> Reply | None:
        """The earliest draft of the model's whose text was kept."""
        draft, decision = self.outcome.draft, self.outcome.decision
        return Reply(draft, decision, self.case) if self.by_model and draft and decision else None

    @cached_property
    def problems(self) -> dict[str, str]:
        """What the guard refused in the first reply that was a draft, by code; empty when it passed."""
        refused = (() if self.passed else self._written()) or ()
        found = (problem.partition(": ") for problem in refused)
        return {code: message for code, _, message in reversed(list(found)) if code not in MARKS}

    @cached_property
    def silent(self) -> str:
        """Why there is nothing of the model's to score; empty when there is."""
        if self.outcome.failure and self.outcome.draft is None:
            return self.outcome.failure.message
        if not self.by_model and self._written() is None:
            return "neither reply of the model was a draft"
        return ""

    def _written(self) -> tuple[str, ...] | None:
        """The findings over the model's first reply that was a draft; None when there was none."""
        return next((t.problems for t in self.tries[:_MODELS] if t.call), None)
