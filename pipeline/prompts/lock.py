"""The lock: which text each version had when it was released, as ``stage@version`` to the hash of its folder.

A record names its prompts by version, so a version that changes its text makes old records lie; a change is a new
version. Left out: who releases what.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import PromptError

FILE = "prompts.lock.json"


class Drift(NamedTuple):
    """How the versions at hand differ from the locked ones, by name."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def read_lock(root: Path) -> dict[str, str]:
    """The locked hashes below ``root``; none where there is no lock yet.

    Raises:
        PromptError: the file is no lock.
    """
    try:
        return TypeAdapter(dict[str, str]).validate_json((root / FILE).read_bytes(), strict=True)
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError):
        raise PromptError(f"{root / FILE} can't be read as a lock; take it from the last commit") from None


def drift(locked: Mapping[str, str], found: Mapping[str, str]) -> Drift:
    """What is new, changed or gone since the lock was written."""
    return Drift(
        new=tuple(sorted(found.keys() - locked.keys())),
        changed=tuple(sorted(name for name in found.keys() & locked.keys() if found[name] != locked[name])),
        gone=tuple(sorted(locked.keys() - found.keys())),
    )


def write_lock(root: Path, found: Mapping[str, str], *, accept: bool) -> None:
    """Write new versions into the lock. What has changed or gone since stays as it was, unless ``accept``.

    Raises:
        PromptError: the file is no lock, or it can't be written.
    """
    kept = found if accept else {**found, **read_lock(root)}
    try:
        (root / FILE).write_text(
            f"{json.dumps(dict(sorted(kept.items())), indent=2)}\n", encoding="utf-8", newline="\n"
        )
    except OSError as error:
        raise PromptError(f"{root / FILE} can't be written: {error.strerror}") from None
