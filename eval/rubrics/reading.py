"""How well mails were read: the kinds of their asks, the facts, what was made of them, how often nothing could be.

The labels state a value as a mail would ("15%", "2 weeks", "yes"); it is read by the same code as a quote is. Left out:
labels that no code can read, and orders from a price list, which are not scored.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from eval.rubrics.first import First
from eval.types.case import Case
from eval.types.record import Mark, Score
from pipeline.policy.catalogue.spec import Type
from pipeline.policy.facts import BY_NAME
from pipeline.types.decision import Action
from pipeline.types.outcome import Outcome
from pipeline.types.quantities import Choice, Count, Flag, Money, Quantity, Words
from pipeline.types.request import Fact, Kind, State
from pipeline.values.read import read

_NUMBER = re.compile(r"\d+")
_GROUPED = re.compile(r"(?<=\d)[., '\u00a0\u202f](?=\d{3}\b)")


class Share(NamedTuple):
    """``hits`` of ``all``."""

    hits: int
    all: int

    @property
    def rate(self) -> float | None:
        """Between 0 and 1; None of nothing."""
        return self.hits / self.all if self.all else None


class Extraction(NamedTuple):
    """What a run's reading comes to. Cases that broke on the way are only counted."""

    cases: int
    broken: int
    handled: Share  # in an acceptable way
    precision: Share  # of the kinds that were read, those expected
    recall: Share  # of the kinds expected, those that were read
    facts: Share  # of the facts expected, those known with their value
    matrix: dict[tuple[Action, str], int]  # best expected action, and what came of it (or "failed"), to cases
    coverage: Share  # read at all: neither failed nor "cannot tell"
    escalated: Share  # left to a person, for whatever reason


def extraction(pairs: Iterable[tuple[Case, Outcome]]) -> Extraction:
    """Sum up cases and their outcomes."""
    seen = [First(case, outcome) for case, outcome in pairs]
    whole = [first for first in seen if not _broken(first)]
    kinds = [_kinds(first) for first in whole if first.case.expected.kinds]
    facts = [known for first in whole for _, known in _facts(first)]
    return Extraction(
        cases=len(seen),
        broken=len(seen) - len(whole),
        handled=_share(handled(first).mark is Mark.PASS for first in whole),
        precision=Share(sum(len(w & r) for w, r in kinds), sum(len(r) for _, r in kinds)),
        recall=Share(sum(len(w & r) for w, r in kinds), sum(len(w) for w, _ in kinds)),
        facts=_share(facts),
        matrix=dict(Counter((f.case.expected.handling[0], _became(f.outcome)) for f in whole)),
        coverage=_share(_covered(f.outcome) for f in whole),
        escalated=_share(f.outcome.action is Action.ESCALATE for f in whole),
    )


def handled(first: First) -> Score:
    """Whether the mail was handled in an acceptable way; a failure is none."""
    if _broken(first):
        return Score(criterion="handled", mark=Mark.ERROR, why=first.broken)
    wanted, became = first.case.expected.handling, _became(first.outcome)
    fine = became in wanted
    why = "" if fine else f"{became} and not {' or '.join(wanted)}"
    return Score(criterion="handled", mark=Mark.PASS if fine else Mark.FAIL, why=why)


def kinds_read(first: First) -> Score:
    """Whether the kinds are those expected; the value is the F1 of the two sets."""
    if not first.case.expected.kinds:
        return Score(criterion="kinds_read", mark=Mark.NA)
    if _broken(first):
        return Score(criterion="kinds_read", mark=Mark.ERROR, why=first.broken)
    wanted, found = _kinds(first)
    value = 2 * len(wanted & found) / (len(wanted) + len(found))
    faults = [f"{kind} is missing" for kind in sorted(wanted - found)] + [
        f"{k} is too much" for k in sorted(found - wanted)
    ]
    return Score(criterion="kinds_read", mark=Mark.FAIL if faults else Mark.PASS, value=value, why="; ".join(faults))


