"""Operators that spoil a good draft, each in a way that its class names. They are text operations of their own: none
looks at the guard's word lists. Their words by language lie in ``spoiling.yaml``.
"""

import base64
import codecs
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from pipeline.guard.reading import SLOT
from pipeline.types.decision import Action
from tests.guard.good import Case

CANARY = "Quartz Heron Lamplight"
CLIENT = "Pemberton Ropeworks"
Spoil = Callable[[Case], Case | None]


@dataclass(frozen=True)
class Operator:
    """``codes``: one of these is what the guard has to say, a code or its first half."""

    name: str
    spoil: Spoil
    codes: tuple[str, ...]


@cache
def words() -> dict[str, dict[str, list[str]]]:
    """Sentences by kind and language."""
    from ruamel.yaml import YAML

    told: dict[str, dict[str, list[str]]] = YAML(typ="safe").load(Path(__file__).with_name("spoiling.yaml"))
    return told


def _insert(text: str) -> Spoil:
    """``text`` behind the first words of the reason, or of the second sentence."""

    def spoil(case: Case) -> Case | None:
        at = next((n for n, (backing, _) in enumerate(case.lines) if backing.startswith("rule:")), 1)
        backing, template = case.lines[at]
        head, _, tail = template.partition(" ") if not template.startswith("¶ ") else template[2:].partition(" ")
        return _with(case, at, backing, f"{head} {text} {tail}")

    return spoil


def _with(case: Case, at: int, backing: str, template: str) -> Case:
    lines = (*case.lines[:at], (backing, template), *case.lines[at + 1 :])
    return Case(**{**vars(case), "lines": lines})


def _for_slot(text: str) -> Spoil:
    """``text`` in the place of the first slot that a model could have miswritten."""

    def spoil(case: Case) -> Case | None:
        for at, (backing, template) in enumerate(case.lines):
            found = next((m for m in SLOT.finditer(template) if not m[1].endswith(("quote", "name"))), None)
            if found:
                return _with(case, at, backing, template.replace(found[0], text.replace("{}", found[0]), 1))
        return None

    return spoil


def _say(kind: str, backing: str = "courtesy") -> Spoil:
    """A sentence of a kind, in the language of the draft; the sentences take turns from draft to draft."""

    def spoil(case: Case) -> Case | None:
        told = words()[kind].get(case.permit.language)
        return case.adding(backing, told[len(case.lines[0][1]) % len(told)]) if told else None

    return spoil


def _keep(text: str) -> Spoil:
    """The canary in some shape, kept private."""

    def spoil(case: Case) -> Case | None:
        spoiled = _insert(text)(case)
        return spoiled and spoiled.permitting(private=(*case.permit.private, CANARY, CLIENT))

    return spoil


def _offers(case: Case) -> list[str]:
    return list(dict.fromkeys(b for b, _ in case.lines if b.startswith("offer:")))


def _declines(spoil: Spoil) -> Spoil:
    """For declines alone, which have three alternatives."""
    return lambda case: spoil(case) if case.decision.action is Action.DECLINE and len(_offers(case)) == 3 else None


def _dropped(case: Case) -> Case | None:
    return case.without(_offers(case)[-1])


def _fourth(case: Case) -> Case | None:
    spare = next((f"offer:{o.id}" for o in case.decision.offers if f"offer:{o.id}" not in _offers(case)), "offer:extra")
    last = max(n for n, (b, _) in enumerate(case.lines) if b.startswith("offer:"))
    return case.adding(spare, case.lines[last][1].replace(case.lines[last][0], spare), at=last + 1)


def _repeated(case: Case) -> Case | None:
    first = next(line for line in case.lines if line[0].startswith("offer:"))
    return case.adding(*first)


def _forbidden(case: Case) -> Case | None:
    old = _offers(case)[0]
    return Case(**{**vars(case), "lines": tuple(("offer:nobody", t) if b == old else (b, t) for b, t in case.lines)})


def _terms_of_another(case: Case) -> Case | None:
    for offer in case.decision.offers:
        for at, (backing, template) in enumerate(case.lines):
            if offer.terms and backing.startswith("offer:") and backing != f"offer:{offer.id}":
                return _with(case, at, backing, f"{template.rstrip('.')}, {{offer.{offer.id}.{offer.terms[0].name}}}.")
    return None


def _no_no(case: Case) -> Case | None:
    return case.without(*{b for b, _ in case.lines if b.startswith(("rule:", "ask:"))})


def _no_reason(case: Case) -> Case | None:
    reasons = {b for b, _ in case.lines if b.startswith("rule:")}
    return case.without(*reasons) if reasons else None


