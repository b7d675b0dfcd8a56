from pipeline.llm.offline.clauses import clause


def quoted(sentence: str, words: str) -> str:
    at = sentence.index(words)
    return clause(sentence, 0, len(sentence), at, at + len(words))


def test_a_short_sentence_is_quoted_whole_without_its_bullet() -> None:
    assert quoted("- could you do it for free?", "free") == "could you do it for free?"


def test_of_a_long_sentence_the_clause_that_tells_is_quoted() -> None:
    sentence = (
        "We have been with you for nineteen years now, and the town knows it, so please would you reprint "
        "at no charge, just this once, since none of us saw it coming"
    )
    assert quoted(sentence, "at no charge") == "so please would you reprint at no charge"


def test_a_clause_is_never_empty() -> None:
    sentence = "Oh, " + "so we thought of you and your posters for the fair in spring " * 4
    assert quoted(sentence, "Oh").startswith("Oh, so we thought")
