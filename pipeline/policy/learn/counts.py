"""The plain counts: by rule, category, client and month; what is silent, unknown, offered, and left to a person."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pipeline.policy.facts import BY_NAME
from pipeline.policy.learn.report import Count, Month, RuleLine, Silent, Unknown
from pipeline.policy.learn.rows import Row
from pipeline.policy.vocabulary import dormant
from pipeline.types.answered import Answered
from pipeline.types.business import Business
from pipeline.types.decision import Action
from pipeline.types.policy import Policy, Rule
from pipeline.types.request import State

_NAMELESS = "(no category)"


def by_rule(asked: Sequence[Row], policy: Policy) -> tuple[RuleLine, ...]:
    """Every rule that fired, most noes first. A rule that the policy no longer has keeps its name."""
    known = {rule.id: rule for rule in policy.rules}
    led = Counter(row.ask.lead for row in asked if row.refused)
    fired = Counter(rule for row in asked for rule in row.ask.fired)
    clients = {rule: len({row.client for row in asked if rule in row.ask.fired}) for rule in fired}
    lines = (_line(rule, known.get(rule), led[rule], fired[rule], clients[rule]) for rule in fired)
    return tuple(sorted(lines, key=lambda line: (-line.led, -line.fired, line.rule)))


def _line(name: str, rule: Rule | None, led: int, fired: int, clients: int) -> RuleLine:
    category = rule.category if rule else "no longer in the policy"
    upfront = bool(rule and rule.tell_upfront)
    return RuleLine(rule=name, category=category, led=led, fired=fired, clients=clients, upfront=upfront)


def by_category(lines: Iterable[RuleLine]) -> tuple[Count, ...]:
    """Noes by the category of the rule that led them."""
    found: Counter[str] = Counter()
    for line in lines:
        found[line.category or _NAMELESS] += line.led
    return most(found)


def by_client(asked: Iterable[Row]) -> tuple[Count, ...]:
    """Noes by client; strangers by their address."""
    refused = [row for row in asked if row.refused]
    strangers = {row.name for row in refused if not row.known}
    counts = most(Counter(row.name for row in refused))
    return tuple(c.model_copy(update={"note": "not in clients.yaml"}) if c.name in strangers else c for c in counts)


def by_month(asked: Sequence[Row]) -> tuple[Month, ...]:
    """Every month from the first ask to the last, those without any included."""
    if not asked:
        return ()
    days = [row.on for row in asked]
    months = _months(min(days), max(days))
    mails = Counter(month for month, _ in {(_month(row.on), row.mail) for row in asked})
    asks, noes = Counter(map(_month, days)), Counter(_month(row.on) for row in asked if row.refused)
    return tuple(Month(month=m, mails=mails[m], asks=asks[m], noes=noes[m]) for m in months)


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _months(first: date, last: date) -> list[str]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in numbers]


def silent(asked: Iterable[Row], business: Business, today: date) -> tuple[Silent, ...]:
    """The rules of today's policy that fired in no ask, in file order; those that could not have say why."""
    fired = {rule for row in asked for rule in row.ask.fired}
    asleep = dormant(business)
    rules = (rule for rule in business.policy.rules if rule.id not in fired)
    return tuple(Silent(rule=rule.id, decide=rule.decide, why=_why(rule, asleep, today)) for rule in rules)


def unread(past: Iterable[Answered]) -> int:
    """Mails that were not understood, or failed before a rule was asked; not those passed over for their form."""
    return sum(1 for each in past if each.action is not Action.SKIP and not (each.decision and each.decision.asks))


def _why(rule: Rule, asleep: frozenset[str], today: date) -> str:
    missing = sorted({cell.fact for cell in rule.conditions if cell.fact in asleep})
    if missing:
        return f"cannot hold yet: no record of yours tells {', or '.join(BY_NAME[name].meaning for name in missing)}"
    if rule.from_ and rule.from_ > today:
        return f"begins on {rule.from_.isoformat()}"
    return f"ended on {rule.until.isoformat()}" if rule.until and rule.until < today else ""


def unknown(asked: Sequence[Row], policy: Policy) -> tuple[Unknown, ...]:
    """Facts that could not be read, and how often a rule that reads them stayed undecided for it."""
    reads = {rule.id: {cell.fact for cell in rule.conditions} for rule in policy.rules}
    number: Counter[str] = Counter()
    mattered: Counter[str] = Counter()
    for row in asked:
        unread = {name for name, fact in row.facts.items() if fact.state is State.UNKNOWN}
        number.update(unread)
        mattered.update(unread & {fact for rule in row.ask.unknown for fact in reads.get(rule, ())})
    return tuple(Unknown(fact=count.name, number=count.number, mattered=mattered[count.name]) for count in most(number))


def offered(past: Iterable[Answered], policy: Policy) -> tuple[tuple[Count, ...], int, tuple[str, ...]]:
    """Offers made in drafts by kind, the number of those drafts, and alternatives that no draft made use of."""
    kinds: Mapping[str, str] = {offer.id: offer.kind for offer in policy.alternatives}
    made = [each.draft.offers for each in past if each.draft and each.draft.offers]
    used = Counter(offer for offers in made for offer in offers)
    by_kind: Counter[str] = Counter()
    for offer, times in used.items():
        by_kind[kinds.get(offer, offer)] += times
    return most(by_kind), len(made), tuple(offer for offer in kinds if offer not in used)


def escalated(past: Iterable[Answered]) -> tuple[Count, ...]:
    """Mails that were left to a person, by the rule that called for it or by what could not be decided."""
    return most(Counter(each.code for each in past if each.action is Action.ESCALATE))


def most(found: Mapping[str, int]) -> tuple[Count, ...]:
    """The counts, the highest first, then by name; nothing that never was."""
    order = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Count(name=name, number=number) for name, number in order if number)
