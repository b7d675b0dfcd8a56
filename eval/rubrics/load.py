"""Rubric files become rubrics, and a rubric's questions the lines that a judge is asked.

The first fault of a file is one sentence that begins with its place. The hash is that of the file's bytes, so that a
changed word is another rubric. Left out: whether a question is a good one; calibration tells.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from eval.rubrics.candor import DERIVED
from eval.rubrics.code import CODED
from eval.types.rubric import By, Criterion, Rubric
from pipeline.errors import UsageError
from pipeline.types.decision import Action
from pipeline.types.prompt import QuestionLine
from pipeline.yamltree import Node, parse

_SCHEMA = "1"
_SEND = "send"  # the judge's last word, with an answer of its own
_ANSWERS = {"yes", "no"}
_SAID = {
    "missing": "'{key}' is missing",
    "extra_forbidden": "there is no key '{key}'",
    "float_parsing": "'{key}' must be a number",
}


def load_rubric(name: str) -> Rubric:
    """A shipped rubric by name and version (``decline@v1``), or a file by its path.

    Raises:
        UsageError: no such rubric, or a file with a fault.
    """
    path = _shipped().get(name) or Path(name)
    try:
        data = path.read_bytes()
        root = parse(data.decode(), path.name, UsageError)
    except (OSError, UnicodeDecodeError):
        known = ", ".join(_shipped())
        raise UsageError(f"there is no rubric '{name}'; there is {known}, or give the path of a file") from None
    rubric = _validated(root).model_copy(update={"hash": hashlib.sha256(data).hexdigest()})
    for fault in (*_of_criteria(rubric, root), *_of_axes(rubric, root), *_of_contradictions(rubric, root)):
        raise fault
    return rubric


def questions_of(rubric: Rubric, action: Action, offers: int) -> tuple[QuestionLine, ...]:
    """What a judge is asked of a draft for ``action`` with so many alternatives; ``fits:2`` is about the second."""
    return tuple(line for c in rubric.criteria if c.question and applies(c, action) for line in _lines(c, offers))


def applies(criterion: Criterion, action: Action) -> bool:
    """Whether ``criterion`` is asked of a draft for ``action``."""
    return not criterion.applies or action in criterion.applies


def _lines(criterion: Criterion, offers: int) -> Iterator[QuestionLine]:
    if not criterion.each:
        yield QuestionLine(id=criterion.id, text=criterion.question)
        return
    for number in range(1, offers + 1):
        yield QuestionLine(id=f"{criterion.id}:{number}", text=f"(alternative {number}) {criterion.question}")


def _shipped() -> dict[str, Path]:
    """``decline@v1`` and so on, with their files."""
    files = sorted(Path(__file__).parent.glob("*.v*.yaml"))
    return {path.stem.replace(".", "@"): path for path in files}


def _validated(root: Node) -> Rubric:
    entries = dict(root.entries or {})
    schema = entries.pop("schema", None)
    if schema is None or schema.text != _SCHEMA:
        raise (schema or root).fault(f"a rubric file begins with 'schema: {_SCHEMA}'", UsageError)
    try:
        return Rubric.model_validate({key: node.plain() for key, node in entries.items()})
    except ValidationError as error:
        first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")  # a misspelt key is missing, too
        said = _SAID.get(first["type"], "'{key}': {message}")
        message = said.format(key=first["loc"][-1], message=first["msg"])
        raise root.at(first["loc"]).fault(message, UsageError) from None


def _of_criteria(rubric: Rubric, root: Node) -> Iterator[UsageError]:
    seen: set[str] = set()
    for number, criterion in enumerate(rubric.criteria):
        if message := _wrong(criterion, seen):
            yield root.at(("criteria", number)).fault(message, UsageError)
        seen.add(criterion.id)


def _wrong(criterion: Criterion, seen: set[str]) -> str:
    name, by_judge = criterion.id, criterion.by is By.JUDGE
    if name in seen:
        return f"there are two criteria '{name}'"
    if not by_judge and name not in CODED:
        return f"no code scores '{name}'; give it 'by: judge' and a question"
    if not by_judge and criterion.question:
        return f"'{name}' is scored by code and has a question; delete the question, or say 'by: judge'"
    if by_judge and not criterion.question and name not in DERIVED:
        return f"'{name}' has no question for the judge"
    return ""


def _of_axes(rubric: Rubric, root: Node) -> Iterator[UsageError]:
    asked = _asked(rubric)
    for axis, weights in (("care", rubric.care.weights), ("challenge", rubric.challenge.weights)):
        for name in weights:
            if name not in asked:
                yield root.at((axis, "weights", name)).fault(f"no question is called '{name}'", UsageError)


def _of_contradictions(rubric: Rubric, root: Node) -> Iterator[UsageError]:
    known = {f"{name}={answer}" for name in _asked(rubric) for answer in _ANSWERS}
    known |= {f"{_SEND}={answer}" for answer in (*_ANSWERS, "gap")}
    for number, pair in enumerate(rubric.contradictions):
        for place, answer in enumerate(pair):
            if answer not in known:
                message = f"'{answer}' is no answer that a judge can give; write it as 'firm=yes'"
                yield root.at(("contradictions", number, place)).fault(message, UsageError)


def _asked(rubric: Rubric) -> set[str]:
    return {criterion.id for criterion in rubric.criteria if criterion.question}
