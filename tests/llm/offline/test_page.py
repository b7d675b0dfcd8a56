import pytest

from pipeline.llm.offline.page import page


def sentences(text: str) -> list[str]:
    found = page(text)
    return [found.words(number) for number in range(len(found.sentences))]


def test_sentences_end_with_their_marks_and_not_behind_abbreviations_or_figures() -> None:
    text = "Dear Mr. Poole, it costs approx. 3.50 each. Is that right? Then go ahead!"
    assert sentences(text) == ["Dear Mr. Poole, it costs approx. 3.50 each.", "Is that right?", "Then go ahead!"]


@pytest.mark.parametrize("day", ["26. Juni", "3. Mai", "1. Jänner", "26. 6."])
def test_a_german_date_is_no_end_of_a_sentence(day: str) -> None:
    text = f"Wir brauchen alles bis zum {day} fertig."
    assert sentences(text) == [text]


def test_a_figure_may_end_a_sentence() -> None:
    assert sentences("Wir brauchen 26. Geht das?") == ["Wir brauchen 26.", "Geht das?"]


def test_a_line_that_the_mail_program_broke_is_one_sentence() -> None:
    text = "We would all be very glad indeed if your team could do the posters for\nus by Friday."
    assert sentences(text) == [text]


def test_short_lines_are_sentences_of_their_own() -> None:
    assert sentences("Hi Ada\ncan u do it by friday\nta\nMia") == ["Hi Ada", "can u do it by friday", "ta", "Mia"]


@pytest.mark.parametrize("bullet", ["- ", "* ", "1) ", "a) ", "(2) ", "1 - ", "\u2022 "])
def test_list_items_are_counted(bullet: str) -> None:
    found = page(f"Two things:\n{bullet}send the invoice\n{bullet}move the date. Any day is fine.")
    assert [sentence.item for sentence in found.sentences] == [0, 1, 2, 2]


def test_a_folded_place_leads_back_to_the_text() -> None:
    found = page("H\u00e9llo!\n\nK\u00f6nnten  Sie das GRATIS machen?")
    at = found.folded.index("gratis")
    start, end = found.span(at, at + len("gratis"))
    assert found.text[start:end] == "GRATIS"
    assert found.sentence_at(at) == 1


@pytest.mark.parametrize("text", ["", "\n\n", "\ud800", "...", "\x00", "a" * 20_000, "-\n" * 3_000])
def test_any_text_has_a_page(text: str) -> None:
    found = page(text)
    assert len(found.starts) == len(found.ends) >= len(found.folded)
