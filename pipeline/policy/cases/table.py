"""A table of test rows as typed values: what each row gives, and what it expects. Read by ``load``, run by ``run``."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from pipeline.policy.catalogue.spec import FactSpec
from pipeline.policy.facts import BY_NAME
from pipeline.types.base import Value
from pipeline.types.decision import Action
from pipeline.types.quantities import Choice
from pipeline.types.request import Fact, Kind, State

_OF_THE_MAIL = frozenset({"invoice_overdue", "threats_total"})  # derived, and the same for every ask


class Stated(Value):
    """One ask as a row states it: ``mail`` are facts that a mail would give, ``given`` stand before any derivation."""

    kind: Kind = Kind.OTHER
    service: str = "everyday"
    mail: tuple[Fact, ...] = ()
    given: tuple[Fact, ...] = ()


class Expected(Value):
    """What must come of it; what is None or empty is not looked at."""

    action: Action | None = None
    lead: str = ""  # the rule that is told first, or the decision's code
    fired: tuple[str, ...] = ()  # these at least
    quiet: tuple[str, ...] = ()  # none of these: ``not`` in the file
    ask: tuple[str, ...] | None = None  # exactly these questions
    kinds: int = 0  # so many kinds of offers at least
    offers: tuple[str, ...] | None = None  # exactly these may be offered
    doubts: tuple[str, ...] | None = None  # exactly these rules could not be read and would weigh more


class Row(Value):
    """One case. ``mail`` and ``given`` hold for every ask; a row without a ``client`` is written by a stranger."""

    name: str
    line: int
    today: date
    client: str = ""
    mail: tuple[Fact, ...] = ()
    given: tuple[Fact, ...] = ()
    asks: tuple[Stated, ...] = (Stated(),)
    expected: Expected = Expected()
    each: tuple[Expected, ...] = ()  # by ask; empty where a row says nothing of single asks


class Table(Value):
    """A whole file. ``indent`` is how far in its rows begin: where further ones can be added, or None if they can't."""

    name: str
    today: date
    rows: tuple[Row, ...]
    indent: int | None = None


class Placed(NamedTuple):
    """Stated facts, each where it belongs: with the mail, before the records, with an ask."""

    mail: tuple[Fact, ...]
    given: tuple[Fact, ...]
    ask: Stated


def placed(facts: Iterable[Fact], service: str = "everyday") -> Placed:
    """Sort the facts of a mail and one ask of it."""
    mail: list[Fact] = []
    given: list[Fact] = []
    asked: list[Fact] = []
    derived: list[Fact] = []
    kind = Kind.OTHER
    for fact in facts:
        spec = BY_NAME[fact.name]
        if fact.name == "kind" and isinstance(fact.value, Choice):
            kind = Kind(fact.value.name)
        elif spec.level in {"derived", "record"}:
            (given if of_the_mail(spec) else derived).append(fact)
        elif fact.state is not State.ABSENT:
            (mail if spec.level == "mail" else asked).append(fact)
    return Placed(
        tuple(mail), tuple(given), Stated(kind=kind, service=service, mail=tuple(asked), given=tuple(derived))
    )


def of_the_mail(spec: FactSpec) -> bool:
    """Whether a fact is the same for every ask of a mail."""
    return spec.level in {"mail", "record"} or spec.name in _OF_THE_MAIL
