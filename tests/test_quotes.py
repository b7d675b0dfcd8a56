import pytest

from pipeline.quotes import find, locate
from tests.fakes import message


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("30% off", "Could we get 30% off?", "30% off"),
        ("it's   free", "I assume it’s\nfree.", "it’s\nfree"),  # noqa: RUF001 - the mark as mail programs write it
        ("“as agreed”", 'You said "as agreed" before', "as agreed"),
        ("STRASSE", "in der Straße", "Straße"),
        ("ﬁne", "that is fine", "fine"),
    ],
)
def test_spacing_case_and_marks_may_differ(words: str, text: str, found: str) -> None:
    span = locate(words, text)
    assert span is not None
    assert text[span[0] : span[1]] == found


@pytest.mark.parametrize("words", ["40% off", "", "  ", '""', "x" * 700])
def test_words_that_are_not_there_are_no_evidence(words: str) -> None:
    assert locate(words, "Could we get 30% off? " + "x" * 800) is None


def test_history_counts_only_where_it_may() -> None:
    mail = message("Please go on.", history="> the invoice of 6 May is overdue")
    assert find("invoice of 6 May is overdue", mail, history=False) is None
    quote = find("invoice of 6 May is overdue", mail, history=True)
    assert quote is not None
    assert (quote.part, mail.history[quote.start : quote.end]) == ("history", "invoice of 6 May is overdue")
