"""What is kept for nothing: settings nobody uses, rules past their day, sums in foreign money, sleeping records."""

from collections.abc import Iterator

from pipeline.policy.cells import nearest
from pipeline.policy.lint.findings import Finding, Places
from pipeline.policy.lint.ground import Ground
from pipeline.policy.lint.sleeping import asleep, unread
from pipeline.policy.terms import slots
from pipeline.types.policy import Policy
from pipeline.types.quantities import Money

_OF_CODE = frozenset({
    "lead_time", "quote_time", "included_rounds", "late_after", "stale_after", "agreement_update_after", "remind_after",
    "last_round",
})  # fmt: skip


def idle(ground: Ground, places: Places) -> Iterator[Finding]:
    """One finding for each cause."""
    yield from _settings(ground.policy, places)
    yield from _ended(ground, places)
    yield from _foreign(ground, places)
    yield from asleep(ground, places)
    yield from unread(ground, places)


def _settings(policy: Policy, places: Places) -> Iterator[Finding]:
    for name in policy.settings:
        if name not in _used(policy):
            hint = nearest(name, sorted(_OF_CODE - policy.settings.keys()))
            says = f"no rule, offer or text uses the setting '{name}'{hint}"
            yield places.warning(
                "unused_setting", places.setting(name), says, "Use it by its name in a cell, or delete it."
            )


def _used(policy: Policy) -> set[str]:
    """Every name that stands where a setting may."""
    cells = [c for rule in policy.rules for c in rule.conditions]
    cells += [c for alternative in policy.alternatives for c in alternative.when]
    cells += [c for box in policy.impossible for c in box]
    names = {c.setting for c in cells} | {word.strip() for c in cells for word in c.words.split(",")}
    names |= {line.setting for alternative in policy.alternatives for line in alternative.instead}
    texts = [text for rule in policy.rules for text in (rule.public, rule.upfront) if text] + [
        a.offer for a in policy.alternatives
    ]
    names |= {name for text in texts for name in slots(text)}
    names |= {word for rule in policy.rules for word in policy.settings if f"{{{word}}}" in rule.private}
    return names | _OF_CODE


def _ended(ground: Ground, places: Places) -> Iterator[Finding]:
    for rule in ground.policy.rules:
        if rule.until and rule.until < ground.day:
            says = f"'{rule.id}' ended on {rule.until} and never fires again"
            yield places.warning("ended", places.rule(rule.id, "until"), says, "Delete it, or give it a later day.")


def _foreign(ground: Ground, places: Places) -> Iterator[Finding]:
    """A price of ours held against a sum in another currency: such a cell can never be read."""
    ours = ground.business.profile.currency
    for rule in ground.policy.rules:
        for cell in rule.conditions:
            sums = [v for v in cell.values if isinstance(v, Money) and v.currency not in {None, ours}]
            if sums and cell.fact in {"list_price", "price"}:
                theirs = f"{sums[0].amount} {sums[0].currency}"
                says = f"'{rule.id}' holds '{cell.fact}', which is in {ours}, against {theirs}"
                do = f"Write the sum in {ours}, or mend 'currency' in profile.yaml; until then a person decides."
                yield places.warning("other_currency", places.rule(rule.id), says, do)
