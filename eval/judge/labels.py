"""Drafts that people have labelled, a line each, to hold a judge against. Left out: how they came by their labels."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.judge.subject import Subject, from_text
from eval.rubrics.candor import DERIVED, quadrant
from eval.suites.rows import read_rows
from eval.types.calibration import Label
from eval.types.rubric import Rubric
from pipeline.errors import UsageError

_SEND = "send"
_QUADRANTS = {quadrant(care, challenge) for care in (1, 5) for challenge in (1, 5)}


def read_labels(path: Path, rubric: Rubric) -> tuple[Label, ...]:
    """The labels of a JSONL file.

    Raises:
        UsageError: the first fault, with its line: no such file, not a label, a question that the rubric lacks, an id
            twice, nothing at all.
    """
    rows, faults = read_rows(path, Label)
    for fault in (*faults, *_unfit(path, rows, rubric)):
        raise UsageError(fault)
    if not rows:
        raise UsageError(f"{path} holds no labels")
    return tuple(label for _, label in rows)


def hash_of(labels: Sequence[Label]) -> str:
    """SHA-256 (hex) over all labels, in their order."""
    return hashlib.sha256("\n".join(label.model_dump_json() for label in labels).encode()).hexdigest()


def subject_of_label(label: Label) -> Subject:
    """What the judge is shown of a label: all but the labels."""
    return from_text(
        language=label.language,
        subject=label.subject,
        mail=label.mail,
        draft=label.draft,
        firm=label.firm,
        decision=label.decision,
        must=label.must,
        must_not=label.must_not,
    )


def _unfit(path: Path, rows: Sequence[tuple[int, Label]], rubric: Rubric) -> Iterator[str]:
    asked = {criterion.id: criterion.each for criterion in rubric.criteria if criterion.question} | {_SEND: ""}
    seen: set[str] = set()
    for number, label in rows:
        at = f"{path.name}:{number}"
        if label.id in seen:
            yield f"{at}: the id '{label.id}' stands there twice"
        seen.add(label.id)
        for question in label.labels:
            name, _, of = question.partition(":")
            if name not in asked or of.isdigit() != bool(asked[name]):
                known = ", ".join(f"{n}:1" if each else n for n, each in asked.items() if n not in DERIVED)
                yield f"{at}: the rubric does not ask '{question}'; it asks {known}, and send"
        if label.quadrant and label.quadrant not in _QUADRANTS:
            yield f"{at}: '{label.quadrant}' is no quadrant; there are {', '.join(sorted(_QUADRANTS))}"
