"""The file ``policy_test.yaml`` as a table. Every fault is one sentence with its place, as in the policy itself.

``today`` is the day on which all rows happen, ``cases`` are named groups of facts, ``rows`` build on them. A row says
what it adds ``with``, and what must come of it: ``expect``, ``lead``, ``fired``, ``not``, ``ask``, ``kinds``,
``offers``, ``doubts``.
What this leaves out: whether it does.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from pipeline.errors import PolicyError
from pipeline.policy.cases.table import Expected, Placed, Row, Table, of_the_mail, placed
from pipeline.policy.cases.values import facts, spec_of
from pipeline.policy.cells import nearest
from pipeline.policy.nodes import day, entries, items, listed, scalar, word
from pipeline.types.business import Business
from pipeline.types.decision import Action
from pipeline.types.records import Client
from pipeline.types.request import Fact, State
from pipeline.yamltree import Node, parse

CODES = ("no_objection", "no_ask", "unknown_fact", "obliged", "too_few_offers", "no_question", "no_public_reason")
_TOP = ("today", "cases", "rows")
_OF_ASK = ("expect", "lead", "fired", "not")
_EXPECTED = (*_OF_ASK, "ask", "kinds", "offers", "doubts")
_ROW = ("name", "base", "with", "asks", "today", *_EXPECTED)
_OWN = ("client", "service")  # keys among the facts that are none
Cells = Mapping[str, Node]


class _Ground(NamedTuple):
    business: Business
    cases: Mapping[str, Cells]
    today: date


def load_table(text: str, file: str, business: Business) -> Table:
    """Read a whole file.

    Raises:
        PolicyError: the first fault, as ``file:line:column: what is expected``.
    """
    root = parse(text, file, PolicyError)
    top = _fields(root, _TOP)
    if "today" not in top:
        raise root.fault("the file must say which day it is for all rows, e.g. 'today: 2026-11-19'", PolicyError)
    today = day(top["today"])
    ground = _Ground(business, {name: entries(node) for name, node in entries(top.get("cases")).items()}, today)
    for cells in ground.cases.values():
        _placed(cells, ground)
    nodes = items(top.get("rows"))
    rows = tuple(_row(node, ground) for node in nodes)
    _unique(rows, nodes)
    return Table(name=file, today=today, rows=rows, indent=_indent(top, nodes, text))


def _row(node: Node, ground: _Ground) -> Row:
    fields = _fields(node, _ROW)
    if "name" not in fields:
        raise node.fault("a row needs a 'name' that says what it shows", PolicyError)
    base = ground.cases[_word(fields["base"], list(ground.cases), "a case")] if "base" in fields else {}
    common = {**base, **entries(fields.get("with"))}
    whole = _placed(common, ground)
    client = _client(common.get("client"), ground.business)
    today = day(fields["today"]) if "today" in fields else ground.today
    expected = _expected(fields, ground.business)
    row = Row(
        name=scalar(fields["name"]),
        line=node.line,
        today=today,
        client=client.id if client else "",
        mail=whole.mail,
        given=whole.given,
        asks=(whole.ask,),
        expected=expected,
    )
    if "asks" in fields:
        row = row.model_copy(update=_several(fields["asks"], common, ground))
    if row.expected == Expected() and not row.each:
        raise node.fault("a row needs 'expect: decline', or another word of what must come of it", PolicyError)
    return row


def _several(asks: Node, common: Cells, ground: _Ground) -> dict[str, object]:
    """The asks of a row, each with what it adds to the facts of all, and what must come of it."""
    stated, each = [], []
    for node in items(asks):
        cells = entries(node)
        own = {name: cell for name, cell in cells.items() if name not in _OF_ASK}
        for name, cell in own.items():
            if name == "client" or (name not in _OWN and of_the_mail(spec_of(name, cell, _OWN))):
                raise cell.fault(f"'{name}' is about the whole mail; write it under 'with'", PolicyError)
        stated.append(_placed({**common, **own}, ground).ask)
        each.append(_expected({name: cell for name, cell in cells.items() if name in _OF_ASK}, ground.business))
    return {"asks": tuple(stated), "each": tuple(each) if any(one != Expected() for one in each) else ()}


def _placed(cells: Cells, ground: _Ground) -> Placed:
    client = _client(cells.get("client"), ground.business)
    found: list[Fact] = []
    for name, cell in cells.items():
        if name not in _OWN:
            found += facts(spec_of(name, cell, _OWN), cell, ground.business, client)
    if any(each.name == "kind" and each.state is not State.KNOWN for each in found):
        raise cells["kind"].fault("'kind' is always known: say which", PolicyError)
    service = _service(cells["service"], ground.business) if "service" in cells else "everyday"
    return placed(found, service)


def _client(node: Node | None, business: Business) -> Client | None:
    if node is None:
        return None
    wanted = _word(node, [c.id for c in business.clients], "a client of clients.yaml")
    return next(c for c in business.clients if c.id == wanted)


def _service(node: Node, business: Business) -> str:
    known = [*business.profile.services, *business.profile.not_offered, "unlisted", "everyday"]
    return _word(node, known, "a service of profile.yaml")


def _expected(fields: Cells, business: Business) -> Expected:
    rules = [r.id for r in business.policy.rules]
    offers = [a.id for a in business.policy.alternatives]
    questions = list(business.policy.questions)
    return Expected(
        action=Action(word(fields["expect"], list(Action))) if "expect" in fields else None,
        lead=_word(fields["lead"], [*rules, *CODES], "a rule") if "lead" in fields else "",
        fired=_words(fields.get("fired"), rules, "a rule") or (),
        quiet=_words(fields.get("not"), rules, "a rule") or (),
        ask=_words(fields.get("ask"), questions, "a question"),
        kinds=_count(fields["kinds"]) if "kinds" in fields else 0,
        offers=_words(fields.get("offers"), offers, "an alternative"),
        doubts=_words(fields.get("doubts"), rules, "a rule"),
    )


def _indent(top: Cells, rows: tuple[Node, ...], text: str) -> int | None:
    """Columns before the dash of a row, where rows can be added at the end of the file."""
    if not rows or list(top)[-1] != "rows":
        return None
    line = text.splitlines()[rows[0].line - 1]
    before = line[: rows[0].column - 1].rstrip()
    return len(before) - 1 if before.strip() == "-" else None


def _unique(rows: tuple[Row, ...], nodes: tuple[Node, ...]) -> None:
    seen: set[str] = set()
    for row, node in zip(rows, nodes, strict=True):
        if row.name in seen:
            raise node.fault(f"two rows have the name '{row.name}'", PolicyError)
        seen.add(row.name)


def _fields(node: Node, allowed: tuple[str, ...]) -> Cells:
    fields = entries(node)
    for key, cell in fields.items():
        if key not in allowed:
            raise cell.fault(f"unknown key '{key}'{nearest(key, list(allowed))}", PolicyError)
    return fields


def _word(node: Node, known: list[str], what: str) -> str:
    text = scalar(node)
    if text not in known:
        raise node.fault(f"'{text}' is not {what}{nearest(text, known)}", PolicyError)
    return text


def _words(node: Node | None, known: list[str], what: str) -> tuple[str, ...] | None:
    """A list, or one word alone; None where there is neither."""
    return None if node is None else tuple(_word(item, known, what) for item in listed(node))


def _count(node: Node) -> int:
    text = scalar(node)
    if not (text.isascii() and text.isdigit()):
        raise node.fault(f"'{text}' is not a whole number", PolicyError)
    return int(text)
