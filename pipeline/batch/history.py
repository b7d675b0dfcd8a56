"""The past outcomes of an output folder, one at a time, from its ``outcomes.jsonl``. Nothing is written or locked.

What this leaves out: outcomes of mail that is no longer in the inbox; the export holds those of the last run.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar, overload

from pydantic import ValidationError

from pipeline.batch.job import settled
from pipeline.batch.store import Store
from pipeline.errors import OutputError
from pipeline.lines import lines_in
from pipeline.types.past import Past

EXPORT = "outcomes.jsonl"
P = TypeVar("P", bound=Past)


@overload
def history(folder: Path) -> Iterator[Past]: ...
@overload
def history(folder: Path, of: type[P]) -> Iterator[P]: ...
def history(folder: Path, of: type[Past] = Past) -> Iterator[Past]:
    """The outcomes in the order of the inbox, as much of each as ``of`` holds.

    Raises:
        OutputError: the folder holds none, or one that cannot be read.
    """
    path = folder / EXPORT
    try:
        with path.open("rb") as file:
            for number, line in enumerate(lines_in(file), 1):
                yield _past(line, path, number, of)
    except FileNotFoundError:
        raise OutputError(f"{folder} holds no run of Candor: there is no {EXPORT} in it") from None
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {error}") from None


def one(folder: Path, wanted: str) -> Past:
    """The outcome with this number (from 1, as in summary.csv), or whose key or file name begins so.

    Raises:
        OutputError: there is none, or more than one.
    """
    found = [past for number, past in enumerate(history(folder), 1) if _named(past, number, wanted)]
    if len(found) != 1:
        several = f"{len(found)} outcomes in {folder} begin with '{wanted}'; give more of the key"
        none = f"no outcome in {folder} has the number, key or file name '{wanted}'; see its summary.csv"
        raise OutputError(several if found else none)
    return found[0]


def business_of(folder: Path) -> Path:
    """The business folder that the last run of this output folder was given.

    Raises:
        OutputError: the folder has had no run, or one is at work in it.
    """
    with Store(folder, create=False) as store:
        return Path(settled(store).business)


def _named(past: Past, number: int, wanted: str) -> bool:
    if wanted.isascii() and wanted.isdigit():
        return number == int(wanted)
    return bool(wanted) and (past.key.startswith(wanted) or past.origin.startswith(wanted))


def _past(line: bytes, path: Path, number: int, of: type[Past]) -> Past:
    try:
        return of.model_validate_json(line)
    except ValidationError as error:
        where = ".".join(str(step) for step in error.errors()[0]["loc"])
        raise OutputError(
            f"{path}:{number}: is no outcome of Candor ({where or 'not JSON'}); run the batch again"
        ) from None
