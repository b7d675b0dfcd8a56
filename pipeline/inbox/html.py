"""HTML to the text that a person would see, and apart from it the text that is there but hidden.

A kept HTML5 parser (resiliparse) builds the tree and lays out the text; here hidden text nodes are emptied first (not
displayed, sizeless, transparent, off the page, in the colour of its ground), and cited blocks get their ``>`` marks.
Comments, ``alt`` and ``title`` are no text. Left out: selectors of style sheets beyond the plain ones, images of text, colours by name
other than black and white, scripts.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

import re2

from pipeline.inbox.mime import guarded

if TYPE_CHECKING:
    from resiliparse.parse.html import HTMLTree

LONGEST = 500_000  # characters of HTML that are read
_COMMENT = re2.compile(r"/\*(?:[^*]|\*+[^*/])*\*+/|<!--|-->")
_MEDIA = re2.compile(r"@media[^{}]*(?:width|print|prefers)[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re2.compile(r"([^{}@;]+)\{([^{}]*)\}")
_TELLING = re2.compile(r"display|visibility|opacity|font|color|background|height|width|indent|position|transform|clip")
_CITED = ("cite", "gmail_quote", "protonmail_quote")  # type or class of a blockquote that a mail program made
_NUMBER = re2.compile(r"^(-?\d*\.?\d+)(px|pt|em|rem|%|ex|cm|mm|in|vw|vh)?")
_SILENT = frozenset({"style", "script", "title"})
_NEAR = 24  # of 255: colours that differ by less in each channel cannot be told apart
_COLOURS = {"white": (255, 255, 255), "black": (0, 0, 0)}


class Page(NamedTuple):
    """The visible text of an HTML body, and the hidden words in document order."""

    text: str
    hidden: str


class _Look(NamedTuple):
    """How text looks at one place of the page; a colour of None is one we cannot tell."""

    gone: bool = False
    sizeless: bool = False
    ink: tuple[int, ...] | None = (0, 0, 0)
    ground: tuple[int, ...] | None = (255, 255, 255)
    cited: bool = False

    @property
    def hidden(self) -> bool:
        """Whether text here cannot be seen."""
        if self.gone or self.sizeless:
            return True
        if self.ink is None or self.ground is None:
            return False
        return all(abs(a - b) < _NEAR for a, b in zip(self.ink, self.ground, strict=True))


def to_text(html: str) -> Page:
    """The text of an HTML body; an HTML that cannot be parsed has none."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    def lay_out(tree: HTMLTree | str) -> str:
        return str(extract_plain_text(tree, preserve_formatting=True, main_content=False, alt_texts=False))

    def read() -> Page:
        tree = HTMLTree.parse(html[:LONGEST])
        hidden, cited = _survey(tree, _sheet(tree))
        words = " ".join(" ".join(node.value.split()) for node in hidden)
        for node in hidden:
            node.value = " "
        for block in cited:
            _mark(tree, block, lay_out(block.html))
        return Page(lay_out(tree), words)

    return guarded(read, Page("", ""))


def _sheet(tree: Any) -> dict[str, str]:  # noqa: ANN401 - nodes differ in type between versions of the parser
    """Declarations of the style sheets by plain selector: ``p``, ``.x``, ``p.x``, ``#y``."""
    from resiliparse.parse.html import traverse_dom

    texts: list[str] = []

    def visit(context: Any) -> None:  # noqa: ANN401 - as above
        if context.node.tag == "style":
            texts.append(context.node.text)

    traverse_dom(tree.document, visit, elements_only=True)
    rules: dict[str, str] = {}
    for selectors, declarations in _RULE.findall(_MEDIA.sub("", _COMMENT.sub("", "\n".join(texts).lower()))):
        if _TELLING.search(declarations):
            rules |= {selector.strip(): declarations for selector in selectors.split(",")}
    return rules


def _survey(tree: Any, sheet: dict[str, str]) -> tuple[list[Any], list[Any]]:  # noqa: ANN401 - as above
    """The text nodes that cannot be seen, and the outermost cited blocks."""
    from resiliparse.parse.html import ELEMENT, TEXT, traverse_dom

    looks = [_Look()]
    hidden: list[Any] = []
    cited: list[Any] = []

    def visit(context: Any) -> None:  # noqa: ANN401 - as above
        node = context.node
        del looks[context.depth + 1 :]
        if node.type == ELEMENT:
            looks.append(_look(node, looks[-1], sheet) if node.attrs or node.tag in sheet else looks[-1])
            if looks[-1].cited and not looks[-2].cited:
                cited.append(node)
        elif node.type == TEXT and looks[-1].hidden and node.value.strip() and node.parent.tag not in _SILENT:
            hidden.append(node)

    traverse_dom(tree.body, visit)
    return hidden, cited


