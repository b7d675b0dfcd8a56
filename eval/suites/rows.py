"""Typed rows of a JSONL file: each line becomes a value, or plain sentences that name its line.

Every fault of every line is told at once. Left out: what lines have to do with each other.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from pipeline.types.base import Value

Row = TypeVar("Row", bound=Value)


class Read(NamedTuple, Generic[Row]):
    """The rows that can be read, each with the number of its line, and the faults of all others."""

    rows: tuple[tuple[int, Row], ...]
    faults: tuple[str, ...]


def read_rows(path: Path, kind: type[Row]) -> Read[Row]:
    """Every row of a file; a file that is missing is one fault. Blank lines are passed over."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Read((), (f"{path.name} is missing in {path.parent}",))
    except (OSError, UnicodeDecodeError) as error:
        return Read((), (f"{path.name} can't be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}",))
    rows: list[tuple[int, Row]] = []
    faults: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            found = _row(line, kind)
            if isinstance(found, kind):
                rows.append((number, found))
            else:
                faults += (f"{path.name}:{number}: {said}" for said in found)
    return Read(tuple(rows), tuple(faults))


def _row(line: str, kind: type[Row]) -> Row | tuple[str, ...]:
    if doubled := _doubled(line):
        return (f"the key '{doubled}' stands there twice",)
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        return tuple(_sentence(fault["type"], fault["loc"], fault["msg"], kind) for fault in error.errors())


def _sentence(type_: str, place: tuple[int | str, ...], said: str, kind: type[Row]) -> str:
    from pipeline.policy.cells import nearest  # heavy, and needed only when something is wrong

    where = ".".join(map(str, place))
    match type_:
        case "json_invalid":
            return f"the line is not JSON ({said.removeprefix('Invalid JSON: ')})"
        case "extra_forbidden":
            known = list(kind.model_fields) if len(place) == 1 else []
            return f"unknown field '{where}'{nearest(str(place[-1]), known)}"
        case "missing":
            return f"'{where}' is missing"
        case _:
            return f"'{where}': {said[:1].lower()}{said[1:]}"


def _doubled(line: str) -> str:
    """A key that an object of the line has twice, of which JSON keeps the last without a word; else nothing."""
    found: list[str] = []

    def seen(pairs: list[tuple[str, object]]) -> None:
        names = [name for name, _ in pairs]
        found.extend(_repeated(names))

    try:
        json.loads(line, object_pairs_hook=seen)
    except ValueError:  # told by whoever reads it into a value
        return ""
    except RecursionError:  # likewise
        return ""
    return found[0] if found else ""


def _repeated(names: list[str]) -> Iterator[str]:
    if len(set(names)) < len(names):
        yield next(name for name in names if names.count(name) > 1)
