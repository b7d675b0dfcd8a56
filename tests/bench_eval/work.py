"""Where the work of the bench lies, and the plan of a run over it. Left out: making it, which is ``made``'s.

Apart from that, because whoever runs the plan is measured and is to import no more than a run needs.
"""

from pathlib import Path
from typing import NamedTuple

from eval.runs.folder import CALLS
from eval.types.record import Plan
from pipeline.llm.compose import ModelSpec

SUITE, OTHER = "suite", "prompts/other"


class Work(NamedTuple):
    """Where the work lies."""

    place: Path

    @property
    def replies(self) -> Path:
        """The provider's replies, by the digest of a request's messages."""
        return self.place / "replies.json"

    @property
    def sent(self) -> Path:
        """A draft and its judgement a row: the bodies of both requests. A list of pairs."""
        return self.place / "sent.json"

    @property
    def calls(self) -> Path:
        """What a run knows before it begins: the readings."""
        return self.place / CALLS

    def plan(self, base_url: str, *, judged: bool) -> Plan:
        """The plan of a run against the provider."""
        spec = ModelSpec(name="openai:bench", base_url=base_url, limit=32)
        return Plan(
            suite=str(self.place / SUITE),
            versions={
                "draft@v1": ("extract@v1", "draft@v1"),
                "draft@other": ("extract@v1", f"draft@{self.place / OTHER}"),
            },
            model=spec,
            judge=spec if judged else None,
            rubric="decline@v1",
        )
