"""Many mails: what is common, what is too little to be said."""

from pipeline.voice.habits import found
from tests.voice.letters import traits

TO = [f"{name}@lark.example" for name in "abcd"]


def test_nine_mails_are_too_few() -> None:
    said = found([traits()] * 9 + [traits(language="de")] * 3)
    assert (said.habits, said.too_few) == ((), {"en": 9, "de": 3})


def test_quartiles_rates_and_people() -> None:
    (habit,) = found(
        [traits(to=TO[n % 4], words=50 + 10 * n, contractions=n, exclamations=n % 2) for n in range(11)]
    ).habits
    assert (habit.mails, habit.people, habit.words) == (11, 4, (75, 100, 125))
    assert (habit.sentence, habit.contractions) == (10, 5)


def test_a_form_needs_three_people() -> None:
    mails = [traits(to=TO[0], greeting="Hey {name},")] * 20 + [traits(to=to, greeting="Hi {name},") for to in TO[:3]]
    assert found(mails).habits[0].forms[""].greeting == "Hi {name},"
    assert found(mails[:22]).habits[0].forms[""].greeting == ""


def test_a_word_needs_three_people_and_a_fifth_of_the_mails() -> None:
    one = [traits(to=TO[0], used=("lovely", "thanks"))] * 10
    assert found([*one, traits(to=TO[1], used=("thanks",)), traits(to=TO[2], used=("thanks",))]).habits[0].use == (
        "thanks",
    )
    assert found([traits(to=to, used=("just",)) for to in TO] + [traits()] * 30).habits[0].use == ()


def test_a_word_is_avoided_when_thirty_mails_do_without() -> None:
    assert found([traits()] * 29).habits[0].avoid == ()
    avoided = found([*[traits()] * 29, traits(avoided=("kindly",))]).habits[0].avoid
    assert "kindly" not in avoided
    assert "reach out" in avoided


def test_a_register_is_settled_by_four_fifths() -> None:
    mails = [traits(formality="formal")] * 8 + [traits(formality="informal")] * 2
    assert found(mails).habits[0].formality == "formal"
    assert found([*mails, traits(formality="informal")]).habits[0].formality == "match"
    assert found(mails[:8] + [traits()] * 2).habits[0].formality == "match"  # ten mails, eight that tell


def test_both_registers_have_their_own_greeting() -> None:
    du = [traits(to=to, formality="informal", greeting="Hallo {name},") for to in TO]
    sie = [traits(to=to, formality="formal", greeting="Guten Tag,") for to in TO]
    forms = found([*du, *sie, *du]).habits[0].forms
    assert (forms["informal"].greeting, forms["formal"].greeting) == ("Hallo {name},", "Guten Tag,")
