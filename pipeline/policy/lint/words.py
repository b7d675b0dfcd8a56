"""A point of the search in plain words: what the mail says, which rules fire, what is left to offer."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.policy.lint.findings import several
from pipeline.policy.lint.ground import Ground
from pipeline.policy.lint.solve import Box, inside, plainest
from pipeline.policy.lint.starve import Mail, Search, name_of, of_ask


class Example(NamedTuple):
    """One mail that is left short: its words, the rules that fire on it, and the ids of what may be offered by kind.

    ``mail`` is the mail itself, each fact at one of its cells.
    """

    words: str
    fired: tuple[str, ...]
    left: dict[str, tuple[str, ...]]
    mail: Mail

    @property
    def remains(self) -> str:
        """The kinds that remain, and the alternatives behind them."""
        kinds = ", ".join(f"{kind} ({', '.join(ids)})" for kind, ids in self.left.items())
        return (
            f"only {len(self.left)} of three kinds can be offered: {kinds}" if self.left else "nothing can be offered"
        )


def example(mail: Mail, search: Search, ground: Ground) -> Example:
    """The plainest mail that is as bad as ``mail``: what need not be said is left unsaid."""
    full = {name_of(fact, ask): cells for ask in range(len(mail.leads)) for fact, cells in ground.space.full.items()}
    point = mail._replace(box=plainest(mail.box, mail.holes, full))
    left: dict[str, list[str]] = {}
    for candidate, _ in search.pairs(point):
        left.setdefault(candidate.kind, []).append(candidate.id)
    kinds = {kind: tuple(dict.fromkeys(ids)) for kind, ids in left.items()}
    return Example(_told(point, ground), tuple(_fired(point, ground)), kinds, point)


def _fired(point: Mail, ground: Ground) -> Iterator[str]:
    for rule, boxes in ground.fires.items():
        if any(inside(point.box, of_ask(box, ask)) for box in boxes for ask in range(len(point.leads))):
            yield rule


def _told(point: Mail, ground: Ground) -> str:
    """What is said, fact by fact; what holds for all asks of the mail is said once."""
    asks = [", ".join(_facts(point.box, ask, ground)) for ask in range(len(point.leads))]
    if len(asks) == 1:
        return asks[0] or "whatever the mail says"
    return "; ".join(f"in ask {n}, {said or 'nothing else'}" for n, said in enumerate(asks, 1))


def _facts(box: Box, ask: int, ground: Ground) -> Iterator[str]:
    for fact, cells in ground.space.cells.items():
        name = name_of(fact, ask)
        bit = box[name]
        if bit != 1 and not (ask and name == fact):
            yield f"{fact}: {cells[bit.bit_length() - 1].words}"


def among(ids: tuple[str, ...], most: int = 6) -> str:
    """Some names, and how many more."""
    shown = several(ids[:most]) if len(ids) <= most else ", ".join(f"'{name}'" for name in ids[:most])
    return shown if len(ids) <= most else f"{shown} and {len(ids) - most} more"
