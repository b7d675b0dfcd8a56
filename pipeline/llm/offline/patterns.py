"""The reader's languages: a folder each in ``reading/``, its word lists, signs, families and trades as rules.

What stands in several files of one name (``families_money.yaml``) is joined. A language is read at its first mail.
Left out: what a family is; ``families`` says that for all languages.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from pipeline.llm.offline import shelf
from pipeline.llm.offline.expressions import Lists, Part, PatternError, Rule, part, rule


class Language(NamedTuple):
    """A language folder. ``families`` holds rules by family and strength (plain, sure, maybe, never, ...)."""

    signs: Mapping[str, tuple[Rule, ...]]
    families: Mapping[str, Mapping[str, tuple[Rule, ...]]]
    topics: Mapping[str, tuple[Rule, ...]]  # trades by name
    due: Part  # words that make the day behind them a limit: the word list ``due``


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that can be read."""
    return tuple(sorted(path.name for path in shelf.FOLDER.iterdir() if (path / "words.yaml").exists()))


@cache
def language(code: str) -> Language:
    """What is known of one of ``languages()``."""
    lists = _lists(code)
    signs = {name: _rules(code, patterns) for name, patterns in _joined(code, "signs").items()}
    return Language(signs, _families(code), trade_words(code), part(lists.words["due"], lists))


@cache
def trade_words(code: str) -> Mapping[str, tuple[Rule, ...]]:
    """The trades that a language has words for; they serve for profiles in any language."""
    return {name: _rules(code, patterns) for name, patterns in _joined(code, "topics").items()}


@cache
def barred(code: str) -> Part:
    """What a line of a profile takes out of itself: "without electrics"."""
    return part("{barring} [^,;.()]*", _lists(code))


def _families(code: str) -> Mapping[str, Mapping[str, tuple[Rule, ...]]]:
    found: dict[str, dict[str, tuple[Rule, ...]]] = {}
    for stem in _stems(code, "families"):
        for name, by_strength in shelf.nested(code, stem).items():
            own = found.setdefault(name, {})
            for strength, patterns in by_strength.items():
                own[strength] = (*own.get(strength, ()), *_rules(code, patterns or ()))
    return found


def _rules(code: str, patterns: Iterable[str]) -> tuple[Rule, ...]:
    """The rules; PatternError begins with the file and the line of the pattern that is wrong."""
    found = []
    for pattern in patterns:
        try:
            found.append(rule(pattern, _lists(code)))
        except PatternError as error:
            raise PatternError(f"{shelf.place(code, pattern)}: {error}") from error
    return tuple(found)


@cache
def _lists(code: str) -> Lists:
    """Word lists by name."""
    return Lists({name: "|".join(words) for name, words in _joined(code, "words").items()})


def _joined(code: str, stem: str) -> shelf.Lists:
    return {name: words for found in _stems(code, stem) for name, words in shelf.lists(code, found).items()}


def _stems(code: str, stem: str) -> list[str]:
    return sorted(path.stem for path in (shelf.FOLDER / code).glob(f"{stem}*.yaml"))
