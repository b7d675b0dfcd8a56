"""The work as the peers get it, and the four string checks that each of them does. Standard library only."""

import json
from pathlib import Path
from typing import Any, NamedTuple


class Row(NamedTuple):
    """A request: the version of its prompt, and its two messages."""

    version: int
    system: str
    user: str


def rows(sent: str) -> list[Row]:
    """Two rows a case, one a version."""
    pairs: list[list[dict[str, Any]]] = json.loads(Path(sent).read_text("utf-8"))
    told = [[turn["content"] for turn in draft["messages"]] for draft, _ in pairs]
    return [Row(number % 2, system, user) for number, (system, user) in enumerate(told)]


def is_json(reply: str) -> bool:
    """Whether the reply came whole."""
    try:
        json.loads(reply)
    except ValueError:
        return False
    return True


def has_offer(reply: str) -> bool:
    """Whether it makes an offer."""
    return "offer:" in reply


def is_plain(reply: str) -> bool:
    """Whether it does without a word that nobody likes."""
    return "unfortunately" not in reply


def has_form(reply: str) -> bool:
    """Whether it marks its paragraphs."""
    return '"new_paragraph"' in reply


CHECKS = (is_json, has_offer, is_plain, has_form)


def tell(passed: int, note: str = "") -> None:
    """How many replies passed all four."""
    print(json.dumps({"kept": passed, "note": note}))
