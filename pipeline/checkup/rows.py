"""A row of the checkup: what was found, how it stands, what to do about it. The words are in ``rows.yaml``.

A row carries a code and the values its words need, so that a program reads the one and a person the other.
"""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field

from pipeline.types.base import Value
from pipeline.yamltree import read_shipped


class Mark(StrEnum):
    """How it stands, the best first: nothing to do, worth a look, to be mended."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


class Words(Value):
    """What a row says, and what to do next; ``do`` may be empty, or several lines."""

    says: str
    do: str = ""


class Row(Value):
    """One finding. ``values`` fill the slots of its words."""

    mark: Mark
    code: str
    values: dict[str, str] = Field(default_factory=dict)

    @property
    def words(self) -> Words:
        """The row in plain words."""
        text = _texts()[self.code]
        return Words(says=text.says.format(**self.values), do=text.do.strip().format(**self.values))


def ok(code: str, **values: object) -> Row:
    """A row with nothing to do."""
    return _row(Mark.OK, code, values)


def look(code: str, **values: object) -> Row:
    """A row that is worth a look."""
    return _row(Mark.LOOK, code, values)


def wrong(code: str, **values: object) -> Row:
    """A row to be mended."""
    return _row(Mark.WRONG, code, values)


def worst(rows: Iterable[Row]) -> Mark:
    """How a whole checkup stands."""
    return max((row.mark for row in rows), key=list(Mark).index, default=Mark.OK)


def _row(mark: Mark, code: str, values: dict[str, object]) -> Row:
    return Row(mark=mark, code=code, values={name: str(value) for name, value in values.items()})


@cache
def _texts() -> dict[str, Words]:
    tree = read_shipped(Path(__file__).with_name("rows.yaml"))
    assert tree.entries is not None
    return {code: Words.model_validate(node.plain()) for code, node in tree.entries.items()}
