"""Causes: a no stands on the reasons that decided it, and on nobody else's.

Codes: ``stance.fake_reason``, ``stance.blame_policy``, ``privacy.internal`` and ``privacy.other_client``. A cause
may be told when a text of the decision tells it in any language; the law and the like also when the client speaks of
it. What this leaves out: causes that no lexicon holds, and a true reason told falsely.
"""

from collections.abc import Iterator

from pipeline.guard.lexicon import anywhere
from pipeline.guard.reading import Reading
from pipeline.types.request import Kind
from pipeline.types.verdict import Finding

_CAUSES = ("superior", "system", "law", "insurance", "capacity", "absence", "supplier")
_CODES = {
    **{f"cause_{cause}": "stance.fake_reason" for cause in _CAUSES},
    "blame_policy": "stance.blame_policy",
    "internal": "privacy.internal",
    "other_client": "privacy.other_client",
}
_TOPICS = {"cause_law", "cause_insurance", "cause_supplier", "other_client"}  # the client may have raised them
_THEIRS = {"cause_capacity", "cause_absence", "cause_law", "cause_supplier"}
_MESSAGES = {
    "stance.fake_reason": "'{words}' is no reason of this decision: tell the reason that it gives.",
    "stance.blame_policy": "'{words}' hides behind rules: say what we do and don't do, and what it is good for.",
    "privacy.internal": "'{words}' is nobody's business but ours: leave it out.",
    "privacy.other_client": "'{words}' tells of another client: leave it out.",
}


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings."""
    decided, asked = reading.said_by_us, reading.said_by_them
    for group, code in _CODES.items():
        said = f"{decided}\n{asked}" if group in _TOPICS else decided
        matter = group == "cause_law" and anywhere("matter_of_law", asked) and _not_ours(reading)
        if anywhere(group, reading.own.plain) and not anywhere(group, said) and not matter:
            for line, hit in reading.told(group):
                if reading.lexicon.has("yours", line.own[: hit.start]):
                    continue  # "your procedure says how" blames nobody
                if group in _THEIRS and line.backing[0] in {"offer", "kept"}:
                    continue  # what an offer is about may be closed, full or a matter of law
                yield reading.on(line, hit, code, _MESSAGES[code])


def _not_ours(reading: Reading) -> bool:
    """Whether something is declined because it is another trade's: then the law may be what it is about."""
    return any(ask.kind is Kind.OUT_OF_EXPERTISE for ask in reading.request.asks)
