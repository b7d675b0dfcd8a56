"""One side of a comparison in pairs: a draft a case, from a file of plain texts or from the records of a run.

A draft made elsewhere is a line ``{"case": "fair", "body": "Hi Mia, ..."}``; ``decision`` may hold lines that tell the
judge what was decided. A run is named by its folder, and where it holds several versions as ``RUN:draft@v2``. Left out:
repeats of a run but the first.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from eval.judge.subject import decided
from eval.runs.folder import PLAN, read_plan, read_records
from eval.suites.rows import read_rows
from eval.types.record import Record
from pipeline.errors import UsageError
from pipeline.types.base import Value


class Drafted(Value):
    """One draft, with what was decided where its maker knows."""

    case: str
    body: str
    decision: tuple[str, ...] = ()


class Drafts(NamedTuple):
    """A side: its name, its drafts by case, and the suite of the run that made them."""

    name: str
    by_case: Mapping[str, Drafted]
    suite: Path | None = None


def drafts_of(named: str) -> Drafts:
    """The side that a name on the command line means.

    Raises:
        UsageError: there is no such file or run, a line is broken, or a run holds several versions and none is named.
    """
    folder, _, version = named.rpartition(":")
    if (Path(named) / PLAN).is_file():
        return _of_run(Path(named), "")
    if folder and (Path(folder) / PLAN).is_file():
        return _of_run(Path(folder), version)
    return _of_file(Path(named))


def check(side: Drafts, cases: Collection[str]) -> None:
    """Nothing, where every draft is one of a case that there is.

    Raises:
        UsageError: there are others.
    """
    if unknown := sorted(side.by_case.keys() - set(cases)):
        raise UsageError(f"{side.name} has a draft of {unknown[0]!r}, and the suite has no such case")


def _of_file(path: Path) -> Drafts:
    rows, faults = read_rows(path, Drafted)
    for fault in (*faults, *_unfit(path, rows)):
        raise UsageError(fault)
    if not rows:
        raise UsageError(f"{path} holds no drafts")
    return Drafts(path.stem, {row.case: row for _, row in rows})


def _unfit(path: Path, rows: tuple[tuple[int, Drafted], ...]) -> Iterator[str]:
    seen: set[str] = set()
    for number, row in rows:
        if row.case in seen:
            yield f"{path.name}:{number}: there is a draft of {row.case!r} already"
        if not row.body.strip():
            yield f"{path.name}:{number}: the draft is empty; leave the line out where there is none"
        seen.add(row.case)


def _of_run(folder: Path, version: str) -> Drafts:
    plan = read_plan(folder)
    if not version and len(plan.versions) > 1:
        known = ", ".join(f"{folder}:{each}" for each in plan.versions)
        raise UsageError(f"{folder} holds several versions; name one of {known}")
    version = version or next(iter(plan.versions))
    own = [one for one in read_records(folder) if one.version == version and not one.repeat]
    found = {one.about.case: drafted for one in own if (drafted := _drafted(one))}
    if not found:
        raise UsageError(f"{folder} holds no drafts of {version}; its versions are {', '.join(plan.versions)}")
    return Drafts(version, found, Path(plan.suite))


def _drafted(record: Record) -> Drafted | None:
    outcome = record.outcome
    if not outcome.draft or not outcome.draft.body.strip():
        return None
    return Drafted(case=record.about.case, body=outcome.draft.body, decision=tuple(decided(outcome)))
