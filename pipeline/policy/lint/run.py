"""The whole lint: a business, the places of its policy file and a day in; findings out, the worst first.

Rules that are only in force on some days are looked at on every day on which others are in force than before.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from pipeline.policy.lint import candidates, kinds, offered, reach, speech, unheld, unused
from pipeline.policy.lint.findings import Finding, Level, Places
from pipeline.policy.lint.ground import Ground, eras
from pipeline.policy.lint.refusals import constants
from pipeline.policy.vocabulary import dormant
from pipeline.types.business import Business
from pipeline.types.policy import Rule
from pipeline.yamltree import Node


def lint(business: Business, tree: Node, today: date) -> tuple[Finding, ...]:
    """All findings about a policy that loads. ``tree`` is that of its file."""
    places, days = Places(tree), list(grounds(business, today))
    found: list[Finding] = []
    for ground in days:
        offers = candidates.weighed(ground)
        found += reach.unreachable(ground, places)
        found += kinds.short_of_kinds(ground, offers, places)
        found += speech.speech(ground, places)
    found = [
        *_once(found),  # of several days
        *_never_leading(days, places),
        *_never_offered(days, places),
        *unheld.unheld(days[0], places),
        *unused.idle(days[0], places),
    ]
    return tuple(sorted(found, key=lambda f: (list(Level).index(f.level), f.file, f.line, f.column)))


def grounds(business: Business, today: date) -> Iterator[Ground]:
    """What there is to look at: today, and each later day on which other rules are in force than before."""
    asleep = dormant(business)
    more = constants(business.policy.alternatives, business.policy.settings)
    for day, ids in eras(business.policy, today):
        rules = tuple(r for r in business.policy.rules if r.id in ids and not _sleeps(r, asleep))
        yield Ground.over(business, rules, day, more, asleep)


def _sleeps(rule: Rule, asleep: frozenset[str]) -> bool:
    return any(cell.fact in asleep for cell in rule.conditions)


def _never_leading(grounds_: list[Ground], places: Places) -> Iterator[Finding]:
    """Rules that decide nothing on any day on which they are in force."""
    seen = [(ground, reach.never_leading(ground)) for ground in grounds_]
    for rule in grounds_[0].policy.rules:
        days = [(ground, found) for ground, found in seen if rule in ground.rules]
        if days and all(rule.id in found for _, found in days):
            ground, found = days[0]
            yield reach.covered(rule, found[rule.id], ground, places)


def _never_offered(grounds_: list[Ground], places: Places) -> Iterator[Finding]:
    """Alternatives that are offered on no day."""
    every = [list(offered.unoffered(ground, candidates.weighed(ground), places)) for ground in grounds_]
    for finding in every[0]:
        if all(any(_like(finding, other) for other in found) for found in every):
            yield finding


def _like(one: Finding, other: Finding) -> bool:
    return (one.code, one.line) == (other.code, other.line)


def _once(found: Iterable[Finding]) -> Iterable[Finding]:
    """The first of those that say the same of the same place."""
    first: dict[tuple[str, int, int], Finding] = {}
    for finding in found:
        first.setdefault((finding.code, finding.line, finding.column), finding)
    return first.values()
