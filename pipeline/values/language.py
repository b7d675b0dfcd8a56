"""The language of a text, as far as it can be told. Left out: mixed texts; the language of most of it is given."""

from functools import cache, lru_cache

from pipeline.values.langid import Identifier

UNDETERMINED = "und"
_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "cs", "ro")
_FEWEST_LETTERS = 20
_SURE = 0.6  # measured: below, the language of a short text may well be another one


@lru_cache(maxsize=512)  # a draft is read by the guard and by whoever scores it
def guess(text: str) -> str:
    """The two-letter code of the language of ``text``; ``und`` below 20 letters or when unsure."""
    if sum(map(str.isalpha, text)) < _FEWEST_LETTERS:
        return UNDETERMINED
    language, probability = _identifier().classify(text)
    return language if probability >= _SURE else UNDETERMINED


@cache
def _identifier() -> Identifier:
    return Identifier(_LANGUAGES)
