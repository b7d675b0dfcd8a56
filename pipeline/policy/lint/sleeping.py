"""Rules without the record that they read, and records that no rule reads."""

from collections.abc import Iterator

from pipeline.policy.catalogue.spec import Need
from pipeline.policy.facts import BY_NAME, CATALOGUE
from pipeline.policy.lint.candidates import stated
from pipeline.policy.lint.findings import Finding, Places, several
from pipeline.policy.lint.ground import Ground
from pipeline.policy.vocabulary import dormant, kept

_TELLS = {Need.INVOICES: ["overdue_days", "invoice_overdue"], Need.EXCLUDED: ["scope"]}
"""Records that tell facts which do not need them."""


def asleep(ground: Ground, places: Places) -> Iterator[Finding]:
    """Rules that sleep, one finding for each record that would wake them."""
    sleeping = dormant(ground.business)
    missing: dict[Need, list[str]] = {}
    for rule in ground.policy.rules:
        unfilled = [BY_NAME[c.fact] for c in rule.conditions if c.fact in sleeping]
        for need in dict.fromkeys(n for spec in unfilled for n in spec.needs if n not in kept(ground.business)):
            missing.setdefault(need, []).append(rule.id)
    for need, rules in missing.items():
        sleeps = "sleeps" if len(rules) == 1 else "sleep"
        says = f"{several(rules)} {sleeps}: {need.value} {need.verb} not on record"
        do = f"Keep it in {need.file}, or delete the rule."
        yield places.note("dormant", places.rule(rules[0]), says, do)


def unread(ground: Ground, places: Places) -> Iterator[Finding]:
    """Records that are kept although nothing reads a fact that needs them, all in one finding."""
    policy = ground.policy
    read = {c.fact for rule in policy.rules for c in rule.conditions} | stated(ground)
    read |= {c.fact for alternative in policy.alternatives for c in alternative.when}
    found: list[str] = []
    for need in sorted(kept(ground.business) - {Need.JUDGED}):
        facts = [s.name for s in CATALOGUE if need in s.needs and s.level not in {"ask", "mail"}]
        facts = facts or [spec.name for spec in CATALOGUE if need in spec.needs]
        facts = _TELLS.get(need, facts)
        every = [spec.name for spec in CATALOGUE if need in spec.needs]
        if facts and not read & {*facts, *every}:
            found.append(f"{need.value} ({', '.join(facts)})")
    if found:
        says = f"on record, but no rule or offer reads what {'it tells' if len(found) == 1 else 'they tell'}: "
        do = "A rule could decide by the facts in brackets. 'candor policy facts' says what each means."
        yield places.note("unread", places.tree, says + "; ".join(found), do)
