"""What ``candor policy diff --json`` prints: every mail that changes, the counts, and what could not be replayed."""

from collections import Counter

from pipeline.types.base import Value
from pipeline.types.decision import Action


class Side(Value):
    """What one policy makes of a mail: ``code`` is the rule that leads, or a code such as ``no_objection``."""

    action: Action
    code: str
    leads: tuple[str, ...] = ()  # one an ask
    offers: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


class Because(Value):
    """A rule or an alternative that says something else, and what of it differs, in words."""

    ask: int
    name: str
    before: str
    after: str
    what: tuple[str, ...] = ()


class Change(Value):
    """One mail that comes out otherwise. ``number`` counts the outcomes of the history from 1."""

    number: int
    key: str
    origin: str
    sender: str
    subject: str
    before: Side
    after: Side
    because: tuple[Because, ...]

    @property
    def of_action(self) -> bool:
        """Whether what happens to the mail changes, and not only the reason, the offers or the questions."""
        return self.before.action is not self.after.action


class Left(Value):
    """An outcome that was not replayed, and why."""

    number: int
    key: str
    origin: str
    why: str


class Transition(Value):
    """How many mails go from one action to another, or keep it with another reason, other offers or questions."""

    before: Action
    after: Action
    number: int


class Difference(Value):
    """The whole. ``otherwise_decided`` counts replayed mails that another policy than the old one had decided."""

    old: str
    new: str
    replayed: int
    changes: tuple[Change, ...] = ()
    left: tuple[Left, ...] = ()
    transitions: tuple[Transition, ...] = ()
    otherwise_decided: int = 0
    remarks: tuple[str, ...] = ()

    @property
    def same(self) -> int:
        """How many mails come out the same."""
        return self.replayed - len(self.changes)


def transitions(changes: tuple[Change, ...]) -> tuple[Transition, ...]:
    """The counts, the most frequent first."""
    counted = Counter((change.before.action, change.after.action) for change in changes)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0][0].rank, item[0][1].rank))
    return tuple(Transition(before=before, after=after, number=n) for (before, after), n in ordered)
