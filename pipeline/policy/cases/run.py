"""One row, decided by the policy as a mail would be, and held against what the row expects.

Mail facts go through every derivation, with the client's records; what a row states of records or derived facts goes
before them. What this leaves out: mail that is stale. A row's mail is always of its own day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.policy.cases.table import Expected, Row
from pipeline.policy.decide import decide_on
from pipeline.policy.derive.ground import Day0, Facts, Ground
from pipeline.policy.resolve import Resolved, resolved
from pipeline.types.business import Business
from pipeline.types.decision import AskDecision, Decision, RuleTrace
from pipeline.types.request import Ask, Fact, Quote, Request

_NOWHERE = Quote(part="body", start=0, end=0, text="")


class Miss(NamedTuple):
    """One expectation that did not come true; ``rules`` are those that it turned on."""

    expected: str
    got: str
    rules: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """What came of a row."""

    row: Row
    decision: Decision
    misses: tuple[Miss, ...]

    def traces(self) -> Iterator[RuleTrace]:
        """How the rules read that a miss turned on, ask by ask."""
        wanted = {rule for miss in self.misses for rule in miss.rules}
        for ask in self.decision.asks:
            yield from (t for t in ask.trace if t.rule in wanted)


@dataclass(frozen=True)
class Kept(Resolved):
    """Facts that remember what each ask would become with an offer, so that another policy is tried quickly."""

    memory: dict[tuple[int, tuple[Fact, ...]], Facts] = field(default_factory=dict)

    def if_asked(self, number: int, instead: Facts) -> Facts:
        """The same; computed once."""
        key = (number, tuple(instead.values()))
        if key not in self.memory:
            self.memory[key] = super().if_asked(number, instead)
        return self.memory[key]


def run(row: Row, business: Business) -> Outcome:
    """Decide a row and look at it."""
    decision = decided(row, facts_of(row, business), told=True)
    return Outcome(row, decision, tuple(misses(row, decision)))


def facts_of(row: Row, business: Business) -> Kept:
    """Every fact of every ask of the row."""
    client = next((c for c in business.clients if c.id == row.client), None)
    asks = tuple(
        Ask(number=n, kind=ask.kind, quote=_NOWHERE, service=ask.service, facts=ask.mail)
        for n, ask in enumerate(row.asks, 1)
    )
    given = {n: _named(ask.given) for n, ask in enumerate(row.asks, 1)} | {0: _named(row.given)}
    ground = Ground(business, client, Day0.of(business, row.today))
    return Kept(**vars(resolved(Request(asks=asks, facts=row.mail), ground, given)))


def decided(row: Row, facts: Resolved, *, told: bool = False) -> Decision:
    """The decision on the facts of a row; ``told`` with every trace."""
    return decide_on(facts, row.today, told=told)


def misses(row: Row, decision: Decision) -> Iterator[Miss]:
    """What did not come as expected; nothing for a row that holds."""
    fired = tuple(dict.fromkeys(rule for ask in decision.asks for rule in ask.fired))
    wanted = row.expected
    yield from _seen(wanted, "", decision, fired)
    if wanted.ask is not None and {q.id for q in decision.questions} != set(wanted.ask):
        yield Miss(f"asks {_list(wanted.ask)}", _list(q.id for q in decision.questions), _asking(decision))
    kinds = len({offer.kind for offer in decision.offers})
    if kinds < wanted.kinds:
        yield Miss(f"{wanted.kinds} kinds of offers", f"{kinds}: {_list(o.id for o in decision.offers)}")
    if wanted.offers is not None and {o.id for o in decision.offers} != set(wanted.offers):
        yield Miss(f"offers {_list(wanted.offers)}", _list(o.id for o in decision.offers), fired)
    if wanted.doubts is not None and set(decision.doubts) != set(wanted.doubts):
        yield Miss(f"in doubt about {_list(wanted.doubts)}", _list(decision.doubts), (*wanted.doubts, *decision.doubts))
    for each, ask in zip(row.each, decision.asks, strict=False):
        yield from _seen(each, f"ask {ask.ask}: ", ask, ask.fired)


def _seen(wanted: Expected, where: str, got: Decision | AskDecision, fired: tuple[str, ...]) -> Iterator[Miss]:
    lead = got.code if isinstance(got, Decision) else got.lead
    off = wanted.action not in {None, got.action}
    if off or (wanted.lead and wanted.lead != lead):
        words = " by ".join(filter(None, (wanted.action.value if wanted.action else "", wanted.lead)))
        came = f"{got.action.value} by {lead}" if lead in fired else f"{got.action.value}: {lead}".removesuffix(": ")
        yield Miss(f"{where}{words}", came, (*filter(None, (wanted.lead,)), *fired))
    for rule in wanted.fired:
        if rule not in fired:
            yield Miss(f"{where}{rule} fires", "it does not", (rule,))
    for rule in wanted.quiet:
        if rule in fired:
            yield Miss(f"{where}{rule} does not fire", "it does", (rule,))


def _asking(decision: Decision) -> tuple[str, ...]:
    return tuple(rule for ask in decision.asks for rule in (*ask.fired, *ask.unknown))


def _named(facts: tuple[Fact, ...]) -> Facts:
    return {fact.name: fact for fact in facts}


def _list(words: Iterable[str]) -> str:
    return ", ".join(words) or "nothing"
