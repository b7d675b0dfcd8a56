"""A suite as a value, and the files of its folder. Left out: reading it, which ``load`` does.

``suite.yaml`` names it, ``cases.jsonl`` has a case a line, ``businesses.jsonl`` a firm a line, ``splits.lock.json`` the
hashes of its test cases. A firm's policy is a shipped one (``starter``), or a file beside them.
"""

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from eval.types.case import Case, Firm
from pipeline.resources import shipped
from pipeline.types.base import Value

HEAD, CASES, FIRMS, LOCK = "suite.yaml", "cases.jsonl", "businesses.jsonl", "splits.lock.json"


class Suite(NamedTuple):
    """All of one folder. ``hash`` is over whatever can change an outcome: cases, firms, policies and their texts."""

    name: str
    title: str
    folder: Path
    hash: str
    cases: tuple[Case, ...]
    firms: dict[str, Firm]


def place_of(named: Path) -> Path:
    """The folder that is named; where there is none, the suite that ships under this name, such as ``decline``."""
    own = shipped("fixtures", "suites", named.name)
    return own if named.parent == Path() and not named.exists() and (own / HEAD).is_file() else named


def shipped_names() -> list[str]:
    """The names of the suites that ship."""
    return sorted(path.parent.name for path in shipped("fixtures", "suites").glob(f"*/{HEAD}"))


def policy_files(folder: Path, policy: str) -> dict[str, Path]:
    """The policy's files by the name that they have in a business folder; those that are missing are named too."""
    own = policy.endswith((".yaml", ".yml"))
    path = folder / policy if own else shipped("fixtures", policy, "policy.yaml")
    texts = sorted((path.parent / "texts").glob("*.yaml"))
    return {"policy.yaml": path, **{f"texts/{text.name}": text for text in texts}}


def folder_name(name: str) -> str:
    """A business's name as that of a folder."""
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in name)


def digest(*values: Value | str | bytes) -> str:
    """A hash of values, the same on every machine and in whatever order a file has their keys."""
    found = hashlib.sha256()
    for value in values:
        raw = _canonical(value) if isinstance(value, Value) else value
        data = raw.encode() if isinstance(raw, str) else raw
        found.update(f"{len(data)}:".encode() + data)
    return found.hexdigest()


def _canonical(value: Value) -> str:
    return json.dumps(value.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
