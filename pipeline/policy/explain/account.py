"""The account of one decision, as ``candor policy explain --json`` prints it: one line, the same for the same facts.

It is written for the business itself: private facts and notes stand in it, each marked as such.
"""

from typing import Literal

from pipeline.types.base import Value
from pipeline.types.decision import Action, Result


class Cell(Value):
    """One condition of a rule: what was read, what it must be, whether it holds, and what would turn that round.

    ``part`` is ``when``, ``any 1``, ``unless 1`` and so on: a rule's boxes are counted from 1. ``source`` says who told
    the fact; ``mail:112-131`` are characters of the mail's text, of which ``quote`` is a copy. ``because`` says why a
    fact was never worked out.
    """

    part: str
    fact: str
    value: str
    must: str
    holds: bool | None
    source: str
    quote: str = ""
    because: str = ""
    private: bool = False
    flip: str = ""


class RuleTold(Value):
    """One rule over one ask. ``flip`` is what would change its result; ``note`` says why it was not looked at."""

    id: str
    line: int
    decide: Action
    result: Result
    conditions: tuple[Cell, ...] = ()
    flip: str = ""
    note: str = ""


class AskTold(Value):
    """One ask: its words, its decision with the reason for it, how far it might move, and all rules in file order."""

    ask: int
    kind: str
    quote: str
    decision: Action
    low: Action
    high: Action
    lead: str
    why: str
    fired: tuple[str, ...]
    unknown: tuple[str, ...]
    rules: tuple[RuleTold, ...]


class PublicText(Value):
    """A reason as the client may read it, with its values filled in."""

    rule: str
    text: str


class Missing(Value):
    """A fact that could not be read and that some rule needs: who could tell it, and the question that asks for it."""

    ask: int
    fact: str
    owner: Literal["client", "us", "judgement"]
    question: str = ""
    because: str = ""


class Fallen(Value):
    """An alternative that is not offered; ``answers`` whether it is meant for the reason that is told at all."""

    id: str
    kind: str
    answers: bool
    because: tuple[str, ...]


class Offered(Value):
    """An alternative that may be offered, with its values filled in, and the asks that it answers."""

    id: str
    kind: str
    text: str
    asks: tuple[int, ...]


class Alternatives(Value):
    """What may be offered and what may not; a declining reply takes ``offer_exactly`` of distinct kinds."""

    eligible: tuple[Offered, ...] = ()
    excluded: tuple[Fallen, ...] = ()
    offer_exactly: int = 3


class Account(Value):
    """The whole.

    ``decision_id`` is the same for the same policy, facts and day; ``range`` is the lowest and the highest that the
    decision could be if everything were known.
    """

    decision_id: str
    policy: str
    today: str
    engine: str
    decision: Action
    code: str
    why: str
    range: tuple[Action, Action]
    asks: tuple[AskTold, ...] = ()
    public: tuple[PublicText, ...] = ()
    private: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    questions: tuple[str, ...] = ()
    alternatives: Alternatives = Alternatives()
