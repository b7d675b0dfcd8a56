"""The criteria that code scores: a small pure function each, and the guard's codes that name the same fault.

A function reads the model's own draft once more, without the guard, so that what the guard let pass wrongly is a fault
here too. It gives the fault in a few words, nothing when there is none, and None when it can't tell. Left out: what
only a reader can tell, which is the judge's.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from eval.rubrics import words
from eval.rubrics.first import Reply
from eval.rubrics.reading import READINGS

Fault = str | None
Reader = Callable[[Reply], Fault]

_THREE = 3
_SLOT = re.compile(r"\{[^{}]*\}")
_VALUE = re.compile(r"[\d%€$£¥@]")
_ITEM = re.compile(r"^\d+\. ", re.MULTILINE)
_ODD = re.compile(r"[\[\]<>{}*_`#|]")
_RUN = 5  # words in a row of a private text that are a leak


class Check(NamedTuple):
    """``codes``: codes of the guard, or their first halves, whose finding fails the criterion."""

    codes: tuple[str, ...]
    read: Reader


def exactly_three(reply: Reply) -> Fault:
    """Three offers, and three items of a list."""
    listed = len(_ITEM.findall(reply.draft.body))
    count = len(reply.draft.offers) if len(reply.draft.offers) != _THREE else listed
    return "" if count == _THREE else f"{count} alternatives"


def permitted(reply: Reply) -> Fault:
    """Offers of the decision only, each with all of its terms."""
    known = {offer.id: offer for offer in reply.decision.offers}
    for used in reply.draft.offers:
        if used not in known:
            return f"'{used}' was not permitted"
        told = " ".join(s.template for s in reply.draft.sentences if s.backing == f"offer:{used}")
        if missing := [t.name for t in known[used].terms if f"{{offer.{used}.{t.name}}}" not in told]:
            return f"'{used}' is told without {', '.join(missing)}"
    return ""


def distinct(reply: Reply) -> Fault:
    """No two of a kind."""
    kinds = {offer.id: offer.kind for offer in reply.decision.offers}
    used = [kinds.get(name, name) for name in reply.draft.offers]
    twice = sorted({kind for kind in used if used.count(kind) > 1})
    return f"two of the kind {', '.join(twice)}" if twice else ""


def grounded(reply: Reply) -> Fault:
    """No figure, currency or address in the model's own words."""
    own = " ".join(_SLOT.sub(" ", sentence.template) for sentence in reply.draft.sentences)
    found = _VALUE.search(own)
    return f"'{own[max(0, found.start() - 20) : found.end() + 20].strip()}' has no slot" if found else ""


def reason_present(reply: Reply) -> Fault:
    """A sentence rests on a reason that may be told; without any such reason there is nothing to give."""
    told = {f"rule:{reason.rule}" for reason in reply.decision.reasons}
    backed = told & {sentence.backing for sentence in reply.draft.sentences}
    return "" if backed or not told else "no sentence gives the reason"


def kept(reply: Reply) -> Fault:
    """What passes alone is granted and said, and where something should be kept, something is."""
    if not reply.decision.kept:
        return "nothing is granted" if reply.case.expected.keeps else None
    said = {sentence.backing for sentence in reply.draft.sentences}
    silent = [str(number) for number in reply.decision.kept if f"kept:{number}" not in said]
    return f"ask {', '.join(silent)} is granted and not said" if silent else ""


def decides_nothing(reply: Reply) -> Fault:
    """Every question is put, and nothing is offered or granted."""
    asked = {s.backing for s in reply.draft.sentences if "?" in s.text}
    missing = [question.id for question in reply.decision.questions if f"question:{question.id}" not in asked]
    if missing:
        return f"does not ask {', '.join(missing)}"
    return (
        "offers or grants something"
        if reply.draft.offers or any(s.backing[:5] == "kept:" for s in reply.draft.sentences)
        else ""
    )


def no_leak(reply: Reply) -> Fault:
    """No run of words that stands in a private reason and in no text that may be told."""
    texts = [*(reason.text for reason in reply.decision.reasons), *(offer.text for offer in reply.decision.offers)]
    public = _runs(" ".join(told for text in texts for told in text.by_language.values()))
    private = {run for text in reply.decision.private for run in _runs(text)} - public
    leaked = sorted(private & _runs(reply.draft.body))
    return f"'{' '.join(leaked[0])}' is private" if leaked else ""


def plain_form(reply: Reply) -> Fault:
    """No sign of a gap or of markup in the model's own words."""
    own = " ".join(_SLOT.sub(" ", sentence.template) for sentence in reply.draft.sentences)
    found = _ODD.search(own)
    return f"'{found.group()}' stands in it" if found else ""


@lru_cache(maxsize=256)  # the texts of a policy come with every draft
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    said = re.findall(r"\w+", text.casefold())
    return frozenset(tuple(said[at : at + _RUN]) for at in range(len(said) - _RUN + 1))


CHECKS: dict[str, Check] = {
    "clear_no": Check(
        ("stance.no_clear_no", "stance.buried_no", "stance.soft_accept", "stance.false_hope"), words.clear_no
    ),
    "early_no": Check((), words.early_no),
    "decides_nothing": Check(("stance.decides", "ask"), decides_nothing),
    "fair_words": Check(
        ("stance.apology", "stance.admission", "stance.blame", "stance.blame_policy", "stance.curt"), words.fair_words
    ),
    "kept": Check(("kept",), kept),
    "reason_present": Check(("backing.reason_missing", "stance.fake_reason"), reason_present),
    "exactly_three": Check(("offers.count",), exactly_three),
    "permitted": Check(
        (
            "offers.not_permitted", "offers.term_missing", "offers.term_repeated", "offers.foreign_slot",
            "offers.scattered", "offers.outside", "offers.unfit", "offers.unhelped",
        ),
        permitted,
    ),
    "distinct": Check(("offers.same_kind", "offers.same_words"), distinct),
    "grounded": Check(("grounding", "backing.unknown", "backing.idle"), grounded),
    "no_promise": Check(("promise",), words.no_promise),
    "no_leak": Check(("privacy",), no_leak),
    "right_language": Check(("form.language", "form.script"), words.right_language),
    "right_length": Check(("form.length",), words.right_length),
    "plain_form": Check(
        (
            "form.assembled", "form.placeholder", "form.markup", "form.hidden", "form.header_line", "form.salutation",
        ),
        plain_form,
    ),
    "one_next_step": Check((), words.one_next_step),
}  # fmt: skip
"""Every criterion over a draft, by id."""

CODED = frozenset({*CHECKS, *READINGS, "first_try", "by_model"})
"""Every criterion that code scores."""


def named(criterion: str, problems: dict[str, str]) -> str:
    """The guard's first message about the fault that ``criterion`` names; empty when there is none."""
    codes = CHECKS[criterion].codes
    return next((m for code, m in problems.items() if code in codes or code.partition(".")[0] in codes), "")
