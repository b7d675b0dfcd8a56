"""The words of the demo and the mails they go with, as ``demo.yaml`` has them. What this leaves out: printing them."""

from pathlib import Path

from pipeline.types.base import Value
from pipeline.types.decision import Action
from pipeline.types.outcome import Outcome
from pipeline.yamltree import read_shipped


class Chapter(Value):
    """One mail that the demo shows: ``mail``, or the first one that ended in ``action`` when that one did not."""

    title: str
    mail: str
    words: str
    action: Action | None = None
    whole: bool = False  # with the mail itself
    planted: tuple[str, ...] = ()  # words of the mail that its chapter quotes

    def chosen(self, outcomes: list[Outcome]) -> Outcome:
        """The outcome to show."""
        own = next(outcome for outcome in outcomes if outcome.origin == self.mail)
        if self.action in {None, own.action}:
            return own
        return next((outcome for outcome in outcomes if outcome.action is self.action), own)


class Script(Value):
    """``demo.yaml``; in braces stands what is known only when the demo runs."""

    intro: str
    who: str
    recorded: str
    offline: str
    nobody: str
    no_set: str
    no_key: str
    chapters: tuple[Chapter, ...]
    all: str
    where: str
    next: str


def script() -> Script:
    """The shipped words."""
    return Script.model_validate(read_shipped(Path(__file__).with_name("demo.yaml")).plain())
