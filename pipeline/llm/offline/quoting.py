"""The client's own words and values as a letter may use them: only what a slot holds, and words only if they read well.

What this leaves out: putting a wish into other words; what can't be quoted is named by its kind.
"""

import re

from pipeline.types.prompt import AskLine, DraftVariables
from pipeline.types.request import Kind, Sentiment

_FEWEST, _MOST = 3, 12  # words
_PLAIN = re.compile(r"[^\W_][\w ,;'’:%€£$&/.-]*")  # noqa: RUF001 - both apostrophes are met in mails
_SHOUTED = re.compile(r"[^\W\d_a-zß-ÿ]{5,}")
_GAP = re.compile(r"\{([a-z_]+)\}")


def quote(letter: DraftVariables, ask: AskLine, at_least: int = _FEWEST) -> str:
    """The slot with the ask's own words, in braces; empty when they are not worth quoting."""
    return _quotable(letter, f"ask.{ask.number}.quote", at_least)


def aim(letter: DraftVariables) -> str:
    """The slot with their aim; empty where repeating it would be no kindness or it does not read well."""
    wrong = any(ask.kind == Kind.UNETHICAL_OR_ILLEGAL for ask in letter.asks)
    return "" if wrong or letter.sentiment == Sentiment.HOSTILE else _quotable(letter, "aim.quote")


def with_values(phrase: str, letter: DraftVariables, ask: AskLine) -> str | None:
    """The phrase with ``{deadline}`` made ``{ask.1.deadline}`` and so on; None when the mail did not give the value."""
    names = {slot.name for slot in letter.slots}
    if any(f"ask.{ask.number}.{name}" not in names for name in _GAP.findall(phrase)):
        return None
    return _GAP.sub(lambda gap: f"{{ask.{ask.number}.{gap[1]}}}", phrase)


def _quotable(letter: DraftVariables, name: str, at_least: int = _FEWEST) -> str:
    words = next((slot.words for slot in letter.slots if slot.name == name), "")
    clean = at_least <= len(words.split()) <= _MOST and _PLAIN.fullmatch(words) and not _SHOUTED.search(words)
    return f"{{{name}}}" if clean else ""
