"""The few words the outbox itself writes into a mail, read from ``words.json``: reply prefixes, attribution lines."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Attribution(NamedTuple):
    """The line above a quoted mail, with ``{day}`` and ``{name}``; ``locale`` writes the day."""

    dated: str
    undated: str
    locale: str


class Words(NamedTuple):
    """``reply_prefixes`` in lower case without colon; ``attribution`` by two-letter language."""

    reply_prefixes: tuple[str, ...]
    attribution: dict[str, Attribution]


@cache
def words() -> Words:
    """The shipped words."""
    content = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))
    lines = {language: Attribution(**line) for language, line in content["attribution"].items()}
    return Words(tuple(content["reply_prefixes"]), lines)
