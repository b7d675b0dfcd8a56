"""The data files of ``reading/``: YAML lists by name, or by two names. Left out: checking; the tests do that."""

from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "reading"
Lists = dict[str, list[str]]


def lists(*path: str) -> Lists:
    """A file of lists by name, without its ending."""
    return {name: [str(one) for one in found or ()] for name, found in _read(*path).items()}


def nested(*path: str) -> dict[str, Lists]:
    """A file of lists by two names, without its ending; an empty entry holds nothing."""
    return {
        name: {key: [str(one) for one in found or ()] for key, found in (entry or {}).items()}
        for name, entry in _read(*path).items()
    }


def table(name: str) -> dict[str, dict[str, object]]:
    """One of the files that hold for all languages."""
    return _read(name)


def place(code: str, written: str) -> str:
    """File and line of what stands somewhere in a language's folder, to tell where it is wrong."""
    quoted = written.replace("'", "''")
    return next(
        (
            f"{code}/{path.name}:{number}"
            for path in sorted((FOLDER / code).glob("*.yaml"))
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            if quoted in line or written in line
        ),
        code,
    )


def _read(*path: str) -> dict[str, Any]:
    from ruamel.yaml import YAML

    text = FOLDER.joinpath(*path).with_suffix(".yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(text) or {}
    return found
