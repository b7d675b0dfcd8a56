"""All that is wrong with a suite, a sentence each with its place: its files, its lock, its businesses, its labels.

Left out: whether a label is right.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.suites.layout import business_of, mail_of
from eval.suites.load import read_suite
from eval.suites.lock import LockError, changes
from eval.suites.suite import CASES, FIRMS, LOCK, Suite
from eval.types.case import Case, Split
from pipeline.errors import CandorError, UsageError

_MEASURES = {"money", "percent", "duration", "day", "count"}


def faults(folder: Path) -> tuple[str, ...]:
    """Every fault of the suite in ``folder``; nothing when all is well."""
    suite, found = read_suite(folder)
    if suite is None:
        return found
    lines = _lines(folder / CASES)
    cases = (f"{CASES}:{lines[case.id]}: {said}" for case in suite.cases for said in (*_labels(case), *_mail(case)))
    return (*_lock(suite, lines), *_clusters(suite, lines), *cases, *_businesses(suite))


def _lock(suite: Suite, lines: dict[str, int]) -> Iterator[str]:
    try:
        for change in changes(suite):
            yield f"{CASES}:{lines[change.case]}: {change.says}" if change.case in lines else f"{LOCK}: {change.says}"
    except LockError as error:
        yield str(error)


def _clusters(suite: Suite, lines: dict[str, int]) -> Iterator[str]:
    """Cases of one source in both splits: who tunes on the one has seen the other."""
    first: dict[str, Case] = {}
    for case in filter(lambda case: case.cluster, suite.cases):
        before = first.setdefault(case.cluster, case)
        if before.split is not case.split:
            said = f"'{case.id}' is {case.split} and '{before.id}' of the same cluster is {before.split}"
            yield f"{CASES}:{lines[case.id]}: {said}; put both on one side"


def _labels(case: Case) -> Iterator[str]:
    """Facts that the catalogue does not have, or values that are none of theirs."""
    from pipeline.policy.cells import nearest
    from pipeline.policy.facts import BY_NAME

    for name, words in case.expected.facts.items():
        spec = BY_NAME.get(name)
        if spec is None:
            yield f"there is no fact '{name}'{nearest(name, list(BY_NAME))}"
        elif spec.choices and words not in spec.choices:
            yield f"'{name}' is one of {', '.join(spec.choices)}, not '{words}'"
        elif spec.type in _MEASURES and _type(words) != spec.type:
            yield f"the value of '{name}' is a {spec.type}, which '{words}' is not"


def _type(words: str) -> str:
    """What kind of value stands there, read as a policy's settings are; nothing where it can't be read."""
    from pipeline.policy.cells import setting
    from pipeline.yamltree import Node

    try:
        return setting(Node(CASES, 1, 1, text=words)).type
    except UsageError:
        return ""


def _mail(case: Case) -> Iterator[str]:
    """A mail that the inbox can't read."""
    from pipeline.inbox.read import from_bytes

    try:
        from_bytes(mail_of(case, "us@suite.example"), case.id)
    except (CandorError, ValueError) as error:  # the mail package raises the latter
        yield f"the mail can't be read: {error}"


def _businesses(suite: Suite) -> Iterator[str]:
    from pipeline.business.folder import load_business

    lines = _lines(suite.folder / FIRMS, "name")
    with TemporaryDirectory() as place:
        for name in suite.firms:
            try:
                load_business(business_of(suite, name, Path(place)))
            except UsageError as error:
                yield f"{FIRMS}:{lines[name]}: of '{name}': {str(error).replace(f'{place}/', '')}"


def _lines(path: Path, key: str = "id") -> dict[str, int]:
    """The line that each row stands in."""
    import json

    rows: Iterable[str] = path.read_text(encoding="utf-8-sig").split("\n")
    return {str(json.loads(row)[key]): number for number, row in enumerate(rows, 1) if row.strip()}


def counted(suite: Suite) -> str:
    """What a suite holds, in a line."""
    test = sum(case.split is Split.TEST for case in suite.cases)
    languages = ", ".join(sorted({case.language for case in suite.cases}))
    firms = "one business" if len(suite.firms) == 1 else f"{len(suite.firms)} businesses"
    return f"{len(suite.cases)} cases ({test} for test) of {firms} in {languages}"
