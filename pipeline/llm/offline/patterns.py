"""The reader's languages: a folder each in ``reading/``, its word lists, signs, families and trades as rules.

What stands in several files of one name (``families_money.yaml``) is joined. A language is read at its first mail.
Left out: what a family is; ``families`` says that for all languages.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from pipeline.llm.offline import shelf
from pipeline.llm.offline.expressions import Rule, Screen, expression, rules, screens


class Language(NamedTuple):
    """A language folder. ``families`` holds rules by family and strength (plain, sure, maybe, never, ...)."""

    signs: Mapping[str, tuple[Rule, ...]]
    families: Mapping[str, Mapping[str, tuple[Rule, ...]]]
    topics: Mapping[str, tuple[Rule, ...]]  # trades by name
    screens: tuple[Screen, ...]
    due: str  # words that make the day behind them a limit: the word list ``due``


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that can be read."""
    return tuple(sorted(path.name for path in shelf.FOLDER.iterdir() if (path / "words.yaml").exists()))


@cache
def language(code: str) -> Language:
    """What is known of one of ``languages()``."""
    lists = _lists(code)
    signs = {name: rules(patterns, lists) for name, patterns in _joined(code, "signs").items()}
    families = _families(code)
    every = [*(r for several in (*signs.values(), *trade_words(code).values()) for r in several)]
    every += [r for strengths in families.values() for several in strengths.values() for r in several]
    words = sorted({part.words for rule in every for part in rule.parts if not part.words.startswith("@")})
    return Language(signs, families, trade_words(code), screens(words), expression(lists["due"], lists))


@cache
def trade_words(code: str) -> Mapping[str, tuple[Rule, ...]]:
    """The trades that a language has words for; they serve for profiles in any language."""
    return {name: rules(patterns, _lists(code)) for name, patterns in _joined(code, "topics").items()}


def _families(code: str) -> Mapping[str, Mapping[str, tuple[Rule, ...]]]:
    found: dict[str, dict[str, tuple[Rule, ...]]] = {}
    for stem in _stems(code, "families"):
        for name, by_strength in shelf.nested(code, stem).items():
            own = found.setdefault(name, {})
            for strength, patterns in by_strength.items():
                own[strength] = (*own.get(strength, ()), *rules(patterns or (), _lists(code)))
    return found


@cache
def _lists(code: str) -> Mapping[str, str]:
    """Word lists by name, each as one alternative."""
    return {name: "|".join(words) for name, words in _joined(code, "words").items()}


def _joined(code: str, stem: str) -> shelf.Lists:
    return {name: words for found in _stems(code, stem) for name, words in shelf.lists(code, found).items()}


def _stems(code: str, stem: str) -> list[str]:
    return sorted(path.stem for path in (shelf.FOLDER / code).glob(f"{stem}*.yaml"))
