"""How one draft is to be written: the register, the length, words to use and to avoid, greeting and sign-off.

It follows the client's record, then the profile, then how the client writes. Left out: the name to greet with, which
``greeted`` is given, and the wording between greeting and sign-off.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pipeline.types.base import Value
from pipeline.types.business import Voice
from pipeline.types.decision import Text
from pipeline.types.records import Client, Formality
from pipeline.voice.register import register_of
from pipeline.yamltree import read_shipped

_POLITE = frozenset({"de", "fr", "es"})  # where a stranger is spoken to formally

Register = Literal["informal", "formal", ""]


class Manner(Value):
    """``formality`` is empty where nothing speaks for either; lengths count words of the body, 0 leaves one open.

    ``greeting`` and ``signoff`` may hold ``{name}`` and ``{full_name}``. ``titled`` is how to greet who is known by a
    title, where that differs.
    """

    formality: Register
    shortest: int
    longest: int
    use: tuple[str, ...]
    avoid: tuple[str, ...]
    greeting: str
    signoff: str
    titled: str = ""


class Frame(Value):
    """A greeting and a sign-off, and a greeting for people with titles, where that differs."""

    greeting: str
    signoff: str
    titled: str = ""


def manner_of(voice: Voice, client: Client | None, written: str, language: str) -> Manner:
    """The manner of a draft in ``language`` to who wrote ``written``, the newest text of their mail."""
    language = language[:2]
    formality = _formality(voice, client, written, language)
    framed = language if language in {*_defaults(), *voice.greeting.by_language} else "en"
    default = frame(framed, formality)
    greetings = {each: framing.greeting for each, framing in voice.framing.items()}
    signoffs = {each: framing.signoff for each, framing in voice.framing.items()}
    own = _text(voice.greeting, greetings, framed, formality)
    return Manner(
        formality=formality,
        shortest=voice.shortest,
        longest=voice.longest,
        use=_of(voice.use, language),
        avoid=_of(voice.avoid, language),
        greeting=own or default.greeting,
        signoff=_text(voice.signoff, signoffs, framed, formality) or default.signoff,
        titled="" if own else default.titled,
    )


def greeted(greeting: str, first: str, full: str) -> str:
    """``greeting`` with its name filled in; where that one is empty it ends after its words: "Hi," and "Hola:"."""
    words = greeting.replace("{name}", first).replace("{full_name}", full)
    unnamed = ("{name}" in greeting and not first) or ("{full_name}" in greeting and not full)
    return words.rstrip(" ,!:") + (":" if words.endswith(":") else ",") if unnamed else words


def _formality(voice: Voice, client: Client | None, written: str, language: str) -> Register:
    if client and client.formality:
        return client.formality
    said = voice.formality.get(language) or voice.formality.get("", "match")
    if said != "match":
        return said
    return register_of(written, language) or ("formal" if language in _POLITE else "")


def _text(general: Text, apart: Mapping[Formality, Mapping[str, str]], language: str, formality: Register) -> str:
    """The profile's own, or an empty string. What it keeps for one register does not serve for the other."""
    if formality and any(language in texts for texts in apart.values()):
        return apart.get(formality, {}).get(language, "")
    return general.by_language.get(language, "")


def _of(phrases: Mapping[str, tuple[str, ...]], language: str) -> tuple[str, ...]:
    """Those of the language, then those of every language."""
    return (*phrases.get(language, ()), *phrases.get("", ()))


def frame(language: str, formality: Register) -> Frame:
    """Ours, in English where we have none."""
    by_formality = _defaults().get(language) or _defaults()["en"]
    return by_formality.get(formality) or by_formality["formal"]


@cache
def _defaults() -> Mapping[str, Mapping[str, Frame]]:
    tree = read_shipped(Path(__file__).with_name("defaults.yaml"))
    return {
        language: {each: Frame.model_validate(of.plain()) for each, of in (node.entries or {}).items()}
        for language, node in (tree.entries or {}).items()
    }
