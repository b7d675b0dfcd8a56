"""The section ``voice`` of ``profile.yaml``: what frames a draft, its register, its length, words to use and to avoid.

A text or list stands alone or by language, a greeting or sign-off also by language and formality. Left out: what is
made of them for one mail, which ``pipeline.voice`` says.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from pipeline.errors import BusinessError
from pipeline.types.base import Value
from pipeline.types.business import Framing, Voice
from pipeline.types.decision import Text
from pipeline.types.draft import FEWEST, MOST
from pipeline.types.records import Formality
from pipeline.yamltree import Node

_LANGUAGE = re.compile(r"[a-z]{2}")
_RANGE = re.compile(r"(\d{1,4}) (?:to|-|–) (\d{1,4})", re.ASCII)  # noqa: RUF001 - people write ranges with this dash
_BRACED = re.compile(r"\{[^{}]*\}?|\}")
_NAMES = frozenset({"{name}", "{full_name}"})
_LONGEST = 60  # characters of a word or phrase
_REGISTERS: tuple[Formality, ...] = ("informal", "formal")

Framed = dict[str, str | dict[Formality, str]]
Register = Literal["informal", "formal", "match"]


class VoiceFile(Value):
    """The keys of the section, as they stand in it."""

    greeting: Framed
    signoff: Framed
    guidance: str = ""
    formality: Register | dict[str, Register] | None = None
    words: str | None = None
    use: tuple[str, ...] | dict[str, tuple[str, ...]] = ()
    avoid: tuple[str, ...] | dict[str, tuple[str, ...]] = ()


def voice_of(raw: VoiceFile, node: Node) -> Voice:
    """The voice; ``node`` is the section it was read from.

    Raises:
        BusinessError: the first fault, as ``file:line:column: what is expected``.
    """
    _check_texts(node)
    for key in ("formality", "use", "avoid"):
        _check_languages(node, key)
    shortest, longest = _length(raw.words, node)
    voice = Voice(
        greeting=Text(by_language={language: _usual(text) for language, text in raw.greeting.items()}),
        signoff=Text(by_language={language: _usual(text) for language, text in raw.signoff.items()}),
        guidance=raw.guidance,
        framing=_framing(raw),
        formality=raw.formality if isinstance(raw.formality, dict) else {"": raw.formality} if raw.formality else {},
        shortest=shortest,
        longest=longest,
        use=_phrases(raw.use),
        avoid=_phrases(raw.avoid),
    )
    _check_apart(voice, node)
    return voice


def _usual(text: str | dict[Formality, str]) -> str:
    """The one text of a language; of two the formal one."""
    return text if isinstance(text, str) else text.get("formal") or next(iter(text.values()), "")


def _framing(raw: VoiceFile) -> dict[Formality, Framing]:
    def of(framed: Framed, register: Formality) -> dict[str, str]:
        return {
            language: text[register] for language, text in framed.items() if isinstance(text, dict) and register in text
        }

    found = {each: Framing(greeting=of(raw.greeting, each), signoff=of(raw.signoff, each)) for each in _REGISTERS}
    return {each: framing for each, framing in found.items() if framing != Framing()}


def _phrases(written: tuple[str, ...] | dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    by_language = written if isinstance(written, dict) else {"": written} if written else {}
    return {language: tuple(" ".join(each.split()) for each in listed) for language, listed in by_language.items()}


def _length(words: str | None, node: Node) -> tuple[int, int]:
    if words is None:
        return 0, 0
    found = _RANGE.fullmatch(" ".join(words.split()))
    if not found:
        raise _fault(node.at(("words",)), f"'words': '{words[:60]}' is not a length; write it as 90 to 180")
    shortest, longest = int(found[1]), int(found[2])
    if not FEWEST <= shortest < longest <= MOST:
        said = f"'words': a draft has {FEWEST} to {MOST} words, and the first number is the smaller one"
        raise _fault(node.at(("words",)), said)
    return shortest, longest


def _check_texts(node: Node) -> None:
    for key in ("greeting", "signoff"):
        for text in _scalars(_under(node, key)):
            wrong = next((each for each in _BRACED.findall(text.text or "") if each not in _NAMES), None)
            if wrong:
                raise _fault(text, f"'{key}': there is no {wrong[:30]} here; write {{name}} or {{full_name}}")
    for key in ("use", "avoid"):
        for text in _scalars(_under(node, key)):
            words = (text.text or "").strip()
            if len(words) > _LONGEST or _BRACED.search(words):
                raise _fault(text, f"'{key}': a word or a short phrase is expected, at most {_LONGEST} characters")


def _check_languages(node: Node, key: str) -> None:
    below = _under(node, key)
    for language, value in (below.entries or {}).items() if below else ():
        if not _LANGUAGE.fullmatch(language):
            raise _fault(value, f"'{key}': '{language[:30]}' is not a language's two letters, e.g. en or de")


def _check_apart(voice: Voice, node: Node) -> None:
    for language in (*voice.use, *voice.avoid):
        both = _folded(voice.use, language) & _folded(voice.avoid, language)
        if both:
            raise _fault(node.at(("avoid",)), f"'{min(both)}' is to be used and to be avoided")


def _folded(phrases: Mapping[str, tuple[str, ...]], language: str) -> set[str]:
    return {each.casefold() for name in {language, ""} for each in phrases.get(name, ())}


def _under(node: Node, key: str) -> Node | None:
    return (node.entries or {}).get(key)


def _scalars(node: Node | None) -> Iterator[Node]:
    """Every text below a place."""
    if node is None:
        return
    if node.text is not None:
        yield node
    for each in (*(node.items or ()), *(node.entries or {}).values()):
        yield from _scalars(each)


def _fault(node: Node, message: str) -> BusinessError:
    return BusinessError(str(node.fault(message, BusinessError)))
