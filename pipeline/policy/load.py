"""A policy file becomes typed values, or one error with its place: there is never half a policy.

The file has ``version``, ``settings``, ``rules`` and ``alternatives``; it may set ``language`` (of texts given without
a map, English by default) and override ``questions``.
What this leaves out: the lint, which looks at a whole policy that loads.
"""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import PolicyError
from pipeline.policy.cells import condition, nearest, setting
from pipeline.types.decision import Action, Text
from pipeline.types.policy import Alternative, Condition, IfUnknown, Policy, Rule
from pipeline.types.quantities import Quantity
from pipeline.yamltree import Node, parse

_TOP = ["version", "language", "settings", "rules", "alternatives", "questions"]
_RULE = [
    "id", "when", "unless", "any", "decide", "if_unknown", "from", "until", "public", "private", "category",
    "tell_upfront",
]  # fmt: skip
_ALTERNATIVE = ["id", "kind", "offer", "on", "for", "not_for", "when", "round"]


class _Ground(NamedTuple):
    """What cells and texts are read against."""

    settings: dict[str, Quantity]
    language: str


def load_policy(text: str, file: str) -> Policy:
    """Read a whole policy.

    Raises:
        PolicyError: the first fault, as ``file:line:column: what is expected``.
    """
    root = parse(text, file, PolicyError)
    top = _fields(root, _TOP)
    if "version" not in top or top["version"].text != "1":
        raise root.fault("the file must begin with 'version: 1'", PolicyError)
    settings = {name: setting(node) for name, node in _map(top.get("settings")).items()}
    ground = _Ground(settings, _scalar(top["language"]) if "language" in top else "en")
    rules = tuple(_rule(node, ground) for node in _list(top.get("rules")))
    _unique([(r.id, node) for r, node in zip(rules, _list(top.get("rules")), strict=True)])
    known = [r.id for r in rules]
    alternatives = tuple(_alternative(node, ground, known) for node in _list(top.get("alternatives")))
    _unique([(a.id, node) for a, node in zip(alternatives, _list(top.get("alternatives")), strict=True)])
    questions = _questions() | {key: _text(node, ground) for key, node in _map(top.get("questions")).items()}
    canonical = json.dumps(root.plain(), sort_keys=True, ensure_ascii=False)
    return Policy(
        name=file,
        hash=hashlib.sha256(canonical.encode()).hexdigest(),
        settings=settings,
        rules=rules,
        alternatives=alternatives,
        questions=questions,
    )


def _questions() -> dict[str, Text]:
    path = Path(__file__).parent / "questions.yaml"
    tree = parse(path.read_text(encoding="utf-8"), path.name, PolicyError)
    return {key: _text(node, _Ground({}, "en")) for key, node in _map(tree).items()}


def _rule(node: Node, ground: _Ground) -> Rule:
    fields = _fields(node, _RULE)
    for needed in ("id", "decide"):
        if needed not in fields:
            raise node.fault(f"a rule needs '{needed}'", PolicyError)
    decide = Action(
        _word(fields["decide"], [a.value for a in (Action.ASK, Action.DECLINE, Action.ESCALATE, Action.END)])
    )
    boxes = tuple(_cells(box, ground) for box in _list(fields.get("any")))
    if "when" not in fields and not boxes:
        raise node.fault("a rule needs 'when' or 'any'", PolicyError)
    if decide is Action.DECLINE and "public" not in fields:
        raise node.fault("a rule that declines needs 'public': the reason the client reads", PolicyError)
    return Rule(
        id=_id(fields["id"]),
        line=node.line,
        when=_cells(fields.get("when"), ground),
        any_=boxes,
        unless=_cells(fields.get("unless"), ground),
        decide=decide,
        if_unknown=IfUnknown(_word(fields["if_unknown"], list(IfUnknown)) if "if_unknown" in fields else "ask"),
        from_=_date(fields.get("from")),
        until=_date(fields.get("until")),
        public=_text(fields["public"], ground) if "public" in fields else None,
        private=_scalar(fields["private"]) if "private" in fields else "",
        category=_scalar(fields["category"]) if "category" in fields else "",
        tell_upfront="tell_upfront" in fields and _word(fields["tell_upfront"], ["yes", "no"]) == "yes",
    )


def _alternative(node: Node, ground: _Ground, rules: list[str]) -> Alternative:
    fields = _fields(node, _ALTERNATIVE)
    for needed in ("id", "kind", "offer"):
        if needed not in fields:
            raise node.fault(f"an alternative needs '{needed}'", PolicyError)
    on = [_word(item, [Action.DECLINE, Action.END]) for item in _words(fields.get("on"))] or [Action.DECLINE]
    return Alternative(
        id=_id(fields["id"]),
        line=node.line,
        kind=_scalar(fields["kind"]),
        offer=_text(fields["offer"], ground),
        on=tuple(Action(word) for word in on),
        for_=tuple(_word(item, rules) for item in _words(fields.get("for"))),
        not_for=tuple(_word(item, rules) for item in _words(fields.get("not_for"))),
        when=_cells(fields.get("when"), ground),
        round=int(_word(fields["round"], ["1", "2", "3"])) if "round" in fields else 1,
    )


def _cells(node: Node | None, ground: _Ground) -> tuple[Condition, ...]:
    return tuple(condition(fact, cell, cell, ground.settings) for fact, cell in _map(node).items())


def _fields(node: Node, allowed: list[str]) -> dict[str, Node]:
    fields = _map(node)
    for key, value in fields.items():
        if key not in allowed:
            raise value.fault(f"unknown key '{key}'{nearest(key, allowed)}", PolicyError)
    return fields


def _map(node: Node | None) -> dict[str, Node]:
    if node is None:
        return {}
    if node.entries is None:
        raise node.fault("expected 'key: value' lines here", PolicyError)
    return node.entries


def _list(node: Node | None) -> tuple[Node, ...]:
    if node is None:
        return ()
    if node.items is None:
        raise node.fault("expected a list here", PolicyError)
    return node.items


def _words(node: Node | None) -> tuple[Node, ...]:
    """A list, or one word alone."""
    return (node,) if node is not None and node.text is not None else _list(node)


def _scalar(node: Node) -> str:
    if node.text is None or not node.text.strip():
        raise node.fault("expected a text here", PolicyError)
    return node.text.strip()


def _id(node: Node) -> str:
    text = _scalar(node)
    if not text.replace("_", "").isalnum() or not text.isascii():
        raise node.fault(f"'{text}' is not a name: use letters, digits and _", PolicyError)
    return text


def _word(node: Node, allowed: list[str]) -> str:
    text = _scalar(node)
    if text not in allowed:
        raise node.fault(f"'{text}' is not one of {', '.join(allowed)}{nearest(text, allowed)}", PolicyError)
    return text


def _text(node: Node, ground: _Ground) -> Text:
    if node.entries is None:
        return Text(by_language={ground.language: _scalar(node)})
    return Text(by_language={key: _scalar(value) for key, value in node.entries.items()})


def _date(node: Node | None) -> date | None:
    if node is None:
        return None
    try:
        return date.fromisoformat(_scalar(node))
    except ValueError:
        raise node.fault(f"'{node.text}' is not a date like 2026-12-24", PolicyError) from None


def _unique(named: list[tuple[str, Node]]) -> None:
    seen: set[str] = set()
    for name, node in named:
        if name in seen:
            raise node.fault(f"the id '{name}' is used twice", PolicyError)
        seen.add(name)
