"""A policy file becomes typed values, or errors with their places: there is never half a policy.

The file has ``version``, ``settings``, ``rules`` and ``alternatives``; it may set ``language`` (of texts given without
a map, English by default), override ``questions``, and list what is ``impossible``, for the lint.
What this leaves out: the lint, which looks at a whole policy that loads.
"""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from pipeline.errors import PolicyError
from pipeline.policy import nodes
from pipeline.policy.cells import Settings, condition, instead, named, nearest
from pipeline.policy.faults import Faults
from pipeline.policy.slottexts import Readers, ahead, note, plain, text
from pipeline.policy.sound import rule_faults
from pipeline.types.decision import Action, Text
from pipeline.types.policy import Alternative, Condition, IfUnknown, Instead, Policy, Rule
from pipeline.types.quantities import Words
from pipeline.yamltree import Node, parse, read_shipped

_TOP = ["version", "language", "settings", "rules", "alternatives", "questions", "impossible"]
_RULE = [
    "id", "when", "unless", "any", "decide", "if_unknown", "from", "until", "public", "private", "category",
    "tell_upfront",
]  # fmt: skip
_ALTERNATIVE = ["id", "kind", "offer", "on", "for", "not_for", "when", "instead", "round"]
Named = TypeVar("Named", Rule, Alternative)
_DECIDE = [action.value for action in (Action.ASK, Action.DECLINE, Action.ESCALATE, Action.END)]


class Loaded(NamedTuple):
    """A policy and its tree of places; no policy where there are faults."""

    policy: Policy | None
    faults: tuple[PolicyError, ...]
    tree: Node | None


@dataclass
class _Ground:
    """What cells and texts are read against, and where faults go."""

    faults: Faults
    language: str = "en"
    settings: Settings = field(default_factory=lambda: Settings({}))

    def readers(self, *, private: bool = False) -> Readers:
        """Who reads a text."""
        return Readers(self.settings, self.language, private)


@lru_cache(maxsize=16)  # the firms of a suite share their policies, and reading one is slow
def load_policy(text: str, file: str) -> Policy:
    """Read a whole policy.

    Raises:
        PolicyError: the first fault, as ``file:line:column: what is expected``.
    """
    loaded = read_policy(text, file)
    if loaded.policy is None:
        raise loaded.faults[0]
    return loaded.policy


def read_policy(text: str, file: str) -> Loaded:
    """Read a whole policy, and list everything that is wrong with it, in the order of the file."""
    faults = Faults()
    root = faults.attempt(None, parse, text, file, PolicyError)
    if root is None:
        return Loaded(None, faults.in_order, None)
    policy = _policy(root, file, faults)
    return Loaded(None if len(faults) else policy, faults.in_order, root)


def _policy(root: Node, file: str, faults: Faults) -> Policy:
    top = nodes.Entry.of(root, _TOP, faults)
    if root.entries is not None and ("version" not in top.fields or top.fields["version"].text != "1"):
        faults.add(top.fields.get("version", root), "the file must begin with 'version: 1'")
    ground = _Ground(faults, top.get("language", "en", nodes.scalar))
    _settings(top.get("settings", {}, nodes.entries), ground)
    entries = top.get("rules", (), nodes.items)
    rules = [_rule(node, ground) for node in entries]
    known = [each.id for each in rules]
    places = top.get("alternatives", (), nodes.items)
    offers = [_alternative(node, ground, known) for node in places]
    asked = top.get("questions", {}, nodes.entries)
    given = {key: faults.attempt(None, plain, node, ground.language) for key, node in asked.items()}
    canonical = json.dumps(root.plain(), sort_keys=True, ensure_ascii=False)
    return Policy(
        name=file,
        hash=hashlib.sha256(canonical.encode()).hexdigest(),
        settings=dict(ground.settings),
        rules=_unique(rules, entries, faults),
        alternatives=_unique(offers, places, faults),
        questions=default_questions() | {key: words for key, words in given.items() if words},
        impossible=tuple(_cells(node, ground) for node in top.get("impossible", (), nodes.items)),
    )


def _settings(places: dict[str, Node], ground: _Ground) -> None:
    """Every setting; one that can't be read stands for any, so that its fault is told once."""
    ground.settings = Settings(places)
    for name, node in places.items():
        before = len(ground.faults)
        ground.settings[name] = ground.faults.attempt(Words(text=""), named, name, node)
        if len(ground.faults) > before:
            ground.settings.faulty.add(name)


@cache
def default_questions() -> dict[str, Text]:
    """The questions that come with Candor, by key."""
    tree = read_shipped(Path(__file__).parent / "questions.yaml")
    return {key: plain(node, "en") for key, node in nodes.entries(tree).items()}


