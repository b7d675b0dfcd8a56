"""Why things failed, counted: reasons that differ in figures alone are one, and the first of them speaks for all.

An id or a waiting time would make each failure's reason one of its own. What this leaves out: what a failure is.
"""

from collections import Counter

import re2

_FIGURES = re2.compile(r"\S*[0-9]\S*")


class Reasons:
    """Reasons as they come, and what they come to."""

    def __init__(self) -> None:
        self._number = Counter[str]()
        self._first: dict[str, str] = {}

    def add(self, reason: str) -> None:
        """Count one."""
        self._number[self._first.setdefault(_FIGURES.sub("#", reason), reason)] += 1

    @property
    def total(self) -> int:
        """How many were counted."""
        return self._number.total()

    def most(self) -> tuple[tuple[str, int], ...]:
        """Each with its number, the most frequent first."""
        return tuple(self._number.most_common())
