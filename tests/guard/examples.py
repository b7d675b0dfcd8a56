"""Examples of every code, as ``examples.yaml`` tells them, made from the good drafts; and the page that shows them.

``python -m tests.guard.examples`` writes ``docs/guard.md``.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from pipeline.guard.findings import FINDINGS
from pipeline.types.decision import Term
from pipeline.types.quantities import Day
from pipeline.types.request import Fact, State
from tests.guard.good import GOOD, Case, tampered

PAGE = Path(__file__).parents[2] / "docs" / "guard.md"
HEAD = Path(__file__).with_name("page.md")
Change = dict[str, object]


@dataclass(frozen=True)
class Example:
    """A code, what fails, what passes; ``also``: codes that the failing one cannot but raise too."""

    code: str
    fails: Change
    passes: Change
    because: str = ""

    @property
    def expected(self) -> set[str] | None:
        """All codes that the failing draft raises; None when more than these may come."""
        return {self.code, *_words(self.fails.get("also", []))} if self.fails.get("only", True) else None


@cache
def examples() -> tuple[Example, ...]:
    """All of them, in the order of the catalogue."""
    from ruamel.yaml import YAML

    told = YAML(typ="safe").load(Path(__file__).with_name("examples.yaml"))
    return tuple(
        Example(code, _change(told[code]["fails"]), _change(told[code]["passes"]), told[code].get("because", ""))
        for code in FINDINGS
        if code in told
    )


def made(change: Change) -> Case:
    """The draft of an example."""
    case = GOOD[str(change.get("in", "english_discount"))]
    for name in (name for name in change if name in _MAKERS):
        case = _MAKERS[name](case, change[name])
    if "text" in change:
        at = change.get("at", -1)
        assert isinstance(at, int)
        case = case.adding(str(change.get("as", "courtesy")), str(change["text"]), at=at)
    return case


def page() -> str:
    """``docs/guard.md``: one row a code."""
    rows = [
        f"| `{e.code}` | {FINDINGS[e.code].severity} | {FINDINGS[e.code].line} "
        f"| {_cell(e.fails, e.because)} | {_cell(e.passes)} |"
        for e in examples()
    ]
    return HEAD.read_text("utf-8") + "\n".join(rows) + "\n"


def _cell(change: Change, because: str = "") -> str:
    words = "".join(
        char if char.isprintable() else f"\\u{ord(char):04x}" for char in str(change.get("shown") or change["text"])
    )
    backing = f" (`{change['as']}`)" if "as" in change else ""
    return (words + backing + (f" ({because})" if because else "")).replace("|", "\\|")


def _change(told: object) -> Change:
    return {str(name): value for name, value in told.items()} if isinstance(told, dict) else {"text": told}


def _words(told: object) -> tuple[str, ...]:
    assert isinstance(told, list)
    return tuple(str(word) for word in told)


def _back(case: Case, told: object) -> Case:
    old, new = _words(told)
    return replace(case, lines=tuple((new if backing == old else backing, text) for backing, text in case.lines))


def _move(case: Case, told: object) -> Case:
    assert isinstance(told, list)
    moved = [line for line in case.lines if line[0] == told[0]]
    rest = [line for line in case.lines if line[0] != told[0]]
    return replace(case, lines=(*rest[: told[1]], *moved, *rest[told[1] :]))


def _event(case: Case, told: object) -> Case:
    assert isinstance(told, date)
    ask = case.request.asks[0]
    day = Fact(name="event_day", state=State.KNOWN, value=Day(day=told))
    asks = (ask.model_copy(update={"facts": (*ask.facts, day)}), *case.request.asks[1:])
    return replace(case, request=case.request.model_copy(update={"asks": asks}))


def _offer(case: Case, told: object) -> Case:
    assert isinstance(told, list)
    offers = tuple(
        o.model_copy(update={"asks": (1,), "terms": (Term(name=told[1], value=Day(day=told[2])),)})
        if o.id == told[0]
        else o
        for o in case.decision.offers
    )
    case = case.saying(f"{{offer.{told[0]}.start}}", f"{{offer.{told[0]}.{told[1]}}}").deciding(offers=offers)
    return case.filling(f"offer.{told[0]}.{told[1]}", "4 May 2026")


def _asks(case: Case, told: object) -> Case:
    assert isinstance(told, list)
    offers = tuple(o.model_copy(update={"asks": tuple(a)}) for o, a in zip(case.decision.offers, told, strict=True))
    first = case.decision.asks[0]
    return case.deciding(offers=offers, asks=(first, first.model_copy(update={"ask": 2})))


def _quote(case: Case, told: object) -> Case:
    ask = case.request.asks[0]
    asks = (ask.model_copy(update={"quote": ask.quote.model_copy(update={"text": str(told)})}), *case.request.asks[1:])
    return replace(case, request=case.request.model_copy(update={"asks": asks}))


def _permit(case: Case, told: object) -> Case:
    assert isinstance(told, dict)
    return case.permitting(**{name: frozenset(v) if isinstance(v, list) else v for name, v in told.items()})


_MAKERS: dict[str, Callable[[Case, object], Case]] = {
    "back": _back,
    "say": lambda case, told: case.saying(*_words(told)),
    "move": _move,
    "without": lambda case, told: case.without(*_words(told)),
    "permit": _permit,
    "event": _event,
    "offer": _offer,
    "asks": _asks,
    "quote": _quote,
    "greet": lambda case, told: replace(case, greeting=str(told)),
    "body": lambda case, told: tampered(case, *_words(told)),
    "extra": lambda case, told: tampered(case, "\n\nWhich of them", f"\n\n{told}\n\nWhich of them"),
    "repeat": lambda case, told: case.adding("aim", "The shop opens well. " * int(str(told)), at=1),
}


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
