import pytest

from pipeline.llm.offline.wording import languages, wording
from pipeline.types.request import Kind, Sentiment
from pipeline.values.language import guess


@pytest.mark.parametrize("language", languages())
def test_a_language_has_a_no_for_every_kind_and_names_real_feelings(language: str) -> None:
    words = wording(language)
    kinds = {kind.value for kind in Kind}
    assert set(words.no) <= kinds
    assert Kind.OTHER.value in words.no
    assert set(words.feeling) <= {sentiment.value for sentiment in Sentiment}


@pytest.mark.parametrize("language", languages())
def test_every_voice_is_in_its_language_and_quotes_where_it_says_so(language: str) -> None:
    for voice in wording(language).voices:
        assert guess(" ".join(voice.model_dump().values())) == language
        assert "{quote}" in voice.aim
        assert "{quote}" in voice.ask
        assert "{quote}" not in voice.plain


def test_the_three_voices_differ() -> None:
    for language in languages():
        voices = wording(language).voices
        assert len({voice.bridge for voice in voices}) == len(voices) == 3
