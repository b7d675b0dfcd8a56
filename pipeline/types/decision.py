"""What the policy decides, and why: the action, every resolved fact, the rules and conditions, what may be offered."""

from enum import StrEnum

from pipeline.types.base import Value
from pipeline.types.quantities import Quantity
from pipeline.types.request import Fact

TOO_FEW = "too_few_offers"
"""The code of a no that can't offer three kinds, and so is a person's."""


class Action(StrEnum):
    """What happens to a mail. ``rank`` orders them when several asks or rules meet."""

    SKIP = "skip"
    ACCEPT = "accept"
    ASK = "ask"
    CONFIRM = "confirm"  # they take what we offered: it binds, so a person sends it
    DECLINE = "decline"
    ESCALATE = "escalate"
    END = "end"

    @property
    def rank(self) -> int:
        """Position in the fixed order skip < accept < ask < confirm < decline < escalate < end.

        A confirmation outranks a question, which can be asked beside it; a no outranks a confirmation, since whoever
        takes an offer and asks for what we refuse has not taken it.
        """
        return _RANKS[self]

    @property
    def drafts(self) -> bool:
        """Whether a reply is drafted at all."""
        return self in {Action.ASK, Action.CONFIRM, Action.DECLINE, Action.END}


_RANKS = {action: rank for rank, action in enumerate(Action)}


class Text(Value):
    """A text of the policy by two-letter language code; a text given alone stands under the policy's own language."""

    by_language: dict[str, str]

    def pick(self, language: str) -> str:
        """The text in ``language``, else in English, else in any."""
        texts = self.by_language
        return texts.get(language) or texts.get("en") or next(iter(texts.values()))


class Term(Value):
    """A value that a text of ours may state: slot ``name`` and its quantity."""

    name: str
    value: Quantity


class Result(StrEnum):
    """What one rule says of one ask."""

    FIRED = "fired"
    NO = "no"
    UNKNOWN = "unknown"
    DORMANT = "dormant"  # a fact it reads has no configured source


class ConditionTrace(Value):
    """One condition as it was read: the fact, its value in words, what the rule wants, whether it holds."""

    fact: str
    must: str
    value: str
    source: str
    quote: str = ""
    holds: bool | None = None


class RuleTrace(Value):
    """One rule over one ask. ``flip`` says in words what would change the result; only for fired rules."""

    rule: str
    line: int
    result: Result
    conditions: tuple[ConditionTrace, ...] = ()
    flip: str = ""


class Reason(Value):
    """A reason the client may read, with the terms its text states."""

    rule: str
    text: Text
    terms: tuple[Term, ...] = ()
    asks: tuple[int, ...] = ()


class Offer(Value):
    """An alternative the business can keep: its kind, its text with slots, the terms that fill them."""

    id: str
    kind: str
    text: Text
    terms: tuple[Term, ...] = ()
    asks: tuple[int, ...] = ()


class Question(Value):
    """What must be asked before anything can be decided."""

    id: str
    text: Text
    ask: int


class AskDecision(Value):
    """What the policy says of one ask."""

    ask: int
    action: Action
    lead: str = ""  # the rule whose reason is told first
    fired: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    trace: tuple[RuleTrace, ...] = ()


class Decision(Value):
    """The decision over the whole mail. ``policy`` is the hash of the policy file."""

    action: Action
    code: str  # lead rule, or one of: no_objection, no_ask, cannot_tell, too_few_offers; ``policy.rounds`` has more
    asks: tuple[AskDecision, ...] = ()
    reasons: tuple[Reason, ...] = ()
    private: tuple[str, ...] = ()  # for the reviewer only
    offers: tuple[Offer, ...] = ()  # permitted; a draft uses exactly three of distinct kinds
    questions: tuple[Question, ...] = ()
    doubts: tuple[str, ...] = ()  # rules that could not be read and would outrank the action
    facts: tuple[Fact, ...] = ()  # mail-wide facts, totals included
    policy: str = ""
    round: int = 1  # 2: the mail answers our no
    objection: str = ""  # what it says against it, by kind
    concessions: int = 0  # what pressure has moved us to in this matter so far
    made: tuple[str, ...] = ()  # offers, by id, that our earlier reply made

    @property
    def kept(self) -> tuple[int, ...]:
        """Numbers of the asks that pass on their own."""
        return tuple(a.ask for a in self.asks if a.action is Action.ACCEPT)
