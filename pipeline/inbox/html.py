"""HTML to the text that a person would see, and apart from it the text that is there but hidden.

A kept HTML5 parser (resiliparse) builds the tree and lays out the text; here hidden text nodes are emptied first, and
cited blocks get their ``>`` marks, so that the rules for quotes are those of plain text. Comments, ``alt`` and
``title`` are no text. Left out: selectors of style sheets beyond the plain ones, pictures of text, scripts.
"""

from typing import Any, NamedTuple

import re2

from pipeline.inbox.mime import guarded
from pipeline.inbox.styles import Look

LONGEST = 250_000  # characters of HTML that are read, over all parts of a mail
_COMMENT = re2.compile(r"/\*(?:[^*]|\*+[^*/])*\*+/|<!--|-->")
_MEDIA = re2.compile(r"@media[^{}]*(?:width|print|prefers)[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re2.compile(r"([^{}@;]+)\{([^{}]*)\}")
_TELLING = re2.compile(r"display|visibility|opacity|font|color|background|height|width|indent|position|transform|clip")
_CITED = frozenset({"cite", "gmail_quote", "protonmail_quote"})  # type or class of a program's blockquote
_SILENT = frozenset({"style", "script", "title"})

Node = Any  # the parser's nodes: their classes differ between its versions


class Page(NamedTuple):
    """The visible text of an HTML body, and the hidden words in document order."""

    text: str
    hidden: str


def to_text(source: str) -> Page:
    """The text of an HTML body; one that cannot be parsed has none."""
    return guarded(lambda: _page(source), Page("", ""))


def _page(source: str) -> Page:
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(source)
    hidden, cited = _survey(tree, _sheet(tree))
    words = " ".join(" ".join(node.value.split()) for node in hidden)
    for node in hidden:
        node.value = " "
    for block in cited:
        _mark(tree, block)
    return Page(_laid_out(tree), words)


def _laid_out(tree: Node) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    # A title that stands in the body is laid out unless skipped.
    return str(extract_plain_text(tree, preserve_formatting=True, alt_texts=False, skip_elements=["title"]))


def _sheet(tree: Node) -> dict[str, str]:
    """Declarations of the style sheets by plain selector: ``p``, ``.x``, ``p.x``, ``#y``."""
    from resiliparse.parse.html import traverse_dom

    texts: list[str] = []

    def visit(context: Node) -> None:
        if context.node.tag == "style":
            texts.append(context.node.text)

    for root in filter(None, (tree.head, tree.body)):
        traverse_dom(root, visit, elements_only=True)
    sheet: dict[str, str] = {}
    for selectors, declarations in _RULE.findall(_MEDIA.sub("", _COMMENT.sub("", "\n".join(texts).lower()))):
        if _TELLING.search(declarations):
            sheet |= {selector.strip(): declarations for selector in selectors.split(",")}
    return sheet


def _survey(tree: Node, sheet: dict[str, str]) -> tuple[list[Node], list[Node]]:
    """The text nodes that cannot be seen, and the outermost cited blocks."""
    from resiliparse.parse.html import ELEMENT, TEXT, traverse_dom

    looks = [Look()]  # by depth
    hidden: list[Node] = []
    cited: list[tuple[int, Node]] = []

    def visit(context: Node) -> None:
        node = context.node
        del looks[context.depth + 1 :]
        if node.type == ELEMENT:
            looks.append(_look(node, looks[-1], sheet) if node.attrs or node.tag in sheet else looks[-1])
            if node.tag == "blockquote" and _quotes(node):
                cited.append((context.depth, node))
        elif node.type == TEXT and looks[-1].hidden and node.value.strip() and node.parent.tag not in _SILENT:
            hidden.append(node)

    traverse_dom(tree.body, visit)
    return hidden, _outermost(cited)


def _outermost(blocks: list[tuple[int, Node]]) -> list[Node]:
    """Blocks in document order without those inside the one before."""
    kept: list[tuple[int, Node]] = []
    for depth, block in blocks:
        if not kept or depth <= kept[-1][0] or not kept[-1][1].contains(block):
            kept.append((depth, block))
    return [block for _, block in kept]


def _mark(tree: Node, block: Node) -> None:
    """Put the text of a cited block in its place, each line marked."""
    marked = tree.create_element("pre")
    marked.text = "\n" + "\n".join(f"> {line}" for line in _laid_out(block.html).split("\n"))
    block.parent.replace_child(marked, block)


def _quotes(block: Node) -> bool:
    return not _CITED.isdisjoint(f"{block.getattr('type')} {block.getattr('class')}".split())


def _look(node: Node, outer: Look, sheet: dict[str, str]) -> Look:
    declared = f"display:none;{node.getattr('style')}" if node.hasattr("hidden") else _declared(node, sheet)
    ink = node.getattr("color") if node.tag == "font" else ""
    return outer.within(declared, ink or "", node.getattr("bgcolor") or "")


def _declared(node: Node, sheet: dict[str, str]) -> str:
    """All declarations for one element, its own last."""
    own = node.getattr("style") or ""
    if not sheet:
        return own
    names = [f".{name}" for name in (node.getattr("class") or "").lower().split()]
    selectors = (node.tag, *names, *(f"{node.tag}{name}" for name in names), f"#{node.getattr('id')}")
    return ";".join((*(sheet[s] for s in dict.fromkeys(selectors) if s in sheet), own))
