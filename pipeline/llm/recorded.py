"""Recorded sets: replies of a real model, kept by call key and replayed. A changed prompt misses, so a set cannot lie.

A set is a folder: ``set.yaml`` says which model answered, with which parameters, when, and to which prompt versions;
``replies.jsonl`` holds one reply a line. Replies quote mails, so a set is written for its owner's eyes only. Left out:
the messages themselves; the prompts render them again.
"""

import json
import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from pydantic import ValidationError

from pipeline.errors import ModelNameError, NotRecordedError
from pipeline.lines import lines_in
from pipeline.llm.cache import replayed
from pipeline.llm.model import Parameters, call_key
from pipeline.types.base import Value
from pipeline.types.prompt import Completion, Prompt, Usage


class Header(Value):
    """``set.yaml``. ``label`` tells a reader who answered; ``prompts`` maps a stage to version and hash."""

    name: str
    model: str
    parameters: Parameters
    date: date
    label: str
    prompts: dict[str, str]


class Row(Value):
    """One line of ``replies.jsonl``: call key, prompt version, the raw reply and what it cost."""

    key: str
    prompt: str
    text: str
    usage: Usage = Usage()


class RecordedModel:
    """Replays recorded sets; the first set that knows a prompt answers. ``repeat`` as in ``call_key``.

    Raises:
        ModelNameError: a folder is missing or broken.
    """

    def __init__(self, folders: Sequence[Path], repeat: int = 0) -> None:
        self._repeat = repeat
        self._sets = [read_set(folder) for folder in folders]

    async def complete(self, prompt: Prompt) -> Completion:
        """The recorded reply.

        Raises:
            NotRecordedError: no set has a reply to exactly this prompt.
        """
        for header, rows in self._sets:
            key = call_key(prompt, header.parameters, self._repeat)
            if row := rows.get(key):
                model = f"recorded:{header.model}"
                return replayed(Completion(text=row.text, model=model, call=key, usage=row.usage))
        raise NotRecordedError(f"no recorded reply to this {prompt.version} prompt", prompt=prompt, model="recorded")


def read_set(folder: Path) -> tuple[Header, dict[str, Row]]:
    """A set's header, and its rows by call key.

    Raises:
        ModelNameError: naming the file, and the line where there is one.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    at = str(folder / "set.yaml")
    try:
        header = Header.model_validate(YAML(typ="safe").load((folder / "set.yaml").read_text("utf-8")))
        rows = {}
        with (folder / "replies.jsonl").open("rb") as file:
            for number, line in enumerate(lines_in(file), 1):
                at = f"{folder / 'replies.jsonl'}:{number}"
                if line.strip():
                    row = Row.model_validate_json(line)
                    rows[row.key] = row
    except OSError as error:
        raise ModelNameError(f"no recorded set at {folder}: {error.strerror or error}") from error
    except (ValidationError, YAMLError, UnicodeDecodeError) as error:
        raise ModelNameError(f"{at}: not a recorded set") from error
    return header, rows


def write_set(folder: Path, header: Header, rows: Iterable[Row]) -> None:
    """Write a set: rows sorted by key, of equal keys the first one; equal content gives equal bytes."""
    from ruamel.yaml import YAML

    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row.key, row)
    lines = (json.dumps(first[key].model_dump(mode="json"), ensure_ascii=False) for key in sorted(first))
    yaml = YAML()  # the round-trip writer keeps the order of the class
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _private(folder / "set.yaml") as file:
        yaml.dump(header.model_dump(mode="json"), file)
    with _private(folder / "replies.jsonl") as file:
        file.writelines(f"{line}\n" for line in lines)


def _private(path: Path) -> TextIO:
    """``path`` to be written anew with mode 0600, also where an older file was open to others."""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    path.chmod(0o600)
    return os.fdopen(number, "w", encoding="utf-8", newline="\n")