def _rule(node: Node, ground: _Ground) -> Rule:
    before = len(ground.faults)
    entry = nodes.Entry.of(node, _RULE, ground.faults)
    entry.needs("a rule", "id", "decide")
    if entry.lacks("when", "any"):
        ground.faults.add(node, "a rule needs 'when' or 'any'")
    decide = Action(entry.get("decide", "ask", nodes.word, _DECIDE))
    if decide is Action.DECLINE and entry.lacks("public"):
        ground.faults.add(node, "a rule that declines needs 'public': the reason the client reads")
    told = entry.fields.get("tell_upfront")
    rule = Rule(
        id=entry.get("id", "", nodes.name),
        line=node.line,
        when=entry.get("when", (), _cells, ground),
        any_=tuple(_cells(box, ground) for box in entry.get("any", (), nodes.items)),
        unless=entry.get("unless", (), _exceptions, ground),
        decide=decide,
        if_unknown=IfUnknown(entry.get("if_unknown", "ask", nodes.word, list(IfUnknown))),
        from_=entry.get("from", None, nodes.day),
        until=entry.get("until", None, nodes.day),
        public=entry.get("public", None, text, ground.readers(), ground.faults),
        private=entry.get("private", "", note, ground.readers(private=True), ground.faults),
        category=entry.get("category", "", nodes.scalar),
        tell_upfront=told is not None and told.text != "no",
        upfront=entry.get("tell_upfront", None, ahead, ground.readers(), ground.faults),
    )
    if len(ground.faults) == before:
        for at, message in rule_faults(rule):
            ground.faults.add(entry.fields.get(at, node), message)
    return rule


_NO_TEXT = Text(by_language={})


def _alternative(node: Node, ground: _Ground, rules: list[str]) -> Alternative:
    entry = nodes.Entry.of(node, _ALTERNATIVE, ground.faults)
    entry.needs("an alternative", "id", "kind", "offer")
    on = _words(entry, "on", [Action.DECLINE, Action.END])
    return Alternative(
        id=entry.get("id", "", nodes.name),
        line=node.line,
        kind=entry.get("kind", "", nodes.scalar).casefold(),  # capitals make no other kind
        offer=entry.get("offer", _NO_TEXT, text, ground.readers(), ground.faults),
        on=tuple(map(Action, on)) or (Action.DECLINE,),
        for_=_rules(entry, "for", rules),
        not_for=_rules(entry, "not_for", rules),
        when=entry.get("when", (), _cells, ground),
        instead=entry.get("instead", (), _instead, ground),
        round=int(entry.get("round", "1", nodes.word, ["1", "2", "3"])),
    )


def _words(entry: nodes.Entry, key: str, allowed: list[str]) -> tuple[str, ...]:
    """Words of a closed list; each that is not among them is a fault of its own."""
    found = entry.get(key, (), nodes.listed)
    return tuple(word for node in found if (word := entry.faults.attempt("", nodes.word, node, allowed)))


def _rules(entry: nodes.Entry, key: str, rules: list[str]) -> tuple[str, ...]:
    """Ids of rules; each that no rule has is a fault of its own."""
    found = entry.get(key, (), nodes.listed)
    names = [entry.faults.attempt("", nodes.scalar, node) for node in found]
    for name, node in zip(names, found, strict=True):
        if name and name not in rules:
            entry.faults.add(node, f"no rule has the id '{name}'{nearest(name, rules)}")
    return tuple(names)


def _cells(node: Node, ground: _Ground) -> tuple[Condition, ...]:
    """The cells of a map; of a list, each value that does not fit is a fault of its own."""
    found = []
    for fact, cell in nodes.entries(node).items():
        parts = [cell._replace(items=(item,)) for item in cell.items or ()] or [cell]
        read = [ground.faults.attempt(None, condition, fact, cell, part, ground.settings) for part in parts]
        if all(read):
            found.append(condition(fact, cell, cell, ground.settings))
    return tuple(found)


def _exceptions(node: Node, ground: _Ground) -> tuple[tuple[Condition, ...], ...]:
    """One map of cells, or a list of maps: each that holds whole is an exception."""
    return tuple(_cells(box, ground) for box in ((node,) if node.items is None else node.items))


def _instead(node: Node, ground: _Ground) -> tuple[Instead, ...]:
    lines = nodes.entries(node).items()
    read = [ground.faults.attempt(None, instead, fact, cell, ground.settings) for fact, cell in lines]
    return tuple(line for line in read if line)


def _unique(named: list[Named], places: tuple[Node, ...], faults: Faults) -> tuple[Named, ...]:
    seen: dict[str, int] = {}
    for each, node in zip(named, places, strict=True):
        if each.id and each.id in seen:
            faults.add(node, f"the id '{each.id}' is used twice, first in line {seen[each.id]}")
        seen.setdefault(each.id, each.line)
    return tuple(named)
