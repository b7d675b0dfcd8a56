"""From a stored outcome to the no that a later mail may answer, and how much of it another text repeats.

People send a draft from their own mail program, which may give it another id and mends a word here and there; so a no
is known by its sentences too. Pure; left out: where outcomes are kept, and which of them are looked at.
"""

import unicodedata
from functools import lru_cache

from pipeline.types.decision import Action, Decision
from pipeline.types.draft import Draft
from pipeline.types.earlier import Earlier, Told
from pipeline.types.outcome import Outcome

ENOUGH = 0.3
"""Share of a draft's shingles from which a text is taken to quote it: another draft has seldom half as many."""

_WORDS = 4  # words of a shingle
_FEWEST = 12  # shingles below which a draft is too short to be told from others by its text
_MOST = 20_000  # characters of a text that are looked at


def earlier_of(outcome: Outcome) -> Earlier | None:
    """The no in an outcome; None when no refusal was drafted."""
    draft, decision, request = outcome.draft, outcome.decision, outcome.request
    if draft is None or decision is None or request is None or outcome.action not in {Action.DECLINE, Action.END}:
        return None
    return Earlier(
        key=outcome.key,
        today=outcome.today,
        action=outcome.action,
        code=outcome.code,
        round=decision.round,
        request=request,
        rules=tuple(reason.rule for reason in decision.reasons),
        told=_told(draft, decision),
        kept=decision.kept,
        concessions=decision.concessions,
    )


def quoted(draft: Draft, text: str) -> float:
    """The share of the draft's own sentences that ``text`` repeats, from 0 to 1; greeting and sign-off don't count."""
    ours = frozenset().union(*(_shingles(sentence.text) for sentence in draft.sentences))
    return len(ours & _shingles(text[:_MOST])) / len(ours) if len(ours) >= _FEWEST else 0.0


def _told(draft: Draft, decision: Decision) -> tuple[Told, ...]:
    """The offers in the order of the letter, each with its sentences."""
    permitted = {offer.id: offer for offer in decision.offers}
    return tuple(
        Told(offer=permitted[id_], words=" ".join(s.text for s in draft.sentences if s.backing == f"offer:{id_}"))
        for id_ in draft.offers
        if id_ in permitted
    )


@lru_cache(maxsize=64)  # one text is held against several drafts
def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Every few words in a row, without marks of quotation, spacing and case."""
    plain = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFKC", text).casefold())
    words = plain.split()
    return frozenset(tuple(words[n : n + _WORDS]) for n in range(len(words) - _WORDS + 1))
