"""Plain text of the right language and length, with nothing hidden in it."""

import pytest

from pipeline.types.verdict import Severity
from tests.guard.good import DISCOUNT, GOOD, Case


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("form.placeholder", "Ask [name] about it."),
        ("form.placeholder", "Ask <name> about it."),
        ("form.placeholder", "TODO: ask about it."),
        ("form.placeholder", "Lorem ipsum dolor."),
        ("form.placeholder", "It begins on ____."),
        ("form.markup", "This is **important** here."),
        ("form.markup", "# Important"),
        ("form.markup", "Look at [this](that) here."),
        ("form.markup", "This is <b>important</b> here."),
        ("form.markup", "This is `important` here."),
        ("form.markup", "- This is important."),
        ("form.hidden", "This is\u200b important."),
        ("form.hidden", "This is\u202e important."),
        ("form.hidden", "This is\U000e0041 important."),
        ("form.script", "This is imp\u043ertant."),
        ("form.header_line", "Bcc: someone else"),
        ("form.markup", "And here is our answer: \U0001f44d"),
        ("form.salutation", "Dear Mara,"),
        ("form.salutation", "Hi Mara, thanks for writing."),
        ("form.salutation", "Kind regards, Ida"),
        ("form.assembled", "This is\nBcc: important"),
    ],
)
def test_form_blocks(code: str, words: str) -> None:
    case = DISCOUNT.adding("courtesy", words)
    assert code in {f.code for f in case.inspect().findings if f.severity is Severity.BLOCK}


@pytest.mark.parametrize(
    "words",
    [
        "Thanks for asking so openly.",
        "The cost-benefit view (yours) holds.",
        "That's “fair”, isn't it?",
        "One price \u2013 one scope.",
    ],
)
def test_plain_prose_passes(words: str) -> None:
    assert DISCOUNT.adding("courtesy", words).codes() == set()


def _padded(words: int) -> Case:
    return DISCOUNT.adding("aim", ("it matters " * words).strip() + ".")


def test_length() -> None:
    assert ("form.length", Severity.MARK) in {(f.code, f.severity) for f in _padded(95).inspect().findings}
    assert "form.length" in {f.code for f in _padded(150).inspect().findings if f.severity is Severity.BLOCK}
    short = DISCOUNT.without(*{b for b, _ in DISCOUNT.lines if b != "rule:discount"})
    assert "form.length" not in short.codes()
    assert "form.length" in short.saying("At that price", "So").without("rule:discount").codes()


@pytest.mark.parametrize(
    "change", ["{body}\n\nP.S. One more thing.", "{body} more", "Subject: hello\n{body}", "{body}"]
)
def test_a_body_is_only_what_code_puts_together(change: str) -> None:
    draft = DISCOUNT.draft

    class Changed(Case):
        draft = DISCOUNT.draft.model_copy(update={"body": change.format(body=DISCOUNT.draft.body)})

    assert ("form.assembled" in Changed(**vars(DISCOUNT)).codes()) == (change != "{body}")
    assert draft == DISCOUNT.draft


def test_a_subject_is_one_line() -> None:
    case = Case(**{**vars(DISCOUNT), "subject": "Re: hello\r\nBcc: x@evil.example"})
    assert "form.header_line" in case.codes()


@pytest.mark.parametrize("name", ["german_rush", "french_scope", "spanish_free_work"])
def test_the_language_is_the_one_that_was_wanted(name: str) -> None:
    assert "form.language" in GOOD[name].permitting(language="en").codes()


def test_a_sentence_in_another_language_is_marked() -> None:
    verdict = DISCOUNT.adding("courtesy", "Va bene, accettiamo il vostro prezzo e partiamo.").inspect()
    assert [(f.code, f.severity) for f in verdict.findings] == [("form.language_mixed", Severity.MARK)]
