"""A stored outcome as what can be learnt from it: who asked for what, what was refused by which rule, what was offered.

It reads the same JSON as an outcome and passes over the rest, texts and traces of rules.
"""

from pydantic import BaseModel, ConfigDict

from pipeline.types.decision import Action
from pipeline.types.past import Decided, Past
from pipeline.types.quantities import Quantity
from pipeline.types.request import State


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class FactSeen(_Part):
    """A fact as it was when the mail was decided."""

    name: str
    state: State
    value: Quantity | None = None


class AskSeen(_Part):
    """One ask: how it was decided, the rule that led, those that fired, those that could not be read, the facts."""

    ask: int
    action: Action
    lead: str = ""
    fired: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    facts: tuple[FactSeen, ...] = ()


class DecidedThen(Decided):
    """The decision."""

    asks: tuple[AskSeen, ...] = ()


class SentenceSeen(_Part):
    """What backed a sentence of the draft, e.g. ``offer:later``."""

    backing: str


class DraftSeen(_Part):
    """The draft, as far as it made offers."""

    sentences: tuple[SentenceSeen, ...] = ()

    @property
    def offers(self) -> tuple[str, ...]:
        """Ids of the offers made, each once."""
        backings = (sentence.backing for sentence in self.sentences)
        return tuple(dict.fromkeys(b.removeprefix("offer:") for b in backings if b.startswith("offer:")))


class Answered(Past):
    """A past outcome with its asks and its offers."""

    decision: DecidedThen | None = None
    draft: DraftSeen | None = None
