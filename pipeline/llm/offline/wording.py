"""The set phrases of a letter: one YAML file a language in ``wording/``, in four voices.

A voice differs from the others in order and manner: its ``plan`` says what comes when. What this leaves out: the
reasons, offers and questions themselves, which are the policy's.
"""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import field_validator

from pipeline.types.base import Value

FOLDER = Path(__file__).parent / "wording"
Step = Literal["open", "wish", "aim", "feel", "yes", "no", "why", "rest", "/"]


class Parting(Value):
    """The last letter: its refusal, the bridge to what is wound down, and the next step."""

    no: str
    bridge: str
    next: str


class Voice(Value):
    """One manner of writing.

    ``plan`` is the order of a refusal up to the bridge, with ``/`` for a new paragraph: ``open`` is ``aim`` when there
    is one to quote, else ``ask`` (if it has one and the no itself names no figure) and ``wish``; ``rest`` is what more
    than one ask needs. ``gains``: whether an offer says whom it suits. ``lead`` comes before the no.
    """

    plan: tuple[Step, ...]
    gains: bool
    aim: str
    ask: str = ""
    lead: str
    bridge: str
    next: str
    asking: str  # before the questions of a mail that only asks
    asked: str  # behind them
    parting: Parting

    @field_validator("plan", mode="before")
    @classmethod
    def _steps(cls, plan: object) -> object:
        return tuple(plan.split()) if isinstance(plan, str) else plan


class Wording(Value):
    """A language file. ``wish``, ``no`` and ``thing`` are by kind of ask with ``other`` for the rest."""

    feeling: dict[str, tuple[str, str]]  # by sentiment; what isn't listed is not named
    wish: dict[str, tuple[str, str]]
    no: dict[str, tuple[str, ...]]  # the first whose slots there are
    marks: str  # how this language quotes
    same: tuple[str, str]  # the next refused ask of the same kind, and all later ones, by their words
    further_named: str  # before a further no, with the ask's own words
    further: tuple[str, str]  # the same without them: before the second no, and all later ones
    yes: tuple[str, str]  # the first granted ask, and all later ones
    answered: tuple[str, str]  # a question that only a person can answer: quoted, or not
    thing: dict[str, str]  # a kept ask that can't be quoted
    also: str  # before the questions of a declining mail
    why: dict[str, str]  # by question id
    gain: dict[str, str]  # by kind of offer
    voices: tuple[Voice, ...]


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that can be written."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def wording(language: str) -> Wording:
    """The phrases of one of ``languages()``."""
    from ruamel.yaml import YAML

    loaded = YAML(typ="safe", pure=True).load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return Wording.model_validate(loaded)