def facts_read(first: First) -> Score:
    """Whether every fact expected is known with its value; the value is their share."""
    told = list(_facts(first))
    if not told:
        return Score(criterion="facts_read", mark=Mark.NA)
    if _broken(first):
        return Score(criterion="facts_read", mark=Mark.ERROR, why=first.broken)
    lost = [name for name, known in told if not known]
    return Score(
        criterion="facts_read",
        mark=Mark.FAIL if lost else Mark.PASS,
        value=1 - len(lost) / len(told),
        why=f"not read: {', '.join(lost)}" if lost else "",
    )


READINGS: dict[str, Callable[[First], Score]] = {
    "handled": handled,
    "kinds_read": kinds_read,
    "facts_read": facts_read,
}
"""The criteria over the reading, by id."""


def _broken(first: First) -> bool:
    """Whether the machinery failed before anything could be decided."""
    return bool(first.broken) and first.outcome.decision is None


def _became(outcome: Outcome) -> str:
    """The action decided, also where no draft came of it; "failed" where nothing could be decided."""
    if outcome.decision:
        return outcome.decision.action.value
    return "failed" if outcome.failure else outcome.action.value


def _covered(outcome: Outcome) -> bool:
    code = outcome.decision.code if outcome.decision else outcome.code
    return _became(outcome) != "failed" and code != "cannot_tell"


def _kinds(first: First) -> tuple[set[Kind], set[Kind]]:
    request = first.outcome.request
    return set(first.case.expected.kinds), {ask.kind for ask in request.asks} if request else set()


def _facts(first: First) -> Iterator[tuple[str, bool]]:
    """Every fact expected whose label can be read, and whether it is known with that value."""
    request = first.outcome.request
    found: Sequence[Fact] = [*request.facts, *(f for a in request.asks for f in a.facts)] if request else []
    for name, words in first.case.expected.facts.items():
        wanted = _wanted(name, words, first.case)
        if wanted is not None:
            known = [fact for fact in found if fact.name == name and fact.state is State.KNOWN]
            absent = wanted == Flag(yes=False) and not known
            yield name, absent or any(_same(fact, wanted, first.case) for fact in known)


def _wanted(name: str, words: str, case: Case) -> Quantity | None:
    """The value that a label states; None when there is no such fact, or it can't be read."""
    spec = BY_NAME.get(name)
    match spec.type if spec else None:
        case None | Type.ORDER:
            return None
        case Type.FLAG:
            return Flag(yes=words != "no")
        case Type.CHOICE:
            return Choice(name=words)
        case type_:
            return _value(type_, words, case.language, case.mail.sent)


@lru_cache(maxsize=1024)  # a label is read for every draft of its case
def _value(type_: Type, words: str, language: str, sent: date) -> Quantity | None:
    values = (read(type_, words, each, sent) for each in ("en", language))
    return next((value for value in values if value is not None), None)


def _same(fact: Fact, wanted: Quantity, case: Case) -> bool:
    value, words = fact.value, case.expected.facts[fact.name]
    if isinstance(value, Money) and isinstance(wanted, Money):
        return value.amount == wanted.amount and (None in {value.currency, wanted.currency} or value == wanted)
    if isinstance(value, Words) and isinstance(wanted, Words):
        numbers = _numbers(wanted.text, case)
        return numbers == _numbers(value.text, case) if numbers else wanted.text.casefold() in value.text.casefold()
    if isinstance(value, Flag) and fact.note and words not in {"yes", "no"}:
        return value == wanted and fact.note == words  # the entry of the record that the mail is about
    return value == wanted


def _numbers(text: str, case: Case) -> list[str]:
    """The numbers in a few words; of two quantities in words of different languages only these can be compared."""
    if found := _NUMBER.findall(_GROUPED.sub("", text)):
        return found
    counted = read("count", text, case.language, case.mail.sent)
    return [str(counted.number)] if isinstance(counted, Count) else []


def _share(hits: Iterable[bool]) -> Share:
    seen = list(hits)
    return Share(sum(seen), len(seen))
