"""The stance: a no that nobody can miss, not taken back, without grovelling, admission or blame.

Codes: ``stance.no_clear_no``, ``.buried_no``, ``.soft_accept``, ``.false_hope``, ``.apology``, ``.admission``,
``.blame``, ``.lecture``, ``.curt``, ``.decides`` (an ``ask`` that answers already) and ``.unchecked_language``. What
this leaves out: a no or a promise in words that no lexicon (``phrases/``) holds; the marks and the reviewer are for
those.
"""

from collections.abc import Iterator

from pipeline.guard.lexicon import Hit, Lexicon, anywhere, folded, languages
from pipeline.guard.reading import Line, Reading
from pipeline.types.decision import Action
from pipeline.types.verdict import Finding

_EARLY = 5  # the no stands in one of the first five sentences
_CURT = 3  # words of an answer such as "Deal!"; no honest sentence is so short
_PHRASES = {
    "soft_accept": "'{words}' takes the no back: say plainly what you do and don't do.",
    "false_hope": "'{words}' leaves the no open: don't hint at a later yes.",
    "admission": "'{words}' admits fault or liability: state what happened without it.",
    "blame": "'{words}' judges the client: say what they did or decided, with its date, and nothing about them.",
    "lecture": "'{words}' lectures the client: say only what this means for their aim.",
}


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings."""
    if reading.permit.language not in languages():
        yield reading.finding(
            "stance.unchecked_language",
            f"No phrases are known for {reading.permit.language!r}: a person must read whether the no is clear.",
        )
    elif reading.decision.action is Action.ASK:
        yield from _decides(reading)
    elif reading.decision.action is not Action.CONFIRM:
        yield from _clear_no(reading)
    yield from _forbidden(reading)
    yield from _curt(reading)
    yield from _apologies(reading)


def refuses(line: Line, words: Lexicon) -> bool:
    """Whether the sentence holds an unmistakable refusal in the model's own words."""
    own = line.own
    for hit in words.find("no_refusal", own):
        own = own[: hit.start] + "_" * (hit.end - hit.start) + own[hit.end :]
    return words.has("refusal", own) or any(words.brackets(folded(own).text))


def _clear_no(reading: Reading) -> Iterator[Finding]:
    about = (line for line in reading.lines if line.backing[0] in {"rule", "ask"})
    first = next((line for line in about if refuses(line, reading.lexicon)), None)
    where = "in one of the first five sentences, backed by 'rule:…' or 'ask:…'."
    if first is None:
        yield reading.finding("stance.no_clear_no", f"Say the no plainly ('we can't …') {where}")
    elif first.number >= _EARLY:
        yield reading.within(first, "stance.buried_no", f"The no comes late: say it {where}")


def _decides(reading: Reading) -> Iterator[Finding]:
    """An ask may neither refuse nor accept; 'we can't say before …' does neither."""
    words = reading.lexicon
    flat = anywhere("flat_no", reading.own.plain)
    for line in reading.lines:
        refused = () if not flat or words.has("not_yet", line.own) else words.find("flat_no", line.own)
        for hit in (*reading.said("acceptance", line), *reading.said("wish_met", line), *refused):
            yield reading.on(line, hit, "stance.decides", "'{words}' already answers: only ask what is missing.")


def _forbidden(reading: Reading) -> Iterator[Finding]:
    for group, message in _PHRASES.items():
        for line, hit in reading.told(group):
            yield reading.on(line, hit, f"stance.{group}", message)
    if reading.decision.action is Action.ASK:
        return
    taken = {"accepted", "offer"} if reading.decision.action is Action.CONFIRM else set()
    for group, may in (("acceptance", {"offer", "kept"} | taken), ("wish_met", {"kept"} | taken)):
        for line, hit in reading.told(group):
            if line.backing[0] not in may:
                yield reading.on(line, hit, "stance.soft_accept", _PHRASES["soft_accept"])


def _curt(reading: Reading) -> Iterator[Finding]:
    """A sentence of a few words that refuses nothing: "Agreed." in any language."""
    for line in reading.lines:
        short = len(line.sentence.template.split()) <= _CURT and not any(s.name.endswith("quote") for s in line.slots)
        if short and line.own.strip()[-1:] not in {"?", ":"} and not reading.lexicon.has("negation", line.own):
            yield reading.within(line, "stance.curt", "So short an answer may read as a yes: write a whole sentence.")


def _apologies(reading: Reading) -> Iterator[Finding]:
    """The second apology and every later one; feeling for what happened to them is none."""
    words = reading.lexicon
    found: list[tuple[Line, Hit]] = []
    for line in reading.lines if anywhere("apology", reading.own.plain) else ():
        kind = {hit.start for hit in words.find("sympathy", line.own)}
        found += ((line, hit) for hit in words.find("apology", line.own) if hit.start not in kind)
    for line, hit in found[1:]:
        yield reading.on(line, hit, "stance.apology", "Apologise at most once: leave out '{words}'.")
