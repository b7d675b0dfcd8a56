"""What came up again: the same kind of ask after a no, and what should stand in the next agreement because of it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pipeline.policy.learn.report import Count, Repeat, Straight
from pipeline.policy.learn.rows import Row
from pipeline.policy.upfront import fillable
from pipeline.types.business import Business
from pipeline.types.decision import Action
from pipeline.types.policy import Rule
from pipeline.types.records import Client

_TWICE = 2


def repeats(asked: Sequence[Row]) -> tuple[Repeat, ...]:
    """Clients who asked for the same kind of thing again, in a later mail than the one that got the no."""
    by_who: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in asked:
        by_who[row.client, row.kind].append(row)
    found = [each for rows in by_who.values() for each in _again(rows)]
    return tuple(sorted(found, key=lambda each: (-each.times, each.client, each.kind)))


def _again(rows: list[Row]) -> Iterator[Repeat]:
    """``rows`` in the order of their days."""
    first = next((row for row in rows if row.refused), None)
    if first is None:
        return
    later = {row.mail: row.on for row in rows[rows.index(first) + 1 :] if row.mail != first.mail}
    if later:
        last = max(later.values())
        yield Repeat(client=first.name, kind=first.kind, refused_on=first.on, times=len(later), last=last)


def untold(asked: Sequence[Row], business: Business) -> tuple[Count, ...]:
    """Rules that led two noes or more and that no client is told of upfront, though they could be."""
    led = Counter(row.ask.lead for row in asked if row.refused)
    rules = (rule for rule in business.policy.rules if rule.decide is Action.DECLINE and not rule.tell_upfront)
    found = [Count(name=r.id, number=led[r.id]) for r in rules if led[r.id] >= _TWICE and _tellable(r, business)]
    return tuple(sorted(found, key=lambda count: -count.number))


def _tellable(rule: Rule, business: Business) -> bool:
    """Whether its text says nothing that only a mail settles."""
    texts = rule.public.by_language.values() if rule.public else ()
    return any(fillable(text, business.policy.settings) for text in texts)


def straight(asked: Sequence[Row], business: Business) -> tuple[Straight, ...]:
    """For each client on record, in the order of the file, what the next agreement should say."""
    again = repeats(asked)
    found = ((client, tuple(_points(client, asked, again, business))) for client in business.clients)
    return tuple(Straight(client=client.name, points=points) for client, points in found if points)


def _points(client: Client, asked: Sequence[Row], again: Sequence[Repeat], business: Business) -> Iterator[str]:
    led = Counter(row.ask.lead for row in asked if row.refused and row.client == client.id)
    for rule in business.policy.rules:
        times = led[rule.id]
        if times >= _TWICE and rule.decide is Action.DECLINE:
            known = "they are told upfront; talk about it" if rule.tell_upfront else "they are not told upfront"
            yield f"{rule.id}: {times} noes; {known}"
    for each in again:
        if each.client == client.name:
            times_again = "once" if each.times == 1 else f"{each.times} times"
            yield f"{each.kind.replace('_', ' ')}: asked for again {times_again} after the no of {each.refused_on}"
    agreement = client.agreement
    changes = sum(1 for day in agreement.changes if agreement.updated is None or day > agreement.updated)
    if changes:
        yield f"scope: changed {'once' if changes == 1 else f'{changes} times'} since the agreement was last updated"
