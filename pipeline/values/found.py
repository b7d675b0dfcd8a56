"""Something found in a text: what it is, where it stands and, if it can be told, what it is worth."""

from pipeline.types.base import Value
from pipeline.types.quantities import Quantity


class Found(Value):
    """``text`` is the original's from ``start`` to ``end`` (characters); ``value`` None when it cannot be told."""

    kind: str
    value: Quantity | None = None
    start: int
    end: int
    text: str
