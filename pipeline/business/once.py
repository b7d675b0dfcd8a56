"""What holds for the entries of every record: a name stands once, and one that a model may pick is short enough."""

from pipeline.business.shape import LONGEST
from pipeline.errors import BusinessError
from pipeline.yamltree import Node


def short(entry: str, node: Node) -> None:
    """Raises: BusinessError for an entry that would be cut where a reading model is shown it."""
    if len(entry) > LONGEST:
        raise node.fault(f"an entry has at most {LONGEST} characters; this one has {len(entry)}", BusinessError)


class Once:
    """Names that may stand once each, whatever their case."""

    def __init__(self, what: str, twice: str) -> None:
        self._what, self._twice = what, twice
        self._first: dict[str, Node] = {}

    def take(self, name: str, node: Node) -> None:
        """Raises: BusinessError when the name stands in the record already."""
        first = self._first.setdefault(name.casefold(), node)
        if first is not node:
            said = f"{self._what} '{name}' {self._twice}; the first is in line {first.line}"
            raise node.fault(said, BusinessError)
