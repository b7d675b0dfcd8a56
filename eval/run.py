"""A suite down the whole road with recorded replies: laid out, batched firm by firm, read back. All offline."""

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.suite import Suite
from pipeline.batch.commands import Job, batch
from pipeline.batch.progress import Silent
from pipeline.llm.compose import ModelSpec
from pipeline.types.outcome import Outcome

_DAY = date(2026, 1, 1)  # for mails without a date; all others are answered on their own day


def replay(suite: Suite, recorded: Path, firms: frozenset[str] | None = None) -> dict[str, Outcome]:
    """Outcomes by case id; ``recorded`` holds a set a firm; ``firms`` are folder names, None for all."""
    with TemporaryDirectory() as place:
        root = Path(place)
        for firm in suite.lay_out(root):
            if firms is None or firm in firms:
                job = Job(
                    inbox=str(root / "inbox" / firm),
                    business=str(root / "business" / firm),
                    prompts=(),
                    model=ModelSpec(name="recorded", recorded=(str(recorded / firm),)),
                    today="mail",
                )
                asyncio.run(batch(root / "out" / firm, job, _DAY, Silent()))
        return dict(outcomes(sorted((root / "out").iterdir())))


def outcomes(runs: list[Path]) -> Iterator[tuple[str, Outcome]]:
    """Outcomes of output folders by case id, which is the left part of the Message-ID."""
    for run in runs:
        for line in (run / "outcomes.jsonl").read_text(encoding="utf-8").splitlines():
            outcome = Outcome.model_validate_json(line)
            if outcome.message:
                yield outcome.message.message_id.strip("<>").partition("@")[0], outcome
