"""Prompt files (Prompty: YAML front matter, then sections that begin with ``system:`` or ``user:``) become prompts.

The template is split into its sections before anything is rendered, so that a mail with a line ``system:`` can't make a
role. Rendering is strict: a variable that the template lacks, or does not know, is an error when the file is loaded.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import BaseModel, JsonValue, TypeAdapter

from pipeline.errors import PromptError
from pipeline.resources import shipped
from pipeline.types.judging import JudgeReply, JudgeVariables, PairReply, PairVariables
from pipeline.types.prompt import DraftVariables, ExtractVariables, Prompt, Stage, Turn, Variables
from pipeline.types.replies import DraftReply, ExtractReply
from pipeline.yamltree import parse

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

_ROLE = re.compile(r"^(system|user|assistant):[ \t]*$", re.MULTILINE)
STAGES: dict[Stage, tuple[type[Variables], type[BaseModel]]] = {
    "extract": (ExtractVariables, ExtractReply),
    "draft": (DraftVariables, DraftReply),
    "judge": (JudgeVariables, JudgeReply),
    "pair": (PairVariables, PairReply),
}
"""What a stage's template is filled with, and what its reply must fit."""


class Section(NamedTuple):
    """A role and the template of what it says."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True)
class Template:
    """A prompt version: ``stage@version``, the hash of its folder, its sections and the schema of its reply."""

    stage: Stage
    name: str
    hash: str
    sections: tuple[Section, ...]

    def render(self, variables: Variables) -> Prompt:
        """Fill every section; values are never rendered again, whatever they contain."""
        values = variables.model_dump()
        turns = (
            Turn(role=s.role, content=t.render(values).strip())
            for s, t in zip(self.sections, self._compiled, strict=True)
        )
        return Prompt(
            stage=self.stage,
            version=self.name,
            hash=self.hash,
            variables=variables,
            messages=tuple(turns),
            schema_=_narrowed(self._schema, variables),
        )

    @cached_property
    def _compiled(self) -> list["_Compiled"]:
        environment = _environment()
        return [environment.from_string(section.text) for section in self.sections]

    @cached_property
    def _schema(self) -> dict[str, JsonValue]:
        return STAGES[self.stage][1].model_json_schema()


def _narrowed(schema: dict[str, JsonValue], variables: Variables) -> dict[str, JsonValue]:
    """A reader may only claim the facts that it is asked for."""
    if not isinstance(variables, ExtractVariables):
        return schema
    definitions = TypeAdapter(dict[str, dict[str, JsonValue]]).validate_python(schema["$defs"])
    names = {fact.name for fact in variables.facts}
    listed = definitions["MailFact"]["enum"]
    assert isinstance(listed, list)
    narrowed = definitions["MailFact"] | {"enum": [name for name in listed if name in names]}
    return schema | {"$defs": {**definitions, "MailFact": narrowed}}


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
    versions = sorted(_versions(stage), key=lambda v: int(v[1:]))
    return f"{stage}@{versions[-1]}"


def load_prompt(name: str) -> Template:
    """Read a version such as ``draft@v1``.

    Raises:
        PromptError: no such version, or a file that does not fit its stage.
    """
    at, _, version = name.partition("@")
    stage = next((stage for stage in STAGES if stage == at), None)
    if stage is None or version not in _versions(stage):
        known = ", ".join(f"{at}@{v}" for v in _versions(at)) or "none"
        raise PromptError(f"there is no prompt '{name}'; there is {known}")
    folder = shipped("prompts", stage, version)
    text = (folder / "prompt.prompty").read_text(encoding="utf-8")
    sections = _sections(text, name)
    _check_variables(sections, stage, name)
    return Template(stage=stage, name=name, hash=_hash(folder), sections=sections)


def _versions(stage: str) -> list[str]:
    folder = shipped("prompts", stage)
    if not stage.isalpha() or not folder.is_dir():
        return []
    return sorted(p.name for p in folder.iterdir() if re.fullmatch(r"v\d+", p.name))


def _sections(text: str, name: str) -> tuple[Section, ...]:
    """Split off the front matter, then the roles."""
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0]:  # noqa: PLR2004 - nothing, front matter, text
        raise PromptError(f"{name}: a prompt file begins with front matter between '---' lines")
    parse(parts[1], name, PromptError)
    pieces = _ROLE.split(parts[2])
    if pieces[0].strip() or len(pieces) == 1:
        raise PromptError(f"{name}: the text must begin with a line 'system:' or 'user:'")
    roles: dict[str, Literal["system", "user", "assistant"]] = {
        "system": "system",
        "user": "user",
        "assistant": "assistant",
    }
    return tuple(Section(roles[role], body) for role, body in zip(pieces[1::2], pieces[2::2], strict=True))


def _check_variables(sections: tuple[Section, ...], stage: Stage, name: str) -> None:
    from jinja2 import TemplateSyntaxError, meta

    environment = _environment()
    try:
        used = {v for s in sections for v in meta.find_undeclared_variables(environment.parse(s.text))}
    except TemplateSyntaxError as error:
        raise PromptError(f"{name}: {error}") from None
    known = set(STAGES[stage][0].model_fields)
    if used != known:
        faults = [f"unknown variable '{v}'" for v in sorted(used - known)]
        faults += [f"'{v}' is not rendered" for v in sorted(known - used)]
        raise PromptError(f"{name}: {'; '.join(faults)}")


def _hash(folder: Path) -> str:
    """SHA-256 over every file of the folder, names included."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _environment() -> "SandboxedEnvironment":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)


if TYPE_CHECKING:
    from jinja2 import Template as _Compiled
