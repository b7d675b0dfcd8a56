"""Figures over outcomes and their labels. Counts only: no model, no file, no opinion."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from eval.suite import Case
from pipeline.types.decision import Action
from pipeline.types.outcome import Outcome
from pipeline.types.request import State


class Share(NamedTuple):
    """``hits`` of ``all``."""

    hits: int
    all: int

    def __str__(self) -> str:
        """Such as ``57 of 60 (95%)``."""
        return f"{self.hits} of {self.all}" + (f" ({self.hits / self.all:.0%})" if self.all else "")


class Scores(NamedTuple):
    """What a run over labelled mails comes to."""

    strict: Share
    lenient: Share
    wrong_declines: tuple[str, ...]  # declined or parted, though a yes or no answer at all was right
    to_a_person: Share
    needlessly_to_a_person: Share
    first_try: Share  # drafts that the guard let through at once, of all first drafts of the model
    by_fallback: int
    without_draft: int
    facts_known: int
    facts_unknown: int
    claims_dropped: int
    findings: Counter[str]
    misses: tuple[str, ...]
    confusion: Counter[tuple[str, str]]


def score(outcomes: Mapping[str, Outcome], cases: Sequence[Case]) -> Scores:
    """Score every case; one without an outcome counts as missed."""
    rows = [(case, outcomes.get(case.id)) for case in cases]
    firsts = [f for _, o in rows if o and (f := _first_try(o)) is not None]
    facts = [
        f for _, o in rows if o and o.request for f in (*o.request.facts, *(f for a in o.request.asks for f in a.facts))
    ]
    return Scores(
        strict=_share(o is not None and o.action is c.gold.expected for c, o in rows),
        lenient=_share(_fine(c, o) for c, o in rows),
        wrong_declines=tuple(c.id for c, o in rows if _wrong_decline(c, o)),
        to_a_person=_share(o is None or o.action is Action.ESCALATE for _, o in rows),
        needlessly_to_a_person=_share(
            o is None or o.action is Action.ESCALATE for c, o in rows if Action.ESCALATE not in c.gold.acceptable
        ),
        first_try=_share(firsts),
        by_fallback=sum(bool(o and o.draft and o.draft.model == "offline") for _, o in rows),
        without_draft=sum(bool(o and o.action.drafts and o.draft is None) for _, o in rows),
        facts_known=sum(f.state is State.KNOWN for f in facts),
        facts_unknown=sum(f.state is State.UNKNOWN for f in facts),
        claims_dropped=sum(len(o.request.dropped) for _, o in rows if o and o.request),
        findings=Counter(
            p.partition(":")[0] for _, o in rows if o for a in o.attempts if a.stage == "draft" for p in a.problems
        ),
        misses=tuple(_miss(c, o) for c, o in rows if not _fine(c, o)),
        confusion=Counter((c.gold.expected_handling, o.action.value if o else "none") for c, o in rows),
    )


def _fine(case: Case, outcome: Outcome | None) -> bool:
    return outcome is not None and outcome.action in case.gold.acceptable


def _wrong_decline(case: Case, outcome: Outcome | None) -> bool:
    refused = outcome is not None and outcome.action in {Action.DECLINE, Action.END}
    return refused and case.gold.acceptable <= {Action.ACCEPT, Action.SKIP}


def _first_try(outcome: Outcome) -> bool | None:
    """Whether the model's first draft had no problem; None when it wrote none."""
    tries = [a for a in outcome.attempts if a.stage == "draft"]
    return not tries[0].problems if tries else None


def _miss(case: Case, outcome: Outcome | None) -> str:
    got = f"{outcome.action} ({outcome.code})" if outcome else "no outcome"
    return f"{case.id} {case.gold.primary_kind}: wanted {' or '.join(case.gold.acceptable_handling)}, got {got}"


def _share(hits: Iterable[bool]) -> Share:
    seen = list(hits)
    return Share(sum(seen), len(seen))
