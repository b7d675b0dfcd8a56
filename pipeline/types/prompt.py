"""A prompt is a value: stage, version, the frozen variables it was rendered from, messages and output schema."""

from typing import Literal

from pydantic import JsonValue, SerializeAsAny, SkipValidation

from pipeline.types.base import Value

Stage = Literal["extract", "draft", "judge", "pair"]
"""The prompts there are; the last two judge drafts, and only the eval harness uses them."""


class Turn(Value):
    """One chat message."""

    role: Literal["system", "user", "assistant"]
    content: str


class Variables(Value):
    """Base of the variables of a stage; every field is rendered by that stage's template."""


class OfferLine(Value):
    """An offer as the writer sees it: slots with the words code will put there."""

    id: str
    kind: str
    text: str
    for_asks: tuple[int, ...]
    slots: tuple[str, ...]
    made: bool = False  # our earlier reply made it already


class SlotLine(Value):
    """A slot and the words code will put there."""

    name: str
    words: str


class AskLine(Value):
    """An ask as the writer sees it."""

    number: int
    kind: str
    quote: str
    verdict: str  # declined | kept | open
    reasons: tuple[str, ...] = ()


class ReasonLine(Value):
    """A reason the client may read."""

    id: str
    text: str
    for_asks: tuple[int, ...]


class Move(Value):
    """A move of a good letter: the precondition it has, by name, what it means, and who checks it afterwards."""

    id: str
    when: str
    check: str  # a code of the guard, or a criterion of the rubric
    guidance: str


class MoveLine(Value):
    """A move that suits the mail, as the writer sees it."""

    name: str
    guidance: str


class QuestionLine(Value):
    """A question that the draft must ask."""

    id: str
    text: str


class FactLine(Value):
    """A fact the reader may report: its name, what it means, and the allowed choices if it is one."""

    name: str
    meaning: str
    choices: tuple[str, ...] = ()


class ExtractVariables(Variables):
    """What the reader of a mail is told. Lengths are capped by the stage."""

    firm: str
    services: tuple[str, ...]
    not_offered: tuple[str, ...]
    facts: tuple[FactLine, ...]
    sent: str  # ISO date with weekday, or "unknown"
    sender: str
    subject: str
    body: str
    history: str
    problems: tuple[str, ...] = ()  # of the first reply, when this is the second try


class DraftVariables(Variables):
    """What the writer is told: never the mail, only verified quotes, and nothing private."""

    action: str
    language: str
    firm: str
    services: tuple[str, ...] = ()
    not_offered: tuple[str, ...] = ()
    voice: str
    aim: str
    details: tuple[str, ...]
    sentiment: str
    pressure: tuple[str, ...]
    asks: tuple[AskLine, ...]
    reasons: tuple[ReasonLine, ...]
    offers: tuple[OfferLine, ...]
    questions: tuple[QuestionLine, ...]
    slots: tuple[SlotLine, ...]
    moves: tuple[MoveLine, ...] = ()
    address: str = ""  # how they are addressed
    shortest: int = 110  # words
    longest: int = 230
    use: tuple[str, ...] = ()  # words of the firm's
    avoid: tuple[str, ...] = ()
    round: int = 1  # 2: they answered our no
    objection: str = ""  # its kind, and their words
    previous: str = ""  # the first reply, when this is the repair
    problems: tuple[str, ...] = ()


class Prompt(Value):
    """What goes to a model. ``schema_`` is the full JSON Schema of the reply; adapters transform it."""

    stage: Stage
    version: str  # e.g. draft@v1
    hash: str
    variables: SerializeAsAny[Variables]
    messages: tuple[Turn, ...]
    schema_: SkipValidation[dict[str, JsonValue]]  # one of ours, shared by all prompts that ask for the same


class Usage(Value):
    """Tokens as the endpoint reports them; None is unknown, never zero."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cached_tokens: int | None = None
    calls: int = 0
    cached_calls: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        """Sum; a known figure plus an unknown one stays known, as a lower bound."""
        return Usage(
            prompt_tokens=_plus(self.prompt_tokens, other.prompt_tokens),
            completion_tokens=_plus(self.completion_tokens, other.completion_tokens),
            cached_tokens=_plus(self.cached_tokens, other.cached_tokens),
            calls=self.calls + other.calls,
            cached_calls=self.cached_calls + other.cached_calls,
        )


class Completion(Value):
    """A model's reply: raw text, the model that says it answered, usage, and the call's key."""

    text: str
    model: str
    call: str
    usage: Usage = Usage()


def _plus(a: int | None, b: int | None) -> int | None:
    return None if a is None and b is None else (a or 0) + (b or 0)
