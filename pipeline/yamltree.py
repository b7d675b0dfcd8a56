"""YAML as a tree of places: every scalar is a string and knows its line and column.

Nothing is guessed (``no`` stays ``no``, ``1:30`` stays ``1:30``); anchors, aliases and duplicate keys are refused.
What a scalar means is decided by whoever reads the tree.
"""

import warnings
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import UsageError

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

    if len(text) > _LIMIT:
        raise error(f"{file}: longer than {_LIMIT:,} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ReusedAnchorWarning)
            root = YAML(typ="safe", pure=True).compose(text)
    except ReusedAnchorWarning:
        raise error(f"{file}: anchors and aliases are not allowed") from None
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        place = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else file
        raise error(f"{place}: {fault.problem or 'not valid YAML'}") from None
    except (YAMLError, RecursionError, ValueError):
        raise error(f"{file}: not valid YAML") from None
    if root is None:
        raise error(f"{file}: is empty")
    return _node(root, file, error)


def read_shipped(path: Path) -> Node:
    """The tree of a file that comes with Candor; nobody but us can mend a fault in it."""
    return parse(path.read_text("utf-8"), path.name, UsageError)


def _node(raw: object, file: str, error: type[UsageError]) -> Node:
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    assert isinstance(raw, ScalarNode | SequenceNode | MappingNode)
    line, column = raw.start_mark.line + 1, raw.start_mark.column + 1
    if raw.anchor is not None:
        raise error(f"{file}:{line}:{column}: anchors and aliases are not allowed")
    if isinstance(raw, MappingNode):
        return Node(file, line, column, entries=dict(_entries(raw.value, file, error)))
    if isinstance(raw, SequenceNode):
        return Node(file, line, column, items=tuple(_node(item, file, error) for item in raw.value))
    return Node(file, line, column, text=str(raw.value))


def _entries(pairs: list[tuple[object, object]], file: str, error: type[UsageError]) -> Iterator[tuple[str, Node]]:
    seen: set[str] = set()
    for raw_key, raw_value in pairs:
        key = _node(raw_key, file, error)
        if key.text is None or key.text in seen:
            what = "a key must be a word" if key.text is None else f"'{key.text}' is given twice"
            raise key.fault(what, error)
        seen.add(key.text)
        yield key.text, _node(raw_value, file, error)
