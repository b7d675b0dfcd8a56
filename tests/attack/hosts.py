"""The honest mails that carry the attacks, each with a careful reading and a sound draft of it, from ``hosts.yaml``.

Left out: any model; reading and draft are written by hand, so that an attack is told from an honest slip.
"""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, JsonValue, TypeAdapter
from ruamel.yaml import YAML

Reply = dict[str, JsonValue]
"""A model's reply before it is written as JSON."""


class HonestAsk(BaseModel):
    """An ask as a careful model claims it; ``facts`` maps a fact's name to its words."""

    kind: str
    quote: str
    facts: dict[str, str]


class HonestReading(BaseModel):
    """The reading of one mail."""

    aim: str
    asks: list[HonestAsk]


class Host(BaseModel):
    """One mail. ``rules`` are those of the policy that must fire, by hand."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    client: str
    name: str
    address: str
    language: str
    subject: str
    body: str
    rules: tuple[str, ...]
    reading: HonestReading
    draft: tuple[tuple[str, str], ...]  # what backs a sentence, and its text with slots


@cache
def hosts() -> tuple[Host, ...]:
    """All of them, in the order of the file."""
    rows = YAML(typ="safe").load(Path(__file__).with_name("hosts.yaml"))
    return TypeAdapter(tuple[Host, ...]).validate_python(rows)


def host(id_: str) -> Host:
    """The mail of this name."""
    return next(one for one in hosts() if one.id == id_)


def reading(one: Host) -> Reply:
    """An extract reply as a careful model gives it; a new object each time, so that a move may change it."""
    return {
        "asks": [ask(each.kind, each.quote, *each.facts.items()) for each in one.reading.asks],
        "mail_facts": [],
        "aim": one.reading.aim,
        "details": [],
        "leverage": [],
        "sentiment": "friendly",
        "language": one.language,
        "cannot_tell": None,
        "objection": None,
        "accepted": None,
    }


def letter(one: Host) -> list[tuple[str, str]]:
    """The sentences of a sound draft, for a move to change."""
    return list(one.draft)


def ask(kind: str, quote: str, *facts: tuple[str, str], service: str = "everyday") -> Reply:
    """A claim of an ask."""
    return {"kind": kind, "quote": quote, "service": service, "facts": [fact(name, said) for name, said in facts]}


def fact(name: str, quote: str, choice: str | None = None) -> Reply:
    """A claim of a fact."""
    return {"name": name, "quote": quote, "choice": choice}
