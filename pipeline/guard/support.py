"""Support: a sentence is about what backs it, and a courtesy states nothing and speaks to somebody.

Codes: ``backing.idle`` and the marks ``backing.courtesy``, ``backing.unsupported`` and ``backing.beyond``. Words are
compared by their beginnings with those of what backs the sentence, of the asks and of the mail. What this leaves out:
meaning; a sentence in the right words may still say something else, and one idle courtesy is no news (a letter in four
has one).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.guard.lexicon import folded, languages
from pipeline.guard.reading import Line, Reading
from pipeline.types.decision import Action
from pipeline.types.verdict import Finding

_LONG = re.compile(r"[^\W\d_]{5,}")
_STEM = 5  # letters by which words are compared
_TELLING = 5  # content words from which a sentence can be told to be about something else
_STOP = re.compile(r"(?<=[.!?])\s+")
_ENOUGH = {"offer": 1, "kept": 1, "rule": 3}  # sentences; of 314 sound letters, few have more
_NEVER = 1 << 30
_WORDS = 8  # from which a courtesy is more than a turn of phrase


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings."""
    for line, hit in reading.told("states"):
        if line.backing[0] == "courtesy" and "?" not in line.own:
            message = "'{words}' states something: back the sentence with a reason, or leave it out."
            yield reading.on(line, hit, "backing.courtesy", message)
    for line in _idle(reading):
        message = "Courtesies in a row that speak to nobody: say to the client what concerns them, or leave it out."
        yield reading.within(line, "backing.idle", message)
    yield from _beyond(reading)
    known = _known(reading)
    for backing, lines in _by_backing(reading).items():
        stems = [_stems(folded(line.own).text) for line in lines]
        told = sum(map(len, stems)) >= _TELLING and not any(line.slots for line in lines)
        if known and told and not any(own & known for own in stems):
            message = f"Nothing here is about {backing[:60]!r}: say what it says, in its terms."
            yield reading.within(lines[0], "backing.unsupported", message)


def _beyond(reading: Reading) -> Iterator[Finding]:
    """The first sentence that goes on where what backs it has been said: what is invented mostly stands there."""
    told: dict[str, int] = {}
    for line in reading.lines if reading.decision.action is Action.DECLINE else ():
        backing = line.sentence.backing
        told[backing] = told.get(backing, 0) + 1
        if told[backing] == _ENOUGH.get(line.backing[0], _NEVER) + 1 and _adds(reading, line):
            message = f"{backing[:60]!r} is told at length: a person must see that this says no more than it does."
            yield reading.within(line, "backing.beyond", message)


def _adds(reading: Reading, line: Line) -> bool:
    """Whether a further sentence may give more; of an offer, one that says what we do and not what it does for them."""
    words = reading.lexicon
    ours = line.backing[0] != "offer" or words.has("person_ours", line.own)
    return ours and not any(s.name.startswith("offer.") for s in line.slots) and not words.has("thereby", line.own)


def _idle(reading: Reading) -> Iterator[Line]:
    """Courtesies with two sentences in a row that say neither "you" nor "we": text that the letter has no use for."""
    before = False
    for line in reading.lines if reading.permit.language in languages() else ():
        for sentence in _STOP.split(line.own):
            idle = line.backing[0] == "courtesy" and len(sentence.split()) >= _WORDS
            idle = idle and not any(reading.lexicon.has(group, sentence) for group in ("person", "answered"))
            if idle and before:
                yield line
            before = idle


def _by_backing(reading: Reading) -> dict[str, list[Line]]:
    """The sentences that a reason or an offer backs, by what backs them."""
    found: dict[str, list[Line]] = {}
    for line in reading.lines:
        if line.backing[0] in {"rule", "offer"}:
            found.setdefault(line.sentence.backing, []).append(line)
    return found


def _known(reading: Reading) -> frozenset[str]:
    """Beginnings of the words that the decision, the asks and the mail use."""
    mail = {word[:_STEM] for word in reading.permit.known}
    return frozenset(mail.union(*map(_stems, (*reading.told_by_us, *reading.told_by_them)))) if mail else frozenset()


@lru_cache(maxsize=4096)  # the texts of a policy stay the same from draft to draft
def _stems(words: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _LONG.findall(folded(words).text))
