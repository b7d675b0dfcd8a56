"""The profile's section ``voice`` as text to copy: what was found, and above it, in comments, what it rests on.

All words in it are of closed lists and all else are figures. Left out: reading it, which ``pipeline.business`` does.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill
from typing import Literal

from pipeline.types.base import Value
from pipeline.types.draft import FEWEST, MOST
from pipeline.voice.habits import NEEDED, Forms, Found, Habit
from pipeline.voice.manner import frame
from pipeline.voice.phrases import guidance

_WIDTH = 100  # columns of a comment
_ROOM = 90  # words that a no with three offers takes; who writes shorter mails is not held to it
_SHORT, _LONG = 12, 22  # words of a sentence
_CONTRACTED = 1  # in 100 words
_CALM, _LIVELY = 0.1, 1  # exclamation marks a mail


class Basis(Value):
    """Whose mails, and how many of the export do not count, by why."""

    mine: tuple[str, ...]
    passed: dict[str, int]


def section(found: Found, basis: Basis) -> str:
    """The comments, and the section where a language has mails enough."""
    said = (*_heading(basis), *report(found))
    lines = [fill(line, _WIDTH, initial_indent="# ", subsequent_indent="#   ") for line in said]
    return "\n".join([*lines, *_section(found), ""])


def report(found: Found) -> Iterator[str]:
    """A line for each language: what it rests on, or that its mails are too few."""
    for habit in found.habits:
        low, middle, high = habit.words
        yield (
            f"{habit.language}: {habit.mails} mails to {habit.people} people. "
            f"{middle} words, half of them {low} to {high}; "
            f"{habit.sentence:.0f} words a sentence; {habit.exclamations:.1f} exclamation marks a mail"
            f"{_contractions(habit)}; {_addressed(habit)}."
        )
    for language, mails in found.too_few.items():
        yield f"{language}: too few mails ({mails}; needs {NEEDED})."


def _heading(basis: Basis) -> Iterator[str]:
    yield f"From the sent mail of {', '.join(basis.mine)}, by counting. No text of a mail is in here."
    if basis.passed:
        yield f"Passed over: {', '.join(f'{count} {why}' for why, count in basis.passed.items())}."


def _contractions(habit: Habit) -> str:
    return f"; {habit.contractions:.1f} contractions in 100 words" if habit.language == "en" else ""


def _addressed(habit: Habit) -> str:
    informal, formal = ("first name", "full name or title") if habit.language == "en" else ("informal", "formal")
    told = habit.informal + habit.formal
    return f"{informal} in {habit.informal} of {told}, {formal} in {habit.formal}" if told else "register not shown"


def _section(found: Found) -> Iterator[str]:
    if not found.habits:
        return
    yield "voice:"
    for key in ("greeting", "signoff"):
        yield f"  {key}:"
        for habit in found.habits:
            yield f"    {habit.language}: {_framed(habit, key)}"
    yield "  formality:"
    yield from (f"    {habit.language}: {habit.formality}" for habit in found.habits)
    yield from _words(found)
    for key, listed in (("use", _lists(found, "use")), ("avoid", _lists(found, "avoid"))):
        if listed:
            yield f"  {key}:"
            yield from (f"    {language}: [{', '.join(map(_quoted, words))}]" for language, words in listed.items())
    if line := _guidance(found):
        yield f"  guidance: {_quoted(line)}"


def _framed(habit: Habit, key: str) -> str:
    """The form that was found, or ours, told as such; both registers in braces where both are written."""
    texts = {register: _form(forms, key) for register, forms in habit.forms.items()}
    lacking = [register or "none was common" for register, text in texts.items() if not text]
    written = [
        f"{register}: " * bool(register) + _quoted(text or _ours(habit, register, key))
        for register, text in texts.items()
    ]
    told = f"  # Candor's own: {', '.join(lacking)}" if lacking else ""
    return (f"{{{', '.join(written)}}}" if len(written) > 1 else written[0]) + told


def _form(forms: Forms, key: str) -> str:
    return forms.greeting if key == "greeting" else forms.signoff


def _ours(habit: Habit, register: Literal["informal", "formal", ""], key: str) -> str:
    default = frame(habit.language, register or ("" if habit.formality == "match" else habit.formality))
    return default.greeting if key == "greeting" else default.signoff


def _words(found: Found) -> Iterator[str]:
    low, _, high = found.lengths
    if high < _ROOM:
        yield f"  # words: left out; half of your mails have {low} to {high}, and a no with three offers takes {_ROOM}"
        return
    shortest = min(max(low, FEWEST), MOST - 1)
    yield f"  words: {shortest} to {max(min(high, MOST), shortest + 1)}"


def _lists(found: Found, key: str) -> Mapping[str, Sequence[str]]:
    lists = {habit.language: habit.use if key == "use" else habit.avoid for habit in found.habits}
    return {language: words for language, words in lists.items() if words}


def _guidance(found: Found) -> str:
    """One line for the model that words a draft, of what no other key can hold."""
    parts, all_mails = guidance(), sum(habit.mails for habit in found.habits)
    sentence = sum(habit.sentence * habit.mails for habit in found.habits) / all_mails
    marks = sum(habit.exclamations * habit.mails for habit in found.habits) / all_mails
    english = next((habit.contractions for habit in found.habits if habit.language == "en"), None)
    told = [
        parts.short if sentence <= _SHORT else parts.long if sentence >= _LONG else "",
        "" if english is None else parts.contracted if english >= _CONTRACTED else parts.uncontracted,
        parts.calm if marks < _CALM else parts.lively if marks >= _LIVELY else "",
    ]
    line = ", ".join(filter(None, told))
    return f"{line[:1].upper()}{line[1:]}." if line else ""


def _quoted(text: str) -> str:
    """As YAML and JSON both read it."""
    return json.dumps(text, ensure_ascii=False)
