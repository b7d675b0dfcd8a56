"""What the peers of the bench share: the request bodies that Candor sent, in the order in which it sent them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def bodies(sent: Path) -> list[dict[str, Any]]:
    """All of them; a JSON object a line."""
    return list(_lines(sent))


def _lines(sent: Path) -> Iterator[dict[str, Any]]:
    with sent.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
