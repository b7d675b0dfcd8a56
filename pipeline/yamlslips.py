"""What is wrong with a text that is no YAML, in the words of whoever wrote it: the place to look at, and what to write.

A parser tells where it lost the thread, often a line below the slip. The commonest slips are looked for there and just
above; whatever else it is gets one sentence that says where to look. Left out: files that parse and mean nothing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

_UNSPACED = re.compile(r"\s*(?:- )?(?P<key>[A-Za-z_]\w*):(?P<rest>[^\s/](?:(?! #).)*)(?: #.*)?")
_DASHED = re.compile(r"\s*(?P<dash>-)(?P<rest>[A-Za-z_]\w*:.*)")
_VALUE = re.compile(r"\s*(?:- +)*(?:[\w-]+: +)?(?P<value>\S.*)")
_COMPARED = re.compile(r"(?::|-|,|\[) *(?P<sign>>=?) *(?P<rest>[^\s,}\]][^,}\]#]*)")
_OPENED = re.compile(r"""(?:^|[:\-,\[{])\s*(?P<quote>["'])""")
_NO_START = "%@`*&!"
_CLOSERS = {"{": "}", "[": "]"}
_WORDS = {">": "over", ">=": "at least"}
_LONGEST = 60  # characters of a file that a sentence repeats
_ELSE = (
    "this can't be read: look for a quote, a colon or a bracket that is missing, or a wrong indent, here or just above"
)


class Slip(NamedTuple):
    """A place, counted from 1, and a sentence."""

    line: int
    column: int
    says: str


@dataclass(frozen=True)
class Lost:
    """Where a parser lost the thread (counted from 0), what it says, and where that began which it was reading."""

    lines: list[str]
    line: int
    column: int
    problem: str = ""
    opened: tuple[int, int] | None = None

    @property
    def here(self) -> str:
        """The line."""
        return self.row(self.line)

    def row(self, number: int) -> str:
        """A line, empty behind the last one."""
        return self.lines[number] if number < len(self.lines) else ""

    def above(self) -> Iterator[int]:
        """The lines above that hold anything, the nearest first."""
        known = ((n, self.row(n).strip()) for n in range(min(self.line, len(self.lines)) - 1, -1, -1))
        return (number for number, text in known if text and not text.startswith("#"))

    def at(self, column: int, says: str, line: int | None = None) -> Slip:
        """A slip in this line, or in another."""
        return Slip((self.line if line is None else line) + 1, column + 1, says)


def slip(lost: Lost) -> Slip:
    """The likeliest slip."""
    found = (look(lost) for look in _LOOKS)
    return next((each for each in found if each), None) or lost.at(lost.column, _ELSE)


def no_start(text: str, line: int, column: int) -> Slip:
    """A value that begins with a sign that means something else to YAML; the place counts from 1."""
    lines = text.splitlines()
    lost = Lost(lines, line - 1, column - 1)
    return lost.at(lost.column, _quotable(lost.here, lost.column))


def unspaced(key: str) -> str:
    """What to write for ``threat:yes``, which is one word and no key; empty for any other."""
    found = _UNSPACED.fullmatch(key)
    return _spaced(found) if found else ""


def _spaced(found: re.Match[str]) -> str:
    return f"a space is missing behind the colon: write '{found['key']}: {found['rest'].strip()[:_LONGEST]}'"


def _tab(lost: Lost) -> Slip | None:
    if not re.match(r" *\t", lost.here) or "\\t" not in lost.problem:
        return None
    says = "a tab stands here; lines are indented with spaces: put two spaces in its place"
    return lost.at(lost.here.index("\t"), says)


def _unspaced(lost: Lost) -> Slip | None:
    """A key without its space, here, in the line above, or where the parser began."""
    if not re.match(r"mapping values|could not find|expected <block end>, but found '<block", lost.problem):
        return None
    near = [lost.line, *list(lost.above())[:1], *([lost.opened[0]] if lost.opened else [])]
    for number in near:
        if found := _UNSPACED.fullmatch(lost.row(number)):
            return lost.at(found.start("rest"), _spaced(found), number)
        if found := _DASHED.fullmatch(lost.row(number)):
            says = f"a space is missing behind the '-': write '- {found['rest'][:_LONGEST]}'"
            return lost.at(found.start("dash"), says, number)
    return None


def _quote(lost: Lost) -> Slip | None:
    """A quote that is never closed, that closes too early, or that another text closes."""
    if lost.problem.startswith("found unexpected end of stream") and lost.opened:
        return _unclosed(lost, *lost.opened)
    before = lost.here[: lost.column].rstrip()
    if "<scalar>" not in lost.problem or not before.endswith(("'", '"')):
        return None
    sign, opening = before[-1], _OPENED.search(before)
    if opening and opening.start("quote") < len(before) - 1:
        return lost.at(len(before) - 1, f"the text ends at this quote, and more follows: {_requoted(lost, sign)}")
    for number in lost.above():
        opening = _OPENED.search(lost.row(number))
        if opening and opening["quote"] == sign and lost.row(number).count(sign) % 2:
            return _unclosed(lost, number, opening.start("quote"))
    return None


def _unclosed(lost: Lost, line: int, column: int) -> Slip:
    sign = lost.row(line)[column : column + 1]
    return lost.at(column, f"the quote that opens here is not closed: put a {sign} at the end of the text", line)


def _requoted(lost: Lost, sign: str) -> str:
    if sign == "'":
        return "write the text in double quotes"
    inner = lost.here[lost.column :].partition(sign)
    if inner[1]:
        return f"write '{inner[0].strip()[:_LONGEST]}' instead of \"{inner[0].strip()[:_LONGEST]}\" inside"
    return "put the quotes around the whole text"


def _bracket(lost: Lost) -> Slip | None:
    """A bracket that stays open, or closes what is not open."""
    if stray := re.fullmatch(r"expected the node content, but found '([]}])'", lost.problem):
        opener = {closer: sign for sign, closer in _CLOSERS.items()}[stray[1]]
        return lost.at(lost.column, f"no '{opener}' is open that this '{stray[1]}' could close; take it out")
    if not lost.problem.startswith("expected ',' or") or not lost.opened:
        return None
    line, column = lost.opened
    opener = lost.row(line)[column : column + 1]
    closer = _CLOSERS.get(opener, "")
    if lost.here[lost.column : lost.column + 1] in set(_CLOSERS.values()) - {closer}:
        what = {"[": "a list", "{": "a part"}.get(opener, "what")
        other = lost.here[lost.column]
        return lost.at(lost.column, f"{what} that begins with '{opener}' ends with '{closer}', not with '{other}'")
    if closer in lost.row(line)[column:]:
        return lost.at(lost.column, "a comma is missing before this part")
    return lost.at(column, f"the '{opener}' that opens here is not closed: put a '{closer}' at the end", line)


def _compared(lost: Lost) -> Slip | None:
    """A sign of comparison, which YAML takes for a text of several lines."""
    if not re.search(r"'>'|chomping|comment or a line break", lost.problem):
        return None
    found = _COMPARED.search(lost.here)
    words = found and f"'{_WORDS[found['sign']]} {found['rest'].strip()[:_LONGEST]}'"
    return found and lost.at(found.start("sign"), f"'{found['sign']}' is not written here: write {words}")


def _start(lost: Lost) -> Slip | None:
    if not lost.problem.startswith(("found character", "found undefined alias", "expected alphabetic", "expected URI")):
        return None
    found = next((n for n in (lost.column, lost.column - 1) if n >= 0 and lost.here[n : n + 1] in list(_NO_START)), -1)
    return lost.at(found, _quotable(lost.here, found)) if found >= 0 else None


def _quotable(line: str, column: int) -> str:
    words = line[column:].split(" #", maxsplit=1)[0]
    words = re.split(r"[,}\]]", words)[0] if re.search(r"[{\[]", line[:column]) else words
    return f"a text can't begin with '{line[column]}'; put it in quotes: {_quoted(words)}"


def _quoted(words: str) -> str:
    words = words.strip().strip("\"'")
    words = words if len(words) <= _LONGEST else f"{words[:_LONGEST]} ..."
    return f"'{words}'" if '"' in words else f'"{words}"'


def _whole(lost: Lost) -> Slip | None:
    """A text that needs quotes, for a colon in it or a bracket before it."""
    found = _VALUE.match(lost.here)
    if not found or lost.column < found.start("value"):
        return None
    words, start = found["value"], found.start("value")
    if words[0] in _CLOSERS and "<scalar>" in lost.problem:
        return lost.at(start, f"a text that begins with '{words[0]}' is put in quotes: {_quoted(words)}")
    if lost.problem.startswith("mapping values") and ": " in lost.here[: lost.column]:
        says = f"a colon and a space stand inside a text; put the whole text in quotes: {_quoted(words)}"
        return lost.at(lost.column, says)
    return None


def _indent(lost: Lost) -> Slip | None:
    """A line that begins in no column of the lines above."""
    if lost.problem.endswith("but found '-'"):
        says = "a '-' begins an entry of a list, and the lines above are 'key: value' lines"
        return lost.at(lost.column, says)
    if not re.match(r"mapping values|expected <block end>, but found '(<block mapping start>|\?)'", lost.problem):
        return None
    mine = len(lost.here) - len(lost.here.lstrip())
    columns = [column for column in _columns(lost) if column != mine]
    if not columns or lost.here[:mine].strip():
        return None
    near = min(columns, key=lambda column: (abs(column - mine), -column)) + 1
    return lost.at(mine, f"this line begins in column {mine + 1}, and the line above that it goes with in {near}")


def _columns(lost: Lost) -> Iterator[int]:
    """Where the keys of the lines above begin, outwards; behind its dash for an entry of a list."""
    outer = len(lost.here) + 1_000
    for number in lost.above():
        row = lost.row(number)
        begin = len(row) - len(row.lstrip())
        if begin >= outer:
            continue
        outer = begin
        yield begin + len(row[begin:]) - len(row[begin:].lstrip("- ")) if row[begin] == "-" else begin
        if not begin:
            return


def _structure(lost: Lost) -> Slip | None:
    """What stands where it can't."""
    if lost.problem.startswith("could not find") and lost.opened:
        line, column = lost.opened
        says = "there is no colon in this line: expected 'key: value', or two more spaces where the text above goes on"
        return lost.at(column, says, line)
    if "another document" in lost.problem:
        return lost.at(lost.column, "'---' begins a second document, and there is one in a file; take the line out")
    if lost.problem.startswith("found unknown escape"):
        return lost.at(max(0, lost.column - 1), "in double quotes a '\\' is written twice: '\\\\'")
    if lost.problem.startswith("sequence entries"):
        words = lost.here[lost.column :].lstrip("- ").strip()[:_LONGEST]
        says = f"a list begins on a line of its own; put '- {words}' below, or write [{words}]"
        return lost.at(lost.column, says)
    return None


_LOOKS: tuple[Callable[[Lost], Slip | None], ...] = (
    _tab, _unspaced, _quote, _compared, _start, _bracket, _whole, _indent, _structure,
)  # fmt: skip
