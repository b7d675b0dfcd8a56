"""Alternatives that can never be offered, and those that the policy itself would refuse."""

from collections.abc import Iterator

from pipeline.policy.lint.candidates import Weighed
from pipeline.policy.lint.findings import Finding, Places, several
from pipeline.policy.lint.ground import Ground
from pipeline.policy.lint.solve import apart, outside
from pipeline.types.policy import Rule


def unoffered(ground: Ground, offers: tuple[Weighed, ...], places: Places) -> Iterator[Finding]:
    """One finding for each alternative that is never offered or may be refused."""
    for each in offers:
        one, at = each.alternative, places.offer(each.alternative.id)
        leads = _leads(each, ground)
        if possible(each, ground):
            yield from _doubtful(each, leads, ground, places)
        elif possible(each._replace(refused=()), ground):
            rules = several(_refusing(each, ground))
            says = f"'{one.id}' is an offer that the policy refuses: whoever takes it meets {rules} again"
            yield places.error("refused_offer", at, says, "Offer what those rules allow, or change their cells.")
        else:
            yield places.warning(
                "never_offered", at, f"'{one.id}' can never be offered: {_why(each, leads, ground)}", _MEND
            )


_MEND = "Mend its 'for', 'not_for' and 'when', or delete it."


def _leads(each: Weighed, ground: Ground) -> list[Rule]:
    one = each.alternative
    return [r for r in ground.rules if r.decide in one.on and (not one.for_ or r.id in one.for_) and ground.leads(r)]


def _refusing(each: Weighed, ground: Ground) -> tuple[str, ...]:
    """The rules without which it could be offered; all that refuse it, where it takes several."""
    rules = tuple(dict.fromkeys(refusal.rule for refusal in each.refused if refusal.sure))
    without = ((rule, tuple(r for r in each.refused if r.rule != rule)) for rule in rules)
    return tuple(rule for rule, rest in without if possible(each._replace(refused=rest), ground)) or rules


def possible(each: Weighed, ground: Ground) -> bool:
    """Whether any mail is offered this alternative."""
    barred = [box for name in each.alternative.not_for for box in ground.fires.get(name, ())]
    gone = [*each.surely, *barred, *(r.box for r in each.refused if r.sure)]
    if any(not box for box in gone):
        return False
    starts = ((box, [*ground.holes[rule.id], *gone]) for rule in _leads(each, ground) for box in ground.fires[rule.id])
    return any(outside(box, holes, ground.space.full) is not None for box, holes in starts)


def _why(each: Weighed, leads: list[Rule], ground: Ground) -> str:
    one = each.alternative
    asleep = {rule.id for rule in ground.policy.rules} - ground.fires.keys()
    if any(not box for box in each.surely):
        return "it names a value that profile.yaml doesn't give (partners, booked_until)"
    if one.for_ and asleep.issuperset(one.for_):
        return f"what it answers is not in force: {several(one.for_)}"
    if not leads:
        return f"no rule that it answers is ever the reason to {' or '.join(one.on)}"
    return "where its 'when' holds, a rule of its 'not_for' always fires, or the cells contradict"


def _doubtful(each: Weighed, leads: list[Rule], ground: Ground, places: Places) -> Iterator[Finding]:
    """Rules that, by the numbers of the file alone, may refuse it."""
    boxes = [box for rule in leads for box in ground.fires[rule.id]]
    doubts = [r for r in each.refused if r.told and not r.sure and not all(apart(box, r.box) for box in boxes)]
    if doubts:
        rules = several(dict.fromkeys(refusal.rule for refusal in doubts))
        says = f"'{each.alternative.id}' may be refused by {rules}: what it sets can lie on their wrong side"
        do = "It is then left out of the reply. Compare the numbers of the offer with those of the rules."
        yield places.warning("refused_offer", places.offer(each.alternative.id), says, do)
