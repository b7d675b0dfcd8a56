"""A suite from its folder: every fault with its file and line, or the suite. Quick: no YAML but for ``suite.yaml``.

Left out: whether the businesses can be loaded and the mails read, which ``check`` tells.
"""

from pathlib import Path
from typing import NamedTuple

from pydantic import Field, ValidationError

from eval.suites.lock import Change, changes
from eval.suites.rows import Read, read_rows
from eval.suites.suite import CASES, FIRMS, HEAD, Suite, digest, folder_name, policy_files, shipped_names
from eval.types.case import Case, Firm
from pipeline.errors import UsageError
from pipeline.types.base import Value
from pipeline.yamltree import parse

__all__ = ["Found", "Suite", "SuiteError", "load_suite", "read_suite"]


class SuiteError(UsageError):
    """A suite's folder is missing or wrong, or a test case is not what was locked."""


class Found(NamedTuple):
    """A suite and its faults: no suite where there are any."""

    suite: Suite | None
    faults: tuple[str, ...]


class Head(Value):
    """``suite.yaml``."""

    schema_: str = Field(alias="schema", pattern="^1$")
    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    title: str


def load_suite(folder: Path) -> Suite:
    """The suite of a folder, with test cases as they were locked.

    Raises:
        SuiteError: the first fault, and how many more there are.
    """
    if not folder.is_dir():
        raise SuiteError(f"there is no suite at {folder}; by name there are {', '.join(shipped_names())}")
    suite, faults = read_suite(folder)
    if suite is not None:
        faults = tuple(change.says for change in changes(suite) if change.kind is not Change.NEW)
    if suite is None or faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise SuiteError(f"{faults[0]}{more}; 'candor eval suite check {folder}' tells all")
    return suite


def read_suite(folder: Path) -> Found:
    """The suite, or every fault of its files; what its lock says is not looked at."""
    if not folder.is_dir():
        return Found(None, (f"there is no suite at {folder}",))
    head, faults = _head(folder)
    cases, firms = read_rows(folder / CASES, Case), read_rows(folder / FIRMS, Firm)
    faults += (
        *cases.faults,
        *firms.faults,
        *_twice(cases, firms),
        *_strangers(cases, firms),
        *_policies(folder, firms),
    )
    if head is None or faults:
        return Found(None, faults)
    return Found(_suite(folder, head, cases, firms), ())


def _suite(folder: Path, head: Head, cases: Read[Case], firms: Read[Firm]) -> Suite:
    rows = tuple(case for _, case in cases.rows)
    by_name = {firm.name: firm for _, firm in firms.rows}
    texts = {
        path: path.read_bytes() for firm in by_name.values() for path in policy_files(folder, firm.policy).values()
    }
    whole = digest(*rows, *by_name.values(), *texts.values())
    return Suite(head.name, head.title, folder, whole, rows, by_name)


def _head(folder: Path) -> tuple[Head | None, tuple[str, ...]]:
    try:
        text = (folder / HEAD).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None, (f"{HEAD} is missing in {folder}, or can't be read",)
    try:
        tree = parse(text, HEAD, SuiteError)
    except SuiteError as fault:
        return None, (str(fault),)
    try:
        return Head.model_validate(tree.plain()), ()
    except ValidationError as error:
        first = error.errors()[0]
        place = tree.at(first["loc"])
        said = f"'{'.'.join(map(str, first['loc']))}': {first['msg']}"
        return None, (str(place.fault(said, SuiteError)),)


def _twice(cases: Read[Case], firms: Read[Firm]) -> tuple[str, ...]:
    """Ids and names that stand there a second time."""
    seen: dict[tuple[str, str], int] = {}
    faults: list[str] = []
    ids = [(CASES, number, case.id) for number, case in cases.rows]
    names = [(FIRMS, number, folder_name(firm.name)) for number, firm in firms.rows]
    for file, number, name in ids + names:
        before = seen.setdefault((file, name.casefold()), number)
        if before != number:
            faults.append(f"{file}:{number}: '{name}' stands in line {before} already")
    return tuple(faults)


def _strangers(cases: Read[Case], firms: Read[Firm]) -> tuple[str, ...]:
    """Cases of a business that isn't there; where its own line can't be read, that is told already."""
    if firms.faults:
        return ()
    known = {firm.name for _, firm in firms.rows}
    return tuple(
        f"{CASES}:{number}: there is no business '{case.business}' in {FIRMS}"
        for number, case in cases.rows
        if case.business not in known
    )


def _policies(folder: Path, firms: Read[Firm]) -> tuple[str, ...]:
    return tuple(
        f"{FIRMS}:{number}: {_missing(folder, firm.policy)}"
        for number, firm in firms.rows
        if not policy_files(folder, firm.policy)["policy.yaml"].is_file()
    )


def _missing(folder: Path, policy: str) -> str:
    if ".." in Path(policy).parts:
        return f"there is no policy at {folder / policy}; a suite that was copied needs this file beside it, too"
    return f"there is no policy '{policy}', shipped or in {folder}"
