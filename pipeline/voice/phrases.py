"""The closed lists of ``phrases.yaml``: all that a profile can take from sent mail. Left out: counting."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pipeline.types.base import Value
from pipeline.yamltree import read_shipped


class Phrases(Value):
    """One language's lists."""

    greetings: tuple[str, ...]
    everyone: tuple[str, ...]
    signoffs: tuple[str, ...]
    contractions: tuple[str, ...]
    use: tuple[str, ...]
    avoid: tuple[str, ...]


class Guidance(Value):
    """What a line of guidance is put together from."""

    short: str
    long: str
    contracted: str
    uncontracted: str
    calm: str
    lively: str


class _File(Value):
    guidance: Guidance
    en: Phrases
    de: Phrases
    fr: Phrases
    es: Phrases


def phrases() -> Mapping[str, Phrases]:
    """By language."""
    file = _file()
    return {"en": file.en, "de": file.de, "fr": file.fr, "es": file.es}


def guidance() -> Guidance:
    """The parts of the line."""
    return _file().guidance


@cache
def _file() -> _File:
    return _File.model_validate(read_shipped(Path(__file__).with_name("phrases.yaml")).plain())
