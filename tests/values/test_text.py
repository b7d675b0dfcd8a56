"""What is visible, and what is the same."""

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.values.text import _clusters, plain, scripts, simple, visible


def test_hidden_characters_go_and_line_feeds_stay() -> None:
    hidden = "\u200b\u202e\u00ad\ufe0f\U000e0041\U000e0101\ue000\ud800\x00\x1b\r\u3164\u034f"
    assert visible(f"a{hidden}b\n\tc") == "ab\n\tc"


def test_plain_text_has_one_kind_of_everything() -> None:
    assert plain("\u201cIt\u2019s\u00a0\uff15\u2013\u0666\u201d") == '"It\'s 5-6"'
    assert plain("e\u0301 \ufb01n \U0001d7d3") == "\u00e9 fin 5"
    assert plain("2½") == "2½"


def test_a_simple_text_knows_the_way_back() -> None:
    text = "Fu\u0308r\u00ad  STRA\u00dfE"
    folded = simple(text)
    assert folded.text == "fur strasse"
    start, end = folded.span(folded.text.index("strasse"), len(folded.text))
    assert text[start:end] == "STRA\u00dfE"


def test_scripts_show_look_alikes() -> None:
    assert scripts("Hello, 12 €!") == {"LATIN"}
    assert scripts("p\u0430yp\u0430l") == {"LATIN", "CYRILLIC"}
    assert scripts("123") == frozenset()


@settings(deadline=None)
@given(st.text())
def test_nothing_hidden_is_left(text: str) -> None:
    for kept in (visible(text), plain(text), simple(text).text):
        bad = {c for c in kept if unicodedata.category(c) in {"Cf", "Cc", "Cs", "Co", "Cn"}}
        assert bad <= {"\n", "\t"}


@settings(deadline=None)
@given(st.text())
def test_visible_twice_is_visible_once(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@settings(deadline=None)
@example("¼\x1f\u0301")
@given(st.text())
def test_plain_twice_is_plain_once(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@settings(deadline=None)
@example("a \n b\u0301 ²³ m² \u200b\u0301x  ")
@given(st.text(alphabet="ab 1²\n\t\r\u0301\u00ad\u200bßé\u00a0Ⅷ□\u1160\ufe0f\u20e3Z"))
def test_plain_stretches_fold_as_their_characters_would(text: str) -> None:
    clusters = [piece for _, _, piece in _clusters(text)]
    assert plain(text) == "".join(clusters)
    folded = simple(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert "  " not in folded.text
    for char, start, end in zip(folded.text, folded.starts, folded.ends, strict=True):
        assert char in simple(text[start:end]).text
