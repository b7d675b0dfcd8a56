"""Judges over the labelled drafts: ``python -m tests.scores.judged`` prints the heuristic judge's table.

Its phrases were written with these drafts in sight, so the figures flatter it. With a file's name behind it, the labels
are written there as ``candor eval calibrate`` reads them, for other judges.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval.cli.agreement import show
from eval.judge.calibration import calibrate
from eval.judge.compose import Bar, judgements
from eval.judge.heuristic import HeuristicJudge
from eval.rubrics.load import load_rubric
from eval.types.calibration import Label
from pipeline.cli.page import Page
from pipeline.inbox.html import to_text
from pipeline.prompts import load_prompt

DEVSET = Path(__file__).parents[2] / "../shared/devset"
QUESTIONS = {
    "clear_no": "clear_no_read",
    "firm": "firm",
    "acknowledges_request": "names_ask",
    "reason_given": "reason_given",
    "reason_educates": "reason_educates",
    "uses_client_goal": "uses_goal",
    "exactly_three_alternatives": "three_read",
    "alternatives_distinct": "distinct_read",
    "makes_unapproved_promise": "unapproved_promise",
    "leaks_internal": "leaks_internal",
}
"""What the set calls a label, and the rubric's question that it answers."""


def labels(folder: Path = DEVSET) -> Iterator[Label]:
    """The drafts of the set with their labels; what a label leaves open is left out."""
    requests = {row["id"]: row for row in _rows(folder / "requests.jsonl")}
    firms = {row["industry"]: row["name"] for row in _rows(folder / "businesses.jsonl")}
    for row in _rows(folder / "drafts.jsonl"):
        mail, gold = requests[row["request_id"]], row["gold"]
        html = mail["content_type"] == "text/html"
        yield Label(
            id=row["id"],
            language=mail["language"],
            subject=mail["subject"],
            mail=to_text(mail["body"]).text if html else mail["body"],
            firm=firms[mail["industry"]],
            draft=row["draft"],
            labels={QUESTIONS[name]: gold[name] for name in QUESTIONS if gold[name] is not None},
            care=gold["care_personally"],
            challenge=gold["challenge_directly"],
            quadrant=row["quadrant"],
        )


def main() -> None:
    """Print the table, or write the labels."""
    if not DEVSET.exists():
        print("skipped: the labelled drafts are not at hand")
        return
    found = tuple(labels())
    if sys.argv[1:]:
        lines = (label.model_dump_json(exclude_defaults=True) for label in found)
        Path(sys.argv[1]).write_text("\n".join(lines) + "\n", "utf-8")
        return
    rubric, template = load_rubric("decline@v1"), load_prompt("judge@v1")
    judge = HeuristicJudge()
    rounds = asyncio.run(judgements(Bar(found, rubric, template, 1), lambda _: judge))
    show(Page(sys.stdout), calibrate(found, rounds, rubric, template), ())


def _rows(path: Path) -> Iterator[Any]:
    yield from (json.loads(line) for line in path.read_text("utf-8").splitlines())


if __name__ == "__main__":
    main()
