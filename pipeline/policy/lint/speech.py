"""What clients would read or be asked: texts missing in a language, values that may be missing, missing questions."""

from collections.abc import Iterator

from pipeline.policy.facts import BY_NAME
from pipeline.policy.lint.findings import Finding, Places, several
from pipeline.policy.lint.ground import Ground, slots
from pipeline.policy.lint.solve import apart, both, outside
from pipeline.policy.lint.words import among
from pipeline.types.decision import Action, Text
from pipeline.types.policy import Condition, Policy, Rule
from pipeline.yamltree import Node


def speech(ground: Ground, places: Places) -> Iterator[Finding]:
    """One finding for each cause."""
    yield from _languages(ground, places)
    for rule in ground.rules:
        yield from _untold(rule, ground, places)
        yield from _unasked(rule, ground, places)
    yield from _thresholds(ground.policy, places)


def _languages(ground: Ground, places: Places) -> Iterator[Finding]:
    """Texts that are missing in a language in which others are written, or in which clients are greeted."""
    texts, greeted = list(_texts(ground.policy, places)), set(ground.business.profile.voice.greeting.by_language)
    written = {language for _, text, _ in texts for language in text.by_language}
    for language in sorted(written | greeted):
        missing = [(name, at) for name, text, at in texts if language not in text.by_language]
        do = (
            f"Add them to texts/{language}.yaml; until then a model translates, and offline such mail goes to a person."
        )
        if missing and len(missing) == len(texts):
            says = f"clients are greeted in '{language}', but no text is written in it"
            yield places.note("no_language", places.tree, says, do)
        elif missing:
            says = f"no text in '{language}' for {among(tuple(name for name, _ in missing))}"
            yield places.warning("missing_text", missing[0][1], says, do)
    for language in sorted(written - greeted):
        says = f"texts are written in '{language}', but profile.yaml has no greeting in it"
        yield places.warning("no_greeting", places.tree, says, f"Add '{language}' to voice: greeting and signoff.")


def _texts(policy: Policy, places: Places) -> Iterator[tuple[str, Text, Node]]:
    for rule in policy.rules:
        if rule.public:
            yield rule.id, rule.public, places.rule(rule.id, "public")
    for alternative in policy.alternatives:
        yield alternative.id, alternative.offer, places.offer(alternative.id, "offer")


def _untold(rule: Rule, ground: Ground, places: Places) -> Iterator[Finding]:
    """A reason that can't be told where a value of its text is missing."""
    if rule.public is None or rule.decide not in {Action.DECLINE, Action.END}:
        return
    missing = [name for name, cells in ground.unsaid(rule.public).items() if _meets(rule, name, cells, ground)]
    if "booked_until" in slots(rule.public) and ground.business.profile.booked_until is None:
        missing.append("booked_until")
    if "partner" in slots(rule.public):
        missing.append("partner")
    if missing:
        says = f"the text of '{rule.id}' states {several(missing)}, which can be missing when the rule fires"
        do = "The mail then goes to a person. Leave the value out of the text, or ask for it in 'when'."
        yield places.warning("missing_value", places.rule(rule.id, "public"), says, do)


def _meets(rule: Rule, name: str, cells: int, ground: Ground) -> bool:
    holes, full = ground.holes[rule.id], ground.space.full
    starts = (both(box, {name: cells}) for box in ground.fires[rule.id] if cells and not apart(box, {name: cells}))
    return any(start and outside(start, holes, full) is not None for start in starts)


def _unasked(rule: Rule, ground: Ground, places: Places) -> Iterator[Finding]:
    """A rule that asks, and could fire where nothing that it reads has a question."""
    if rule.decide is not Action.ASK:
        return
    for box in rule.any_ or ((),):
        cells: tuple[Condition, ...] = (*rule.when, *box)
        asked = {BY_NAME[cell.fact].question for cell in cells}
        if not asked & ground.policy.questions.keys():
            facts = several(dict.fromkeys(cell.fact for cell in cells))
            says = f"'{rule.id}' asks the client, but there is no question about {facts}"
            known = several(sorted(name for name, spec in BY_NAME.items() if spec.question))
            do = f"Such mail goes to a person: write 'decide: escalate', or read one of {known}."
            yield places.warning("no_question", places.rule(rule.id), says, do)
            return


def _thresholds(policy: Policy, places: Places) -> Iterator[Finding]:
    """A limit on a private fact, told to clients in a text."""
    cells = [c for rule in policy.rules for c in rule.conditions] + [c for a in policy.alternatives for c in a.when]
    limits = {c.setting: c.fact for c in cells if c.setting and BY_NAME[c.fact].private}
    for name, text, at in _texts(policy, places):
        for setting in slots(text):
            if setting in limits:
                limit = f"your limit for '{limits[setting]}', which is private"
                says = f"the text of '{name}' tells clients {{{setting}}}, {limit}"
                yield places.warning(
                    "private_limit", at, says, "Leave it out of the text, or use a setting of its own."
                )
