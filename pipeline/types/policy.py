"""The policy as typed values: settings, rules made of cells, alternatives. Read by ``pipeline.policy.load``."""

from datetime import date
from enum import StrEnum

from pipeline.types.base import Value
from pipeline.types.decision import Action, Text
from pipeline.types.quantities import Quantity


class Operator(StrEnum):
    """The word operators of a cell."""

    IS = "is"
    NOT = "not"
    OVER = "over"
    AT_LEAST = "at least"
    UNDER = "under"
    AT_MOST = "at most"
    ONE_OF = "one of"


class Condition(Value):
    """One cell: a fact against constants. ``words`` is the cell as written, ``line`` where it stands in the file."""

    fact: str
    operator: Operator
    values: tuple[Quantity, ...]
    words: str
    setting: str = ""  # name of the setting the value came from
    line: int = 0


class IfUnknown(StrEnum):
    """What an unknown condition does to the decision."""

    IGNORE = "ignore"
    ASK = "ask"
    ESCALATE = "escalate"


class Rule(Value):
    """``when`` all hold, and all of one box of ``any_``, but of no box of ``unless``: then ``decide``."""

    id: str
    line: int
    when: tuple[Condition, ...] = ()
    any_: tuple[tuple[Condition, ...], ...] = ()
    unless: tuple[tuple[Condition, ...], ...] = ()  # boxes; one that holds whole is an exception
    decide: Action
    if_unknown: IfUnknown = IfUnknown.ASK
    from_: date | None = None
    until: date | None = None
    public: Text | None = None
    private: str = ""
    category: str = ""
    tell_upfront: bool = False
    upfront: Text | None = None  # what is told ahead in the place of ``public``; it states settings alone

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every cell of the rule, as they stand in the file: ``when``, the boxes of ``any``, those of ``unless``."""
        return (*self.when, *(cell for box in (*self.any_, *self.unless) for cell in box))


class Instead(Value):
    """What the ask becomes for whoever takes an offer: ``fact`` gets a value, or the day of a computed ``term``."""

    fact: str
    value: Quantity | None = None  # None with no term: as if it had not been said
    term: str = ""
    setting: str = ""  # name of the setting the value came from


class Alternative(Value):
    """An offer the business can keep, and when it fits. With ``instead`` the policy is asked whether it allows it."""

    id: str
    line: int
    kind: str
    offer: Text
    on: tuple[Action, ...] = (Action.DECLINE,)
    for_: tuple[str, ...] = ()  # rule ids; empty = any
    not_for: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    instead: tuple[Instead, ...] = ()
    round: int = 1

    @property
    def states_a_day(self) -> bool:
        """Whether its text holds the first day on which we can deliver."""
        return any("{earliest_date}" in text for text in self.offer.by_language.values())


class Policy(Value):
    """A whole policy file. ``hash`` is the SHA-256 (hex) of its canonical content."""

    name: str
    hash: str
    settings: dict[str, Quantity]
    rules: tuple[Rule, ...]
    alternatives: tuple[Alternative, ...]
    questions: dict[str, Text]  # by question key, see the catalogue of facts
    impossible: tuple[tuple[Condition, ...], ...] = ()  # what never holds together; read by the lint alone
