import pytest

from pipeline.inbox.html import LONGEST, to_text
from tests.soon import soon


def test_the_layout_of_a_letter_is_kept() -> None:
    page = to_text("<p>Hi Bob,</p><p>two <b>bold</b> things:<br>one<ul><li>a<li>b</ul>")
    assert page.text == "Hi Bob,\n\ntwo bold things:\none\n\n  • a\n  • b"
    assert page.hidden == ""


@pytest.mark.parametrize(
    "piece",
    [
        '<div style="display:none">GHOST</div>',
        '<span style="font-size:0">GHOST</span>',
        '<span style="color:#ffffff">GHOST</span>',
        '<font color="white">GHOST</font>',
        "<div hidden>GHOST</div>",
        '<style>.x{display:none}</style><p class="a x">GHOST</p>',
        '<style>/* p{} */ b , p.x { color : #fff }</style><p class="x">GHOST</p>',
        '<style>#y{font-size:0}</style><i id="y">GHOST</i>',
        '<div style="display:none"><p style="color:red">GHOST</p></div>',
    ],
)
def test_hidden_text_is_apart(piece: str) -> None:
    page = to_text(f"<html><body><p>seen</p>{piece}</body></html>")
    assert page.text.strip() == "seen"
    assert page.hidden == "GHOST"


@pytest.mark.parametrize(
    "piece",
    ["<!-- GHOST -->", '<img alt="GHOST" title="GHOST">', '<a title="GHOST" href="https://x.example/GHOST"></a>',
     "<script>GHOST</script>", "<style>GHOST</style>", "<noscript>GHOST</noscript>", "<template>GHOST</template>",
     '<input value="GHOST">', '<meta content="GHOST">', "<title>GHOST</title>"],
)  # fmt: skip
def test_what_is_no_text_is_nowhere(piece: str) -> None:
    assert to_text(f"<p>seen</p>{piece}") == ("seen", "")


def test_a_style_for_small_screens_hides_nothing() -> None:
    style = "<style>@media only screen and (max-width:600px){.x{display:none} .y{color:#fff}}</style>"
    assert to_text(f"{style}<p class=x>seen</p>").text == "seen"


def test_a_cited_block_is_marked_once() -> None:
    inner = '<blockquote type="cite">older</blockquote>'
    page = to_text(f'<p>New</p><blockquote class="gmail_quote">old<br>lines{inner}</blockquote><p>below</p>')
    assert page.text.split() == ["New", ">", "old", ">", "lines", ">", "older", "below"]


def test_an_indented_block_is_not_cited() -> None:
    assert to_text("<p>a</p><blockquote>b</blockquote>").text.replace("\n\n", "\n") == "a\nb"


@pytest.mark.parametrize("source", ["", "<", "\0", "<p", "&#xD800;", "<frameset><frame>", "</html>", "\ud800"])
def test_no_html_is_no_text_and_no_error(source: str) -> None:
    assert to_text(source).text.encode() is not None


@pytest.mark.parametrize(
    "unit",
    ["<div>", "<b><i><a>", '<p style="color:#fff">a', "<blockquote type=cite>a", "<table><tr><td>", "<ul><li>",
     "<style>.x{display:none}</style><p class=x>y</p>", "<!--", "&zwnj; "],
)  # fmt: skip
def test_a_page_of_anything_ends_soon(unit: str) -> None:
    with soon():
        to_text((unit * LONGEST)[: LONGEST // 10])
