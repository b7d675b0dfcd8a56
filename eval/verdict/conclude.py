"""From the words on each criterion to the one over all, with the sentences that tell why.

Worse is a version that loses on any criterion that gates; better is one that wins on some criterion that counts and
loses on none. With too many errors there is no verdict, since what failed to be measured need not be like the rest.
"""

from eval.verdict.comparison import Faults, Measured, Word
from eval.verdict.side import Side

Rows = tuple[Measured, ...]
_LEAST = 0.001
"""Below it a p value is only called small."""


def faults(own: Side, other: Side, gates: frozenset[str]) -> Faults:
    """Records of ``own`` that are errors in what gates, and those that the other version has and it lacks."""
    due = {case: max(own.repeats.get(case, 0), other.repeats.get(case, 0)) for case in own.repeats | other.repeats}
    missing = sum(due.values()) - sum(own.repeats.values())
    errors = missing + sum(not gates.isdisjoint(fault.criteria) for fault in own.faults)
    return Faults(version=own.origin.version, errors=errors, of=sum(due.values()))


def conclude(rows: Rows, found: tuple[Faults, Faults], most: float) -> tuple[Word, tuple[str, ...]]:
    """The word over all and why; ``most`` is the largest share of errors that a verdict bears."""
    if too_many := [told_faults(one) for one in found if one.share > most]:
        return Word.NONE, tuple(too_many)
    if not any(row.counts for row in rows):
        return Word.NONE, ("No case has a mark of both versions in anything that counts.",)
    worse, better = ([row for row in rows if row.counts and row.word is word] for word in (Word.WORSE, Word.BETTER))
    if stops := [row for row in worse if row.gates]:
        return Word.WORSE, tuple(map(_told, stops))
    word = Word.BETTER if better and not worse else Word.OPEN
    return word, tuple(map(_told, worse + better)) or ("No criterion that counts shows a difference.",)


def within(rows: Rows, margin: float | None) -> bool | None:
    """Whether all that gates stays within the margin, which takes something that gates; None without a margin."""
    shown = [row.within for row in rows if row.within is not None]
    return None if margin is None else bool(shown) and all(shown)


def told_faults(found: Faults) -> str:
    """Errors in a sentence."""
    return f"{found.version}: {found.errors} of {found.of} records are errors or missing."


def _told(row: Measured) -> str:
    change = f"{row.difference.value:+.2f}" if row.measure == "scale" else f"{row.difference.value * 100:+.1f} points"
    p = "below 0.001" if row.p_holm < _LEAST else f"{row.p_holm:.3f}"
    return f"{row.criterion} is {row.word}: {change} over {row.n} cases, p {p} by Holm."
