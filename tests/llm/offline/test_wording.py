import pytest

from pipeline.llm.offline.wording import languages, wording
from pipeline.policy.load import load_policy
from pipeline.types.request import Kind, Sentiment
from pipeline.values.language import guess
from tests.fakes import starter_policy

KINDS = {kind.value for kind in Kind}


@pytest.mark.parametrize("language", languages())
def test_a_language_speaks_to_kinds_and_feelings_that_there_are(language: str) -> None:
    words = wording(language)
    for by_kind in (words.wish, words.no, words.thing):
        assert set(by_kind) <= KINDS
        assert Kind.OTHER.value in by_kind
    assert set(words.feeling) <= {sentiment.value for sentiment in Sentiment}
    assert set(words.gain) <= {offer.kind for offer in load_policy(starter_policy(), "policy.yaml").alternatives}


@pytest.mark.parametrize("language", languages())
def test_the_last_form_of_a_no_needs_no_value(language: str) -> None:
    assert all("{" not in forms[-1] for forms in wording(language).no.values())


def test_all_languages_have_the_same_phrases() -> None:
    for language in languages():
        words, english = wording(language), wording("en")
        for name in ("feeling", "wish", "no", "thing", "why", "gain"):
            assert set(getattr(words, name)) == set(getattr(english, name)), (language, name)
        assert [voice.plan for voice in words.voices] == [voice.plan for voice in english.voices]


@pytest.mark.parametrize("language", languages())
def test_every_voice_is_in_its_language_and_quotes_where_it_says_so(language: str) -> None:
    for voice in wording(language).voices:
        told = voice.model_dump(exclude={"plan", "gains", "parting"})
        assert guess(" ".join(told.values())) == language
        assert guess(" ".join(voice.parting.model_dump().values())) == language
        assert "{quote}" in voice.aim
        assert not voice.ask or "{quote}" in voice.ask


@pytest.mark.parametrize("language", languages())
def test_four_voices_differ_in_order_and_in_every_phrase(language: str) -> None:
    voices = wording(language).voices
    assert len(voices) == len({voice.plan for voice in voices}) == 4
    for name in ("aim", "lead", "bridge", "next", "asking", "asked"):
        assert len({getattr(voice, name) for voice in voices}) == len(voices), name


@pytest.mark.parametrize("language", languages())
def test_every_plan_tells_each_part_once(language: str) -> None:
    for voice in wording(language).voices:
        steps = [step for step in voice.plan if step != "/"]
        assert len(steps) == len(set(steps))
        assert {"yes", "no", "why", "feel", "rest"} <= set(steps)
        assert {"open", "wish"} & set(steps)
        assert steps.index("yes") < steps.index("no") < steps.index("rest")
