"""YAML as a tree of places: every scalar is a string and knows its line and column.

Nothing is guessed (``no`` stays ``no``, ``1:30`` stays ``1:30``); anchors, aliases and duplicate keys are refused.
What a scalar means is decided by whoever reads the tree.
"""

import warnings
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import UsageError
from pipeline.yamlslips import Lost, no_start, slip, unspaced

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError

_PLAIN = "tag:yaml.org,2002:"  # of everything that names no tag of its own
_LIMIT = 1_000_000  # characters; a policy of a thousand rules has about a third of that


class Node(NamedTuple):
    """A scalar (``text``), a list (``items``) or a mapping (``entries``), and where it stands (counted from 1)."""

    file: str
    line: int
    column: int
    text: str | None = None
    items: "tuple[Node, ...] | None" = None
    entries: "dict[str, Node] | None" = None

    def fault(self, message: str, error: type[UsageError]) -> UsageError:
        """An error that begins with ``file:line:column``."""
        return error(f"{self.file}:{self.line}:{self.column}: {message}")

    def plain(self) -> object:
        """The tree as strings, lists and dicts, for a pydantic model to validate."""
        if self.entries is not None:
            return {key: node.plain() for key, node in self.entries.items()}
        if self.items is not None:
            return [node.plain() for node in self.items]
        return self.text

    def at(self, path: tuple[int | str, ...]) -> "Node":
        """The node at a pydantic error's ``loc``, or the deepest one that exists."""
        node = self
        for step in path:
            if isinstance(step, int) and node.items is not None and step < len(node.items):
                node = node.items[step]
            elif isinstance(step, str) and node.entries is not None and step in node.entries:
                node = node.entries[step]
        return node


@lru_cache(maxsize=64)  # one call reads the same file several times, and reading is slow
def parse(text: str, file: str, error: type[UsageError]) -> Node:
    """The tree of a YAML 1.2 document.

    Raises:
        error: for anything that is not plain YAML, with its place.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning, YAMLError
    from ruamel.yaml.reader import ReaderError

    if len(text) > _LIMIT:
        raise error(f"{file}: longer than {_LIMIT:,} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ReusedAnchorWarning)
            root = YAML(typ="safe", pure=True).compose(text)
    except ReusedAnchorWarning:
        raise error(f"{file}: a text that begins with '&' must be put in quotes") from None
    except MarkedYAMLError as fault:
        raise _slipped(fault, text, file, error) from None
    except ReaderError as fault:
        raise _hidden(text[: fault.position], ord(text[fault.position]), file, error) from None
    except (YAMLError, RecursionError, ValueError):
        raise error(f"{file}: it can't be read as YAML") from None
    if root is None:
        raise error(f"{file}: is empty")
    return _node(root, _File(file, text, error))


class _File(NamedTuple):
    """What is being read, and how its faults are raised."""

    name: str
    text: str
    error: type[UsageError]


def _slipped(fault: "MarkedYAMLError", text: str, file: str, error: type[UsageError]) -> UsageError:
    """The fault that a parser has found, in words of ours."""
    mark, opened = fault.problem_mark or fault.context_mark, fault.context_mark
    if mark is None:
        return error(f"{file}: it can't be read as YAML")
    began = (opened.line, opened.column) if opened else None
    found = slip(Lost(text.splitlines(), mark.line, mark.column, fault.problem or "", began))
    return error(f"{file}:{found.line}:{found.column}: {found.says}")


def _hidden(before: str, character: int, file: str, error: type[UsageError]) -> UsageError:
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return error(f"{file}:{line}:{column}: a character that can't be seen stands here (U+{character:04X}); delete it")


def read_shipped(path: Path) -> Node:
    """The tree of a file that comes with Candor; nobody but us can mend a fault in it."""
    return parse(path.read_text("utf-8"), path.name, UsageError)


def _node(raw: object, file: _File) -> Node:
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    assert isinstance(raw, ScalarNode | SequenceNode | MappingNode)
    line, column = raw.start_mark.line + 1, raw.start_mark.column + 1
    if raw.anchor is not None or not (raw.tag or "").startswith(_PLAIN):
        found = no_start(file.text, line, column)
        raise file.error(f"{file.name}:{found.line}:{found.column}: {found.says}")
    if isinstance(raw, MappingNode):
        return Node(file.name, line, column, entries=dict(_entries(raw.value, file)))
    if isinstance(raw, SequenceNode):
        return Node(file.name, line, column, items=tuple(_node(item, file) for item in raw.value))
    return Node(file.name, line, column, text=str(raw.value))


def _entries(pairs: list[tuple[object, object]], file: _File) -> Iterator[tuple[str, Node]]:
    seen: dict[str, int] = {}
    for raw_key, raw_value in pairs:
        key = _node(raw_key, file)
        if key.text is None:
            raise key.fault("a key must be a word", file.error)
        if key.text in seen:
            first = f"'{key.text}' is given twice, first in line {seen[key.text]}; join the two, or delete one"
            raise key.fault(first, file.error)
        value = _node(raw_value, file)
        if not value.text and value.items is None and value.entries is None and (write := unspaced(key.text)):
            raise key.fault(write, file.error)
        seen[key.text] = key.line
        yield key.text, value
