"""The policy's public texts as they hold before any mail has come: filled from the settings alone.

What this leaves out: values that only a mail or a day settles. A text that states one can't be told ahead.
"""

from collections.abc import Mapping
from typing import NamedTuple

from pipeline.policy.terms import SLOT
from pipeline.types.decision import Text
from pipeline.types.quantities import Quantity
from pipeline.values.write import write

Settings = Mapping[str, Quantity]


class Said(NamedTuple):
    """The words, or what they lack: one of the two is empty."""

    words: str
    lacks: str = ""


def said(text: Text, language: str, settings: Settings) -> Said:
    """A text in exactly this language with its settings filled in; never in another language instead."""
    words = text.by_language.get(language, "")
    if not words:
        return Said("", f"has no text in '{language}'")
    missing = [name for name in SLOT.findall(words) if name not in settings]
    if missing:
        return Said("", f"states {{{missing[0]}}}, which is known only once a mail has come")
    return Said(filled(words, language, settings))


def filled(words: str, language: str, settings: Settings) -> str:
    """``words`` with every slot that is a setting filled in the manner of the language."""
    return SLOT.sub(lambda m: write(settings[m[1]], language) if m[1] in settings else m[0], words)


def fillable(words: str, settings: Settings) -> bool:
    """Whether the settings fill all of it."""
    return all(name in settings for name in SLOT.findall(words))
