"""The model gives the answers of the package that it comes from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from pipeline.values.langid import Identifier

LANGUAGES = ["en", "de", "fr", "es", "pt"]
OURS = Identifier(LANGUAGES)
THEIRS = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
THEIRS.set_languages(LANGUAGES)
WORDS = str.split(
    "could you do this by Friday können Sie das bis Freitag für die Hälfte pouvez-vous faire ça à moitié prix "
    "¿podrían hacerlo más barato? obrigado pela sua mensagem 123 :-) ÄÖ \ud800 日本 привет"
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join) | st.text(max_size=60))
def test_language_and_probability_are_those_of_the_package(text: str) -> None:
    language, probability = OURS.classify(text)
    theirs, expected = THEIRS.classify(text)
    assert probability == pytest.approx(expected, abs=1e-3)
    assert language == theirs or expected < 0.5


def test_capitals_and_nothing_at_all() -> None:
    assert OURS.classify("PLEASE TELL US WHEN YOU CAN START WITH THE WORK")[0] == "en"
    assert OURS.classify("")[1] == pytest.approx(1 / len(LANGUAGES))


def test_it_stays_right_when_it_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.values.langid._KEPT", 3)
    assert Identifier(LANGUAGES).classify("können Sie das bis Freitag machen")[0] == "de"
