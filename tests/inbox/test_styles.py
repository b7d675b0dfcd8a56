import pytest

from pipeline.inbox.styles import Look


def hidden(*declarations: str, ink: str = "", ground: str = "") -> bool:
    """Whether text inside these elements, the outermost first, is hidden; attributes are the outermost's."""
    look = Look().within(declarations[0], ink, ground)
    for declared in declarations[1:]:
        look = look.within(declared)
    return look.hidden


@pytest.mark.parametrize(
    "declared",
    ["display:none", "DISPLAY: none !important", "visibility:hidden", "opacity:0", "opacity: 0.01", "font-size:0",
     "font-size:1px", "font-size:0em", "font:0 Arial", "color:#fff", "color:white", "color:#FEFEFE",
     "color:rgb(255, 255, 255)", "color:transparent", "max-height:0;overflow:hidden", "width:1px;overflow:hidden",
     "text-indent:-9999px",
     "position:absolute;left:-5000px", "transform:scale(0)", "clip-path: inset(100%)", "background:#000;color:#000"],
)  # fmt: skip
def test_text_nobody_can_see_is_hidden(declared: str) -> None:
    assert hidden(declared)


@pytest.mark.parametrize(
    "declared",
    ["", "color:red", "color:#333", "font-size:12px", "font-size:small", "opacity:.8", "max-height:0", "left:-10px",
     "background:#036;color:#fff", "background-image:url(x);color:#fff", "background:url(x);color:white",
     "color:var(--ink)", "color:#zzzzzz", "color:#ff", "color:rgb(1)", "font-size:calc(1px)", ";;:;", "display"],
)  # fmt: skip
def test_text_a_person_may_see_is_not(declared: str) -> None:
    assert not hidden(declared)


def test_a_size_inside_counts_for_itself_but_a_relative_one_does_not() -> None:
    assert not hidden("font-size:0", "font-size:14px")
    assert hidden("font-size:0", "font-size:2em")
    assert hidden("font-size:0", "color:red")


def test_what_is_not_displayed_cannot_be_shown_again() -> None:
    assert hidden("display:none", "display:block;color:red;font-size:20px")


def test_colour_and_ground_are_inherited() -> None:
    assert not hidden("background:#000", "color:#fff")
    assert hidden("background:#000", "color:#000")
    assert not hidden("color:#fff", "color:#000")
    assert hidden("", ink="#ffffff")
    assert not hidden("color:#fff", ground="#000000")
