"""Why a fact of ours was never worked out: the record that is not kept, or what the mail and the client lack.

The sentences stand in ``uncomputed.yaml``. Left out: facts that a mail states; what nobody
said is simply not mentioned.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from pipeline.policy.derive.ground import Facts
from pipeline.policy.facts import BY_NAME
from pipeline.policy.resolve import Resolved
from pipeline.policy.vocabulary import kept
from pipeline.types.quantities import Money
from pipeline.types.records import Client
from pipeline.types.request import Source, State
from pipeline.yamltree import Node, read_shipped

_DATES = ("deadline", "event_day")
_SCOPES = ("agreed", "excluded", "extra_scope")
_OF_CLIENT: dict[str, Callable[[Client], bool]] = {
    "budget": lambda client: client.agreement.budget is not None,
    "scope": lambda client: bool(client.agreement.scope or client.agreement.excluded),
    "share": lambda client: client.revenue_share is not None,
    "updated": lambda client: client.agreement.updated is not None,
    "open_invoice": lambda _: False,  # there is a fact wherever one is late
    "plan": lambda _: False,
}
_OF_FACTS: dict[str, Callable[[Facts], bool]] = {
    "discount": lambda facts: _there(facts, "discount"),
    "date": lambda facts: _there(facts, *_DATES),
    "ask": lambda facts: _there(facts, "kind"),
    "round": lambda facts: _there(facts, "round"),
    "item": lambda facts: _there(facts, "item", "hours_needed"),
    "price": lambda facts: isinstance(facts["price"].value, Money) and facts["price"].value.amount > 0,
    "entry": lambda facts: _there(facts, *_SCOPES),
    "favour": lambda facts: _there(facts, "goodwill_after"),
}


def uncomputed(name: str, facts: Facts, resolved: Resolved) -> str:
    """The reason, a sentence without its full stop; empty for a fact that was worked out, and for one of the mail."""
    fact = facts[name]
    if fact.state is not State.ABSENT or fact.source is not Source.DEFAULT:
        return ""
    if name in resolved.dormant:
        return unkept(name, resolved)
    lacking = next((step for step in _takes().get(name, ()) if not _has(step, facts, resolved)), "")
    return _said()[lacking] if lacking else ""


def unkept(name: str, resolved: Resolved) -> str:
    """The records that a fact needs and that the business doesn't keep, each with its file."""
    there = kept(resolved.ground.business)
    lacking = [need for need in BY_NAME[name].needs if need not in there]
    return " and ".join(f"{need.value} ({need.file}) {need.verb} not on record" for need in lacking)


def _has(step: str, facts: Facts, resolved: Resolved) -> bool:
    client = resolved.ground.client
    if step in _OF_FACTS:
        return _OF_FACTS[step](facts)
    if client is None:
        return False
    return step == "client" or _OF_CLIENT[step](client)


def _there(facts: Facts, *names: str) -> bool:
    return any(facts[name].state is not State.ABSENT for name in names)


@cache
def _file() -> Node:
    return read_shipped(Path(__file__).parent / "uncomputed.yaml")


@cache
def _takes() -> dict[str, tuple[str, ...]]:
    facts = _file().at(("takes",)).entries or {}
    return {name: tuple(step.text or "" for step in steps.items or ()) for name, steps in facts.items()}


@cache
def _said() -> dict[str, str]:
    sentences = _file().at(("missing",)).entries or {}
    return {step: node.text or "" for step, node in sentences.items()}
