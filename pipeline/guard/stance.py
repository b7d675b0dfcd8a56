"""The stance: a no that nobody can miss, not taken back, without grovelling, admission or blame.

Codes: ``stance.no_clear_no``, ``.soft_accept``, ``.false_hope``, ``.apology``, ``.admission``, ``.blame``, ``.lecture``,
``.decides`` (an ``ask`` that already answers) and ``.unchecked_language``. Phrases are data (``phrases/``). What this
leaves out: a no or a promise in words that no lexicon holds; the marks and the reviewer are for those.
"""

from collections.abc import Iterator

from pipeline.guard.lexicon import Hit, Lexicon, languages, lexicon
from pipeline.guard.reading import Line, Reading
from pipeline.types.decision import Action
from pipeline.types.verdict import Finding, Severity

_EARLY = 5  # the no stands in one of the first five sentences
_PHRASES = {
    "soft_accept": "'{words}' takes the no back: say plainly what you do and don't do.",
    "false_hope": "'{words}' leaves the no open: don't hint at a later yes.",
    "admission": "'{words}' admits fault or liability: state what happened without it.",
    "blame": "'{words}' judges the client: say what they did or decided, with its date, and nothing about them.",
}


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings."""
    if reading.permit.language not in languages():
        yield reading.finding(
            "stance.unchecked_language",
            f"No phrases are known for {reading.permit.language!r}: a person must read whether the no is clear.",
            severity=Severity.MARK,
        )
    elif reading.decision.action is Action.ASK:
        yield from _decides(reading)
    else:
        yield from _clear_no(reading)
    yield from _forbidden(reading)
    yield from _apologies(reading)
    yield from _lectures(reading)


def refuses(line: Line, words: Lexicon) -> bool:
    """Whether the sentence holds an unmistakable refusal in the model's own words."""
    own = line.own
    for hit in words.find("no_refusal", own):
        own = own[: hit.start] + "_" * (hit.end - hit.start) + own[hit.end :]
    return words.has("refusal", own)


def _clear_no(reading: Reading) -> Iterator[Finding]:
    early = reading.lines[:_EARLY]
    if not any(line.backing[0] in {"rule", "ask"} and refuses(line, reading.lexicon) for line in early):
        yield reading.finding(
            "stance.no_clear_no",
            "Say the no plainly (such as 'we can't …') within the first five sentences, in one backed by 'rule:…' or 'ask:…'.",
        )


def _decides(reading: Reading) -> Iterator[Finding]:
    """An ask may neither refuse nor accept; 'we can't say before …' does neither."""
    words = reading.lexicon
    for line in reading.lines:
        hits = list(words.affirmed("acceptance", line.own))
        if not words.has("not_yet", line.own):
            hits += words.find("flat_no", line.own)
        for hit in hits:
            yield _on(reading, line, hit, "stance.decides", "'{words}' already answers: only ask what is missing.")


def _forbidden(reading: Reading) -> Iterator[Finding]:
    """In every language that is known, so that a switch of language hides nothing."""
    for line in reading.lines:
        for code in languages():
            for group, message in _PHRASES.items():
                for hit in lexicon(code).affirmed(group, line.own):
                    yield _on(reading, line, hit, f"stance.{group}", message)


def _apologies(reading: Reading) -> Iterator[Finding]:
    """The second apology and every later one; feeling for what happened to them is none."""
    words = reading.lexicon
    found: list[tuple[Line, Hit]] = []
    for line in reading.lines:
        kind = {hit.start for hit in words.find("sympathy", line.own)}
        found += ((line, hit) for hit in words.find("apology", line.own) if hit.start not in kind)
    for line, hit in found[1:]:
        yield _on(reading, line, hit, "stance.apology", "Apologise at most once: leave out '{words}'.")


def _lectures(reading: Reading) -> Iterator[Finding]:
    for line in reading.lines:
        for hit in reading.lexicon.affirmed("lecture", line.own):
            message = "'{words}' lectures the client: say only what this means for their aim."
            yield _on(reading, line, hit, "stance.lecture", message, Severity.MARK)


def _on(
    reading: Reading, line: Line, hit: Hit, code: str, message: str, severity: Severity = Severity.BLOCK
) -> Finding:
    return reading.within(line, code, message.format(words=hit.words[:60]), (hit.start, hit.end), severity=severity)
