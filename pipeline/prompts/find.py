"""Which prompt versions there are, and a version by its name: ``draft@v1``, or ``draft@./my/draft`` for a folder."""

import re
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import PromptError
from pipeline.prompts.file import read_version
from pipeline.prompts.template import STAGES, Template
from pipeline.resources import shipped
from pipeline.types.prompt import Stage

_NUMBERED = re.compile(r"v[1-9]\d*")
_NAMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Prompts(NamedTuple):
    """The two prompt versions that a run uses."""

    extract: Template
    draft: Template


def load_prompts(*names: str) -> Prompts:
    """``draft@v1`` and so on; the stages not named get their newest shipped version."""
    chosen = {name.partition("@")[0]: name for name in names}
    for stage in chosen:
        if stage not in Prompts._fields:
            raise PromptError(f"there is no prompt stage '{stage}'; the stages are {', '.join(Prompts._fields)}")
    return Prompts(*(load_prompt(chosen.get(stage) or newest(stage)) for stage in Prompts._fields))


def newest(stage: str) -> str:
    """The highest shipped version of a stage."""
    return f"{stage}@{versions(stage)[-1]}"


def load_prompt(name: str) -> Template:
    """Read a shipped version such as ``draft@v1``, or one of your own: ``draft@FOLDER``, with a slash in it.

    Raises:
        PromptError: no such version, or a file that does not fit its stage or its folder.
    """
    return read_version(*folder_of(name))


def folder_of(name: str) -> tuple[Path, Stage]:
    """Where a version lies.

    Raises:
        PromptError: there is no such version.
    """
    at, _, version = name.partition("@")
    stage = next((stage for stage in STAGES if stage == at), None)
    if stage and ("/" in version or "\\" in version):
        return _own(Path(version), name), stage
    if stage is None:
        raise PromptError(
            f"there is no prompt '{name}'; one is named as {newest('draft')}, 'candor prompts list' has all"
        )
    if version not in versions(stage):
        known = ", ".join(f"{at}@{v}" for v in versions(stage)) or "none"
        hint = f"; for a folder of your own write {at}@./{version}" if version else ""
        raise PromptError(f"there is no prompt '{name}'; there is {known}{hint}")
    return shipped("prompts", stage, version), stage


def versions(stage: Stage | str) -> list[str]:
    """The shipped versions of a stage, the newest last."""
    folder = shipped("prompts") / stage
    if not stage.isalpha() or not folder.is_dir():
        return []
    return sorted((p.name for p in folder.iterdir() if _NUMBERED.fullmatch(p.name)), key=lambda v: int(v[1:]))


def _own(folder: Path, name: str) -> Path:
    if not folder.is_dir():
        raise PromptError(f"there is no prompt '{name}': {folder} is no folder")
    if not _NAMED.fullmatch(folder.resolve().name):
        raise PromptError(
            f"'{name}': a prompt is called after its folder, so name it in letters, digits, '.', '_', '-'"
        )
    return folder
