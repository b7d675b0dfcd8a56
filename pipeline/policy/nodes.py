"""The small words of a policy file: lists, names, dates, one of these. Each is read, or is an error with its place."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

from pipeline.errors import PolicyError
from pipeline.policy.cells import nearest
from pipeline.policy.faults import Faults
from pipeline.yamlslips import unspaced
from pipeline.yamltree import Node

P = ParamSpec("P")
Read = TypeVar("Read")
Other = TypeVar("Other")


class Entry(NamedTuple):
    """A map of known keys, e.g. a rule: each is read on its own, so that one fault does not hide the next."""

    node: Node
    fields: dict[str, Node]
    faults: Faults
    meant: frozenset[str] = frozenset()  # keys that unknown ones look like: those are not missing, but misspelt

    @classmethod
    def of(cls, node: Node, allowed: Sequence[str], faults: Faults) -> "Entry":
        """The map at ``node``; keys that are not ``allowed`` are faults."""
        none: dict[str, Node] = {}
        fields = faults.attempt(none, entries, node)
        unknown = [key for key in fields if key not in allowed]
        for key in unknown:
            faults.add(fields[key], f"unknown key '{key}'{nearest(key, list(allowed))}")
        return cls(node, fields, faults, frozenset(key for key in allowed if any(nearest(u, [key]) for u in unknown)))

    def get(
        self,
        key: str,
        otherwise: Other,
        read: Callable[Concatenate[Node, P], Read],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Read | Other:
        """What stands under ``key``; ``otherwise`` where it is missing or wrong."""
        if key not in self.fields:
            return otherwise
        return self.faults.attempt(otherwise, read, self.fields[key], *args, **kwargs)

    def needs(self, what: str, *keys: str) -> None:
        """Each key that is missing is a fault."""
        for key in keys:
            if self.lacks(key):
                self.faults.add(self.node, f"{what} needs '{key}'")

    def lacks(self, *keys: str) -> bool:
        """Whether none of the keys is there, not even misspelt."""
        return not any(key in self.fields or key in self.meant for key in keys)


def entries(node: Node | None) -> dict[str, Node]:
    """A map; empty where there is none."""
    if node is None:
        return {}
    if node.entries is None:
        raise node.fault(unspaced(node.text or "") or "expected 'key: value' lines here", PolicyError)
    return node.entries


def items(node: Node | None) -> tuple[Node, ...]:
    """A list; empty where there is none."""
    if node is None:
        return ()
    if node.items is None:
        raise node.fault("expected a list here", PolicyError)
    return node.items


def listed(node: Node) -> tuple[Node, ...]:
    """A list, or one word alone."""
    return (node,) if node.text is not None else items(node)


def scalar(node: Node) -> str:
    """A text that is not empty."""
    if node.text is None or not node.text.strip():
        raise node.fault("expected a text here", PolicyError)
    return node.text.strip()


def name(node: Node) -> str:
    """The name of a rule or an alternative."""
    text = scalar(node)
    if not text.replace("_", "").isalnum() or not text.isascii():
        raise node.fault(f"'{text}' is not a name: use letters, digits and _", PolicyError)
    return text


def word(node: Node, allowed: Sequence[str]) -> str:
    """One of the allowed words."""
    text = scalar(node)
    if text not in allowed:
        raise node.fault(f"'{text}' is not one of {', '.join(allowed)}{nearest(text, list(allowed))}", PolicyError)
    return text


def day(node: Node) -> date:
    """A calendar day."""
    try:
        return date.fromisoformat(scalar(node))
    except ValueError:
        raise node.fault(f"'{node.text}' is not a date like 2026-12-24", PolicyError) from None