def _mark(tree: Any, block: Any, text: str) -> None:  # noqa: ANN401 - as above
    """Put ``text`` in place of a cited block, each line marked."""
    marked = tree.create_element("pre")
    marked.text = "\n" + "\n".join(f"> {line}" for line in text.split("\n"))
    block.parent.replace_child(marked, block)


def _look(node: Any, outer: _Look, sheet: dict[str, str]) -> _Look:  # noqa: ANN401 - as above
    style = _properties(_declared(node, sheet))
    ink = style.get("color") or (node.getattr("color") if node.tag == "font" else None)
    ground = style.get("background-color") or style.get("background") or node.getattr("bgcolor")
    if style.get("background-image"):
        ground = "image"
    return _Look(
        gone=outer.gone or node.hasattr("hidden") or _gone(style),
        sizeless=_sizeless(style, outer=outer.sizeless),
        ink=_colour(ink, outer.ink),
        ground=_colour(ground, outer.ground),
        cited=outer.cited or (node.tag == "blockquote" and _quotes(node)),
    )


def _declared(node: Any, sheet: dict[str, str]) -> str:  # noqa: ANN401 - as above
    """All declarations for one element, its own last."""
    own = node.getattr("style") or ""
    if not sheet:
        return own
    names = [f".{name}" for name in (node.getattr("class") or "").lower().split()]
    selectors = (node.tag, *names, *(f"{node.tag}{name}" for name in names), f"#{node.getattr('id')}")
    return ";".join((*(sheet[s] for s in dict.fromkeys(selectors) if s in sheet), own))


def _quotes(block: Any) -> bool:  # noqa: ANN401 - as above
    return any(word in _CITED for word in f"{block.getattr('type')} {block.getattr('class')}".split())


def _properties(style: str) -> dict[str, str]:
    if not style:
        return {}
    pairs = (item.partition(":") for item in style.lower().replace("!important", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _gone(style: dict[str, str]) -> bool:
    cut = "hidden" in style.get("overflow", "")
    moved = ("text-indent", "left", "top", "right", "margin-left", "margin-top")
    return (
        style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or _size(style.get("opacity"), 1) < 0.1
        or (cut and any(_size(style.get(side), 99) <= 1 for side in ("height", "max-height", "width", "max-width")))
        or any(_size(style.get(side), 0) <= -500 for side in moved)
        or style.get("color") == "transparent"
        or "scale(0" in style.get("transform", "")
        or "inset(100%" in style.get("clip-path", "")
    )


def _sizeless(style: dict[str, str], *, outer: bool) -> bool:
    value = style.get("font-size") or next((w for w in style.get("font", "").split() if w[:1].isdigit()), "")
    match = _NUMBER.match(value)
    if not match:
        return outer and not value.startswith(("x", "sm", "med", "lar"))
    relative = match.group(2) in {"em", "%", "ex"}
    size = float(match.group(1))
    return size <= 0.1 or outer if relative else size <= 1


def _size(value: str | None, default: float) -> float:
    match = _NUMBER.match(value or "")
    return float(match.group(1)) if match else default


def _colour(value: str | None, inherited: tuple[int, ...] | None) -> tuple[int, ...] | None:
    if not value or value.strip() in {"inherit", "initial", "transparent", "none"}:
        return inherited
    return guarded(lambda: _parsed_colour(value.strip().lower()), None)


def _parsed_colour(value: str) -> tuple[int, ...] | None:
    first = value.split()[0]
    if first in _COLOURS:
        return _COLOURS[first]
    if first.startswith("#"):
        digits = first[1:] if len(first) > 4 else "".join(d * 2 for d in first[1:])
        return tuple(int(digits[i : i + 2], 16) for i in (0, 2, 4))
    if value.startswith("rgb"):
        numbers = value.partition("(")[2].partition(")")[0].replace(",", " ").split()
        return tuple(int(float(n)) for n in numbers[:3])
    return None
