"""All that is wrong with prompt versions, or could go wrong with them: files, front matter, lock, order of the text."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import PromptError
from pipeline.prompts.file import read_version
from pipeline.prompts.find import versions
from pipeline.prompts.lock import drift, read_lock
from pipeline.prompts.template import STAGES, Template, environment
from pipeline.types.prompt import Stage

_STEADY: dict[Stage, frozenset[str]] = {
    "extract": frozenset({"firm", "services", "not_offered", "facts"}),
    "draft": frozenset({"firm", "voice"}),
    "judge": frozenset({"firm"}),
    "pair": frozenset({"firm"}),
}
"""Variables that are equal from one mail to the next, so that providers' caches reach beyond them."""
_LONG = 300  # characters of fixed text worth caching
_FIRST = "none"


class Level(StrEnum):
    """An error stops a release; a warning is worth a look."""

    ERROR = "error"
    WARNING = "warning"


class Finding(NamedTuple):
    """One thing found: of which version, what it is, what to do."""

    level: Level
    version: str
    says: str
    do: str


class Shelf(NamedTuple):
    """The versions below a folder: those that can be read, and what is wrong with any."""

    templates: tuple[Template, ...]
    unread: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def hashes(self) -> dict[str, str]:
        """By name."""
        return {template.name: template.hash for template in self.templates}


def lint(root: Path) -> Shelf:
    """Every version below ``root``, a folder of stages with a lock beside them.

    Raises:
        PromptError: the lock can't be read.
    """
    read = list(_read(root))
    templates = tuple(each for each in read if isinstance(each, Template))
    broken = [each for each in read if isinstance(each, Finding)]
    hashes = {template.name: template.hash for template in templates}
    known = {*hashes, *(finding.version for finding in broken)}
    ours = {f"{stage}@{version}" for stage in STAGES for version in versions(stage)}
    found = (each for template in templates for each in look(template, known | ours))
    unread = tuple(finding.version for finding in broken)
    return Shelf(templates, unread, (*broken, *_locked(root, hashes, known), *found))


def look(template: Template, known: set[str]) -> Iterator[Finding]:
    """What one version leaves unsaid or has in an unlucky order; ``known`` names the versions that there are."""
    name, said = template.name, template.header.metadata
    stated = {"version": said.version, "stage": said.stage, "schema": said.schema_, "parent": said.parent}
    missing = [key for key, value in (*stated.items(), ("inputs", template.header.inputs)) if not value]
    if missing:
        reply = template.reply.__name__
        yield Finding(
            Level.ERROR, name, f"its front matter leaves out {', '.join(missing)}",
            f"Write it down; the schema is {reply}, and the parent is a version or '{_FIRST}'.",
        )  # fmt: skip
    others = {_FIRST, *(other for other in known - {name} if other.startswith(f"{template.stage}@"))}
    if said.parent and _full(said.parent, template.stage) not in others:
        yield Finding(
            Level.WARNING, name, f"its parent '{said.parent}' is no other version", "Name the version it was made from."
        )
    if not said.note.strip():
        yield Finding(Level.WARNING, name, "it has no note", "Say in a line what it does otherwise than its parent.")
    yield from _order(template)


def _full(parent: str, stage: Stage) -> str:
    return parent if parent == _FIRST or "@" in parent else f"{stage}@{parent}"


def _order(template: Template) -> Iterator[Finding]:
    """Long fixed text behind what differs from mail to mail: providers cache the longest equal beginning."""
    moving = set(STAGES[template.stage].variables.model_fields) - _STEADY[template.stage]
    first = ""
    for section in template.sections:
        for _, kind, words in environment().lex(section.text):
            if kind == "name" and words in moving and not first:
                first = words
            if kind == "data" and first and len(words.strip()) > _LONG:
                says = f"{len(words.strip())} characters of fixed text stand behind '{first}', which differs by mail"
                yield Finding(Level.WARNING, template.name, says, "Put it before: equal beginnings are cached.")
                return


def _read(root: Path) -> Iterator[Template | Finding]:
    for stage in STAGES:
        for folder in sorted(path for path in (root / stage).glob("[!.]*") if path.is_dir()):
            try:
                yield read_version(folder, stage)
            except PromptError as error:
                name = f"{stage}@{folder.name}"
                yield Finding(Level.ERROR, name, str(error).removeprefix(f"{name}: "), "")


def _locked(root: Path, hashes: dict[str, str], known: set[str]) -> Iterator[Finding]:
    """What differs from the lock; a version that can't be read is not called gone as well."""
    found = drift(read_lock(root), hashes)
    for name in found.changed:
        says = "its text has changed since it was locked"
        yield Finding(Level.ERROR, name, says, "Put the old text back, and give the new one a folder of its own.")
    for name in sorted(set(found.gone) - known):
        yield Finding(Level.ERROR, name, "it is locked, but its folder has gone", "Put it back: records name it.")
    for name in found.new:
        yield Finding(Level.WARNING, name, "it is not locked yet", "Once it is released: candor prompts lint --lock")
