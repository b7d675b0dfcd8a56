"""``splits.lock.json``: what the test cases were when they were locked. An edit or a move is an error.

A case is locked with its business and that business's own policy, since a change of either changes what is tested. A
shipped policy is not part of it: it changes with the product, which is what is tested. Dev cases are free.
"""

import json
from enum import StrEnum
from typing import NamedTuple

from eval.suites.suite import LOCK, Suite, digest, policy_files
from eval.types.case import Split
from pipeline.errors import UsageError

_SCHEMA = 1


class Change(StrEnum):
    """How a test case differs from the lock."""

    NEW = "new"
    EDITED = "edited"
    MOVED = "moved"
    GONE = "gone"


class Changed(NamedTuple):
    """One test case that differs, and the sentence that says how."""

    kind: Change
    case: str
    says: str


class LockError(UsageError):
    """The lock can't be read, or would be changed without a word."""


def check(suite: Suite) -> tuple[str, ...]:
    """Every difference between the test cases and the lock, a sentence each.

    Raises:
        LockError: the lock can't be read.
    """
    return tuple(change.says for change in changes(suite))


def changes(suite: Suite) -> tuple[Changed, ...]:
    """The same, with its kind; new test cases last.

    Raises:
        LockError: the lock can't be read.
    """
    locked, now = _locked(suite), _hashes(suite)
    here = {case.id for case in suite.cases}
    lost = [_lost(name, moved=name in here) for name in locked if name not in now]
    edited = [
        Changed(Change.EDITED, name, f"the test case '{name}' or its business was edited since it was locked")
        for name, found in now.items()
        if name in locked and locked[name] != found
    ]
    new = [
        Changed(Change.NEW, name, f"the test case '{name}' is not locked; 'candor eval suite lock' does so")
        for name in now
        if name not in locked
    ]
    return (*edited, *lost, *new)


def lock(suite: Suite, *, accept: bool = False) -> int:
    """Write the lock anew; returns how many test cases it holds.

    Raises:
        LockError: a locked case was edited, moved or taken out, and nobody said that this is meant.
    """
    broken = [change.says for change in changes(suite) if change.kind is not Change.NEW] if not accept else []
    if broken:
        more = f" (and {len(broken) - 1} more)" if len(broken) > 1 else ""
        raise LockError(f"{broken[0]}{more}; '--accept' locks them as they are now")
    now = _hashes(suite)
    text = json.dumps({"schema": _SCHEMA, "cases": dict(sorted(now.items()))}, indent=1, ensure_ascii=False)
    (suite.folder / LOCK).write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return len(now)


def _lost(name: str, *, moved: bool) -> Changed:
    if moved:
        return Changed(Change.MOVED, name, f"the test case '{name}' was moved to the dev split")
    return Changed(Change.GONE, name, f"the test case '{name}' was taken out or renamed")


def _hashes(suite: Suite) -> dict[str, str]:
    tested = [case for case in suite.cases if case.split is Split.TEST]
    firms = {name: _firm(suite, name) for name in {case.business for case in tested}}
    return {case.id: digest(case, firms[case.business]) for case in tested}


def _firm(suite: Suite, name: str) -> str:
    firm = suite.firms[name]
    own = policy_files(suite.folder, firm.policy) if firm.policy.endswith((".yaml", ".yml")) else {}
    return digest(firm, *(path.read_bytes() for path in own.values()))


def _locked(suite: Suite) -> dict[str, str]:
    path = suite.folder / LOCK
    if not path.exists():
        return {}
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): str(found) for name, found in raw["cases"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LockError(f"{path}: this is not a lock that was written by 'candor eval suite lock'") from error
