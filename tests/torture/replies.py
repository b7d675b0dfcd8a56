"""What the provider's model says: the reading of a made mail, and a letter that the guard lets through.

A mail is read with the templates that it was made of; a letter is set from the reasons and offers that the prompt
lists, as the policy words them. Equal prompts, equal replies. Left out: other mails; they get a reading without an ask.
"""

import json
import re
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from tests.torture.mails import Wish, letters

_NEWEST = re.compile(r"<newest>\n(.*?)\n</newest>", re.DOTALL)
_ASK = re.compile(r"^- ask:(\d+) \((\w+)\), answer: no", re.MULTILINE)
_REASON = re.compile(r"^- rule:(\w+) \(for ask [\d, ]+\): (.+)$", re.MULTILINE)
_OFFER = re.compile(r"^- offer:(\w+) \(kind (\w+), for ask [\d, ]+\): (.+?)(?: \[slots to use: .*\])?$", re.MULTILINE)
_PLAIN = {"by": r"by \w+ \d+ \w+", "firm": r"\w+ \w+", "town": r"\w+"}
_THREE = 3


class Pattern(NamedTuple):
    """An ask as a pattern, and its kind."""

    kind: str
    wish: Wish
    form: re.Pattern[str]


def reply_to(messages: list[dict[str, str]]) -> str:
    """The JSON that a model answers to the messages of a request."""
    text = messages[-1]["content"]
    found = _NEWEST.search(text)
    return json.dumps(reading(found[1]) if found else letter(text))


def reading(mail: str) -> dict[str, object]:
    """The claims about a made mail, each with its words."""
    for kind, wish, form in _asks():
        if found := form.search(mail):
            facts = [{"name": name, "quote": found[part], "choice": None} for name, part in wish.facts.items()]
            ask: dict[str, object] = {"kind": kind, "quote": found[0]}
            ask |= {"service": _service(found["thing"]), "facts": facts}
            return _claims([ask], _first("aim", mail), [_first("detail", mail)])
    return _claims([], None, [])


def letter(prompt: str) -> dict[str, object]:
    """The sentences of a no: its reasons and three offers of different kinds."""
    told, pick = letters(), sha256(prompt.encode()).digest()
    head = prompt.partition("\nREASONS:\n")[0]
    asks = _ASK.findall(head)
    number, kind = asks[0] if asks else ("1", "")
    opening = told.open.get(kind, told.bridge)
    said = [
        (opening[pick[0] % len(opening)], "courtesy", True),
        (told.no.get(kind, "We can't do this.").format(n=number), f"ask:{number}", True),
        *((text, f"rule:{name}", False) for name, text in _REASON.findall(prompt)),
        (told.bridge[pick[1] % len(told.bridge)], "courtesy", True),
        *((f"{text}.", f"offer:{name}", False) for name, text in _three(prompt)),
        (told.next[pick[2] % len(told.next)], "courtesy", True),
    ]
    return {"sentences": [{"text": text, "backing": backing, "new_paragraph": new} for text, backing, new in said]}


def _three(prompt: str) -> list[tuple[str, str]]:
    kinds: dict[str, tuple[str, str]] = {}
    for name, kind, text in _OFFER.findall(prompt):
        kinds.setdefault(kind, (name, text))
    return list(kinds.values())[:_THREE]


def _claims(asks: list[dict[str, object]], aim: str | None, details: list[str | None]) -> dict[str, object]:
    known = [detail for detail in details if detail]
    rest: dict[str, object] = {"leverage": [], "sentiment": "friendly", "language": "en", "cannot_tell": None}
    return {
        "asks": asks, "mail_facts": [], "aim": aim, "details": known, **rest, "objection": None, "accepted": None,
    }  # fmt: skip


@cache
def _asks() -> list[Pattern]:
    return [Pattern(kind, w, _pattern(ask)) for kind, w in letters().kinds.items() for ask in w.ask]


@cache
def _several(name: str) -> list[re.Pattern[str]]:
    return [_pattern(template) for template in {"aim": letters().aim, "detail": letters().detail}[name]]


def _first(name: str, mail: str) -> str | None:
    return next((found[0] for form in _several(name) if (found := form.search(mail))), None)


def _service(thing: str) -> str:
    return next(service for service, things in letters().thing.items() if thing in things)


def _pattern(template: str) -> re.Pattern[str]:
    """A template as the pattern of what it can become."""
    told = letters()
    parts = {
        **_PLAIN,
        "thing": _any(tuple(thing for things in told.thing.values() for thing in things)),
        **{name: _any(getattr(told, name)) for name in ("occasion", "extra", "percent", "term", "free")},
    }
    pieces = re.split(r"\{(\w+)\}", template)
    return re.compile("".join(f"(?P<{p}>{parts[p]})" if odd % 2 else re.escape(p) for odd, p in enumerate(pieces)))


def _any(texts: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(texts, key=len, reverse=True)))
