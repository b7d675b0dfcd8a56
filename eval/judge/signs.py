"""What of a draft can be told from its words alone: its sentences, the tones they strike, the options they name.

Hints, not proof: phrases from ``tones.yaml`` and the guard's lexicons. Left out: meaning.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Protocol

from pipeline.guard.lexicon import lexicon
from pipeline.values.text import bare, plain
from pipeline.yamltree import Node, read_shipped

_SENTENCE = re.compile(r"[^.!?;:\n]+(?:[.!?;:]+|\n|$)")
_ITEM = re.compile(r"^[ \t]*(?:\(?\d[.)]|[-–*•])[ \t]+", re.MULTILINE)  # noqa: RUF001 - the dashes of lists
_NUMBERED = re.compile(r"\(?\b[1-5][.)] ")
_WORD = re.compile(r"\w{4,}")
_STEM, _FEW = 5, 2


class _Pattern(Protocol):
    def search(self, text: str) -> object: ...


@dataclass(frozen=True)
class Signs:
    """The signs of one draft as an answer to one mail, in one language."""

    draft: str
    mail: str
    language: str

    @cached_property
    def sentences(self) -> list[str]:
        """Sentences and clauses, without the greeting's and the signature's single words."""
        found = [match[0].strip() for match in _SENTENCE.finditer(self.draft)]
        return [sentence for sentence in found if sentence]

    def tone(self, *groups: str) -> list[str]:
        """The sentences that strike one of these tones."""
        return [s for group in groups for s in self._tones.get(group, [])]

    def guarded(self, *groups: str) -> list[str]:
        """The sentences in which the guard's lexicon affirms one of its groups."""
        return [s for group in groups for s in self._guarded(group)]

    @cached_property
    def _tones(self) -> dict[str, list[str]]:
        folded = [(s, plain(s).casefold()) for s in self.sentences]
        patterns = _tones(self.language).items()
        return {group: [s for s, low in folded if pattern.search(low)] for group, pattern in patterns}

    def _guarded(self, group: str) -> list[str]:
        if group not in self._known:
            words = lexicon(self.language)
            self._known[group] = [s for s in self.sentences if any(True for _ in words.affirmed(group, s, words))]
        return self._known[group]

    @cached_property
    def _known(self) -> dict[str, list[str]]:
        return {}

    @cached_property
    def refusals(self) -> list[str]:
        """The sentences that refuse outright."""
        words = lexicon(self.language)
        found = [s for s in self.sentences if words.has("refusal", s) and not words.has("no_refusal", s)]
        return found or self.tone("no")

    @cached_property
    def shared(self) -> list[str]:
        """Sentences with words of the mail, those with most of them first."""
        mail = _stems(self.mail)
        ranked = sorted(self.sentences, key=lambda s: -len(_stems(s) & mail))
        return [s for s in ranked if _stems(s) & mail]

    @cached_property
    def options(self) -> int:
        """How many alternatives the draft seems to name: items of a list, else the parts of its longest choice."""
        listed = len(_ITEM.findall(self.draft)) or len(_NUMBERED.findall(self.draft))
        if listed >= _FEW:
            return listed
        either = _tones(self.language).get("option")
        paragraphs = [p for p in self.draft.split("\n") if either and either.search(plain(p).casefold())]
        return max((_parts(p, self.language) for p in paragraphs), default=0)


def _parts(paragraph: str, language: str) -> int:
    """Parts of a choice in running text: what its last ``or`` joins, and what commas or semicolons set before it."""
    joint = {"en": " or ", "de": " oder ", "fr": " ou ", "es": " o "}.get(language, " or ")
    best = 0
    for sentence in re.split(r"(?<=[.!?])\s", paragraph):
        if joint in sentence.casefold():
            mark = ";" if ";" in sentence else ","
            before = sentence.casefold().rpartition(joint)[0].rstrip(" ,;")
            best = max(best, before.count(mark) + _FEW)
    return best


def _stems(text: str) -> set[str]:
    return {bare(word)[:_STEM] for word in _WORD.findall(text)}


@cache
def _tones(language: str) -> dict[str, _Pattern]:
    import re2

    words = {name: node.text or "" for name, node in (_phrases().get(language) or {}).items()}
    return {name: re2.compile(_whole(" ".join(said.split()).replace(" | ", "|"))) for name, said in words.items()}


@cache
def _phrases() -> dict[str, dict[str, Node]]:
    """By language and group."""
    tree = read_shipped(Path(__file__).with_name("tones.yaml"))
    return {language: node.entries or {} for language, node in (tree.entries or {}).items()}


def _whole(words: str) -> str:
    return rf"(?:^|[^\pL\pN])(?:{words})(?:[^\pL\pN]|$)"
