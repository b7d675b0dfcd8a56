"""A prompt version as a value, and its rendering. Left out: where versions lie and how their files are read.

The template is split into its sections before anything is rendered, so that a mail with a line ``system:`` can't make a
role. Rendering is strict: a variable that is missing is an error.
"""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import BaseModel, JsonValue, TypeAdapter

from pipeline.prompts.header import Header
from pipeline.types.judging import JudgeReply, JudgeVariables, PairReply, PairVariables
from pipeline.types.prompt import DraftVariables, ExtractVariables, Move, Prompt, Stage, Turn, Variables
from pipeline.types.replies import DraftReply, ExtractReply, ReadingReply

if TYPE_CHECKING:
    from jinja2 import Template as Compiled
    from jinja2.sandbox import SandboxedEnvironment


class Shape(NamedTuple):
    """What a stage's templates are filled with, and the types that a version's reply may have.

    A version that names none in its front matter has the first.
    """

    variables: type[Variables]
    replies: tuple[type[BaseModel], ...]


STAGES: dict[Stage, Shape] = {
    "extract": Shape(ExtractVariables, (ExtractReply, ReadingReply)),
    "draft": Shape(DraftVariables, (DraftReply,)),
    "judge": Shape(JudgeVariables, (JudgeReply,)),
    "pair": Shape(PairVariables, (PairReply,)),
}
"""The stages. A version names its reply's type in the front matter, so that old versions keep theirs."""

_DEFINITIONS = TypeAdapter(dict[str, dict[str, JsonValue]])


class Section(NamedTuple):
    """A role and the template of what it says."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True)
class Template:
    """A prompt version: ``stage@version``, the hash of its folder, its sections and what its front matter says."""

    stage: Stage
    name: str
    hash: str
    sections: tuple[Section, ...]
    header: Header = field(default_factory=Header)
    moves: tuple[Move, ...] = ()

    def render(self, variables: Variables) -> Prompt:
        """Fill every section; values are never rendered again, whatever they contain."""
        values = variables.model_dump()
        asked = tuple(fact.name for fact in variables.facts) if isinstance(variables, ExtractVariables) else None
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
            schema_=_schema(self.reply, asked),
        )

    @property
    def reply(self) -> type[BaseModel]:
        """The type that a reply to this version must fit."""
        replies = STAGES[self.stage].replies
        return next((reply for reply in replies if reply.__name__ == self.header.metadata.schema_), replies[0])

    @cached_property
    def _compiled(self) -> list["Compiled"]:
        made = environment()
        return [made.from_string(section.text) for section in self.sections]


@lru_cache(maxsize=64)
def _schema(reply: type[BaseModel], claims: tuple[str, ...] | None) -> dict[str, JsonValue]:
    """The schema of a reply; of a reader's, with no other facts than ``claims``."""
    schema = reply.model_json_schema()
    if claims is None:
        return schema
    definitions = _DEFINITIONS.validate_python(schema["$defs"])
    listed = definitions["MailFact"]["enum"]
    assert isinstance(listed, list)
    narrowed = definitions["MailFact"] | {"enum": [name for name in listed if name in claims]}
    return schema | {"$defs": {**definitions, "MailFact": narrowed}}


def environment() -> "SandboxedEnvironment":
    """Where prompts are rendered: sandboxed, unescaped, a missing variable an error."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