def _other_language(case: Case) -> Case | None:
    other = "de" if case.permit.language != "de" else "en"
    told = words()["prose"][other]
    return Case(**{**vars(case), "lines": tuple((b, told[n % len(told)]) for n, (b, _) in enumerate(case.lines))})


def _two_apologies(case: Case) -> Case | None:
    told = words()["apology"].get(case.permit.language)
    return case.adding("courtesy", told[0]).adding("courtesy", told[1]) if told else None


_WIDE = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in CANARY)
_LOOKS = CANARY.translate(str.maketrans("aeop", "\u0430\u0435\u043e\u0440"))
CANARIES = {
    "plain": CANARY,
    "spaced": " ".join(CANARY.replace(" ", "")),
    "reversed": CANARY[::-1],
    "base64": base64.b64encode(CANARY.encode()).decode().rstrip("="),
    "hex": CANARY.encode().hex(),
    "rot13": codecs.encode(CANARY, "rot13"),
    "full_width": _WIDE,
    "homoglyph": _LOOKS,
    "url": quote(CANARY.replace("a", "\0")).replace("%00", "%61"),
    "leet": CANARY.translate(str.maketrans("aeio", "4310")),
}
OPERATORS = (
    Operator("wrong_figure", _for_slot("4,711"), ("grounding",)),
    Operator("shifted_date", _for_slot("17 May 2031"), ("grounding",)),
    Operator("swapped_currency", _for_slot("$ {}"), ("grounding",)),
    Operator("figure_beside", _for_slot("{}9"), ("grounding",)),
    Operator("full_width_digits", _for_slot("\uff14\uff17"), ("grounding",)),
    Operator("foreign_digits", _insert("\u0664\u0667"), ("grounding",)),
    Operator("number_word", _say("number_word"), ("grounding",)),
    Operator("url", _insert("https://ropes.example/x?d=1"), ("grounding",)),
    Operator("bare_domain", _insert("better-offers.com"), ("grounding.contact",)),
    Operator("mail", _insert("ask@ropes.example"), ("grounding.contact", "grounding.outside_slot")),
    Operator("phone", _insert("+44 20 7946 0018"), ("grounding.contact", "grounding.outside_slot")),
    Operator("dropped_offer", _declines(_dropped), ("offers.count",)),
    Operator("fourth_offer", _declines(_fourth), ("offers",)),
    Operator("repeated_offer", _declines(_repeated), ("offers",)),
    Operator("forbidden_offer", _declines(_forbidden), ("offers.not_permitted",)),
    Operator("terms_of_another", _declines(_terms_of_another), ("offers.foreign_slot",)),
    Operator("commitment", _say("commitment"), ("promise.commitment", "stance")),
    Operator("acceptance", _say("acceptance"), ("stance", "promise.commitment")),
    Operator(
        "acceptance_in_offer",
        _declines(lambda c: _say("acceptance", _offers(c)[-1])(c)),
        ("stance", "promise", "offers"),
    ),
    Operator("discount", _say("discount"), ("promise", "grounding", "stance")),
    Operator("admission", _say("admission"), ("stance.admission",)),
    Operator("false_hope", _say("false_hope"), ("stance",)),
    Operator("fake_reason", _say("fake_reason"), ("stance.fake_reason", "stance.blame_policy")),
    *(Operator(f"canary_{name}", _keep(text), ("privacy.private_string",)) for name, text in CANARIES.items()),
    Operator("other_client", _keep(CLIENT), ("privacy.private_string",)),
    Operator("strangers_name", _insert("Marten Osterveld"), ("grounding.name",)),
    Operator("link", _insert("[here](x)"), ("form",)),
    Operator("image", _insert("![x](y)"), ("form",)),
    Operator("html", _insert("<img src=x>"), ("form",)),
    Operator("header", lambda case: case.adding("courtesy", "Bcc: the other office"), ("form.header_line",)),
    Operator("homoglyph", _insert("\u043effer"), ("form.script",)),
    Operator("zero_width", _insert("of\u200bfer"), ("form.hidden",)),
    Operator("placeholder", _insert("[name]"), ("form.placeholder",)),
    Operator("second_apology", _two_apologies, ("stance.apology",)),
    Operator("wrong_language", _other_language, ("form.language", "stance")),
    Operator("no_removed", _declines(_no_no), ("stance.no_clear_no",)),
    Operator("no_reason", _declines(_no_reason), ("backing.reason_missing",)),
    Operator("unknown_slot", _for_slot("{offer.none.price}"), ("grounding.unknown_slot",)),
)
