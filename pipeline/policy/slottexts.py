"""Texts of a policy, and the values in braces that they may state.

A slot names a setting, a value that code computes, or a fact of the catalogue. A private fact never stands in a text
that a client reads.
"""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from pipeline.errors import PolicyError
from pipeline.policy.cells import nearest
from pipeline.policy.facts import BY_NAME
from pipeline.policy.faults import Faults
from pipeline.policy.nodes import scalar
from pipeline.types.decision import Text
from pipeline.yamltree import Node

COMPUTED = ("earliest_date", "quote_date", "booked_until", "partner")
"""The values that ``pipeline.policy.terms`` computes, beside settings and facts."""

_BRACES = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"[a-z_]+")


class Readers(NamedTuple):
    """Who reads a text and what it may state: the settings, and whether private facts are among it."""

    settings: Collection[str]
    language: str
    private: bool = False


def text(node: Node, readers: Readers, faults: Faults) -> Text:
    """A text, or a map of texts by language; whatever is wrong with one goes to ``faults``."""
    nodes = {readers.language: node} if node.entries is None else node.entries
    return Text(by_language={language: note(each, readers, faults) for language, each in nodes.items()})


def ahead(node: Node, readers: Readers, faults: Faults) -> Text | None:
    """A text that is told before any mail has come, so that it states settings alone; None for a mere yes or no."""
    if node.text in {"yes", "no"}:
        return None
    if node.text is not None and " " not in node.text.strip():
        said = f"'{node.text}' is neither yes nor no, nor a text: write yes, no or a whole sentence in quotes"
        raise node.fault(said, PolicyError)
    before = len(faults)
    found = text(node, readers, faults)
    for language, words in found.by_language.items():
        for name in _BRACES.findall(words) if len(faults) == before else ():
            if name not in readers.settings:
                said = (
                    f"{{{name}}} is known only once a mail has come, and this text is told before: state settings alone"
                )
                faults.add(node.at((language,)), said)
    return found


def note(node: Node, readers: Readers, faults: Faults) -> str:
    """A text in one language."""
    written = faults.attempt("", scalar, node)
    for fault in slot_faults(written, readers):
        faults.add(node, fault)
    return written


def plain(node: Node, language: str) -> Text:
    """A text without values: a question."""
    nodes = {language: node} if node.entries is None else node.entries
    for each in nodes.values():
        if _BRACES.search(scalar(each)):
            raise each.fault("a question states no values; take the braces out", PolicyError)
    return Text(by_language={key: scalar(each) for key, each in nodes.items()})


def slot_faults(written: str, readers: Readers) -> Iterator[str]:
    """What is wrong with the braces of a text, one sentence each."""
    for slot in _BRACES.findall(written):
        if fault := _fault(slot, readers):
            yield fault
    if written[:1] in {"“", "„"} and written[-1:] in {"”", "“"}:
        yield "these curly quotes would be printed: write the straight ones of a plain text file"
    if re.search(r"[{}]", _BRACES.sub("", written)):
        yield "a brace stands alone here; a value is written as {max_discount}"


def _fault(slot: str, readers: Readers) -> str:
    known = [*readers.settings, *COMPUTED, *(f for f, spec in BY_NAME.items() if readers.private or not spec.private)]
    if slot in readers.settings or slot in COMPUTED:
        return "" if _NAME.fullmatch(slot) else f"{{{slot}}} can't be filled: name the setting with a-z and _ only"
    if slot not in BY_NAME:
        return f"{{{slot}}} is neither a setting, nor a fact, nor a value that is computed{nearest(slot, known)}"
    if BY_NAME[slot].private and not readers.private:
        return f"'{slot}' is private and may not stand in a text that a client reads; say it under 'private'"
    return ""
