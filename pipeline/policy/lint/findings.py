"""What the lint found: how bad it is, where it stands, what is wrong, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pipeline.errors import UsageError
from pipeline.policy.faults import place_of
from pipeline.types.base import Value
from pipeline.yamltree import Node


class Level(StrEnum):
    """An error makes ``check`` fail, a warning does so when asked to, a note is for the eye."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Finding(Value):
    """One cause. ``line`` and ``column`` count from 1; both are 0 where it concerns a file as a whole."""

    level: Level
    code: str
    file: str
    line: int
    column: int
    says: str
    do: str = ""

    @property
    def place(self) -> str:
        """Where to look."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True)
class Places:
    """Where things stand in the policy file."""

    tree: Node

    def error(self, code: str, at: Node, says: str, do: str) -> Finding:
        """Something that must be mended."""
        return _found(Level.ERROR, code, at, says, do)

    def warning(self, code: str, at: Node, says: str, do: str) -> Finding:
        """Something that is hardly meant so."""
        return _found(Level.WARNING, code, at, says, do)

    def note(self, code: str, at: Node, says: str, do: str) -> Finding:
        """Something to know."""
        return _found(Level.NOTE, code, at, says, do)

    def rule(self, name: str, *path: int | str) -> Node:
        """A rule, or a part of it."""
        return self._entry("rules", name, path)

    def offer(self, name: str, *path: int | str) -> Node:
        """An alternative, or a part of it."""
        return self._entry("alternatives", name, path)

    def setting(self, name: str) -> Node:
        """The value of a setting."""
        return self.tree.at(("settings", name))

    def _entry(self, section: str, name: str, path: Iterable[int | str]) -> Node:
        entries = self.tree.at((section,)).items or ()
        number = next((n for n, node in enumerate(entries) if node.at(("id",)).text == name), 0)
        return self.tree.at((section, number, *path))


def faulty(fault: UsageError) -> Finding:
    """An error of a file, as it stands in its message."""
    file, line, column, message = place_of(fault)
    says, _, hint = message.partition(" (did you mean ")
    do = f"Did you mean {hint.removesuffix(')')}" if hint else ""
    return Finding(level=Level.ERROR, code="unreadable", file=file, line=line, column=column, says=says, do=do)


def _found(level: Level, code: str, at: Node, says: str, do: str) -> Finding:
    return Finding(level=level, code=code, file=at.file, line=at.line, column=at.column, says=says, do=do)


def several(names: Iterable[str]) -> str:
    """``'a', 'b' and 'c'``."""
    *most, last = (f"'{name}'" for name in names)
    return f"{', '.join(most)} and {last}" if most else last
