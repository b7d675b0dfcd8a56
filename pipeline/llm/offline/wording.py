"""The set phrases of a letter: one YAML file a language in ``wording/``, in three voices.

In a phrase ``{quote}`` stands for the client's own words. What this leaves out: the reasons, offers and questions
themselves, which are the policy's.
"""

from functools import cache
from pathlib import Path

from pipeline.types.base import Value

FOLDER = Path(__file__).parent / "wording"


class Voice(Value):
    """Openings (by what there is to quote), bridge to the offers, and next step, in one tone."""

    aim: str
    ask: str
    plain: str
    bridge: str
    next: str
    asking: str  # before the questions of a mail that only asks
    asked: str  # behind them


class Parting(Value):
    """The last letter: its refusal, the bridge to what is wound down, and the next step."""

    no: str
    bridge: str
    next: str


class Wording(Value):
    """A language file. ``no`` is by kind of ask with ``other`` for the rest, ``why`` by question id."""

    feeling: dict[str, str]  # by sentiment; what isn't listed is not named
    no: dict[str, str]
    no_too: str  # a further refused ask, by its words
    yes: str
    also: str  # before the questions of a declining mail
    why: dict[str, str]
    voices: tuple[Voice, Voice, Voice]
    parting: Parting


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
