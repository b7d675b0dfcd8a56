"""What clients would read or be asked: texts missing in a language, values that may be missing, missing questions."""

from collections.abc import Iterator

from pipeline.policy.facts import BY_NAME
from pipeline.policy.lint.findings import Finding, Places, several
from pipeline.policy.lint.ground import Ground, slots
from pipeline.policy.lint.solve import apart, both, outside
from pipeline.policy.lint.words import among
from pipeline.types.decision import Action, Text
from pipeline.types.policy import Condition, Policy, Rule
from pipeline.types.request import State
from pipeline.yamltree import Node

_NAMED = 20  # texts of a language that a finding names


def speech(ground: Ground, places: Places) -> Iterator[Finding]:
    """One finding for each cause."""
    yield from _languages(ground, places)
    for rule in ground.rules:
        yield from _untold(rule, ground, places)
        yield from _unasked(rule, ground, places)
    yield from _untellable(ground.policy, places)
    yield from _thresholds(ground.policy, places)


def _languages(ground: Ground, places: Places) -> Iterator[Finding]:
    """Texts that are missing in a language in which others are written, or in which clients are greeted."""
    texts, greeted = list(_texts(ground.policy, places)), set(ground.business.profile.voice.greeting.by_language)
    written = {language for _, text, _ in texts for language in text.by_language}
    missing = {
        language: [(name, at) for name, text, at in texts if language not in text.by_language]
        for language in sorted(written | greeted)
    }
    none = [language for language, lacking in missing.items() if lacking and len(lacking) == len(texts)]
    some = {language: lacking for language, lacking in missing.items() if lacking and language not in none}
    if none:
        says = f"clients are greeted in {several(none)}, but no text is written in {'it' if len(none) == 1 else 'them'}"
        yield places.note("no_language", places.tree, says, _translate(none))
    if some:
        each = (f"in '{lang}' for {among(tuple(n for n, _ in lacking), _NAMED)}" for lang, lacking in some.items())
        at = min((at for lacking in some.values() for _, at in lacking), key=lambda node: (node.line, node.column))
        yield places.warning("missing_text", at, f"a text is missing {'; '.join(each)}", _translate(list(some)))
    if mute := sorted(written - greeted):
        them = "it" if len(mute) == 1 else "them"
        says = f"texts are written in {several(mute)}, but profile.yaml has no greeting in {them}"
        yield places.warning("no_greeting", places.tree, says, f"Add {several(mute)} to voice: greeting and signoff.")


def _translate(languages: list[str]) -> str:
    files = several(f"texts/{language}.yaml" for language in languages).replace("'", "")
    return f"Add them to {files}; until then a model translates, and offline such mail goes to a person."


def _texts(policy: Policy, places: Places) -> Iterator[tuple[str, Text, Node]]:
    for rule in policy.rules:
        if rule.public:
            yield rule.id, rule.public, places.rule(rule.id, "public")
        if rule.upfront:
            yield f"tell_upfront of {rule.id}", rule.upfront, places.rule(rule.id, "tell_upfront")
    for alternative in policy.alternatives:
        yield alternative.id, alternative.offer, places.offer(alternative.id, "offer")


def _untold(rule: Rule, ground: Ground, places: Places) -> Iterator[Finding]:
    """A reason that can't be told where a value of its text is missing."""
    if rule.public is None or rule.decide not in {Action.DECLINE, Action.END}:
        return
    missing = [name for name, cells in ground.unsaid(rule.public).items() if _meets(rule, name, cells, ground)]
    if "booked_until" in slots(rule.public) and ground.business.profile.booked_until is None:
        missing.append("booked_until")
    if "earliest_date" in slots(rule.public) and ground.space.states("ready_by", State.UNKNOWN):
        missing.append("earliest_date")
    if "partner" in slots(rule.public):
        missing.append("partner")
    if missing:
        says = f"the text of '{rule.id}' states {several(missing)}, which can be missing when the rule fires"
        do = "The mail then goes to a person. Leave the value out of the text, or ask for it in 'when'."
        yield places.warning("missing_value", places.rule(rule.id, "public"), says, do)


def _untellable(policy: Policy, places: Places) -> Iterator[Finding]:
    """What is to be told ahead and has no words that hold before a mail has come."""
    for rule in policy.rules:
        if not rule.tell_upfront or rule.upfront:
            continue
        values = [name for name in slots(rule.public) if name not in policy.settings] if rule.public else []
        says = f"'{rule.id}' is told upfront, and its text states {several(values)} of one mail" if values else ""
        if rule.public is None:
            says = f"'{rule.id}' is told upfront, and has no text that a client may read"
        if says:
            do = "The page 'how we work' leaves it out. Write words of its own in place of yes: tell_upfront: \"...\"."
            yield places.warning("untellable", places.rule(rule.id, "tell_upfront"), says, do)


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
