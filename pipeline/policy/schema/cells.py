"""What may stand in a cell, fact by fact, as patterns and closed lists.

A pattern allows every name of a setting, since only the file itself knows which there are. What this leaves out:
whether there is such a setting, and of the fact's type; ``candor policy check`` says.
"""

from pydantic import JsonValue

from pipeline.policy.catalogue.spec import FactSpec, Type, Unit
from pipeline.policy.cells import DAYS, ORDERED
from pipeline.policy.facts import CATALOGUE

Schema = dict[str, JsonValue]

_NUMBER = r"\d+(\.\d+)?"
_SETTING = r"[A-Za-z_][A-Za-z0-9_]*"
_VALUES = {
    Type.PERCENT: rf"-?{_NUMBER}\s*%",
    Type.MONEY: rf"{_NUMBER} [A-Z]{{3}}",
    Type.DAY: r"\d{4}-\d{2}-\d{2}",
    Type.COUNT: r"\d+",
    Type.WORDS: r".*\S.*",
}
_TIMES = {
    Unit.TIME: rf"{_NUMBER} (hour|day|week|month|year)s?",
    Unit.WORKING_DAYS: rf"{_NUMBER} working days?",
    Unit.HOURS: rf"{_NUMBER} hours?",
}
_EXAMPLES = {
    Type.PERCENT: "10%",
    Type.MONEY: "500 EUR",
    Type.DAY: "2026-12-24",
    Type.COUNT: "2",
    Type.WORDS: "a word",
}
_EXAMPLE_TIMES = {Unit.TIME: "30 days", Unit.WORKING_DAYS: "5 working days", Unit.HOURS: "6 hours"}


def cells() -> Schema:
    """A mapping of facts to cells: ``when``, and each box of ``any``, ``unless`` and ``impossible``."""
    known = {spec.name: _cell(spec) for spec in CATALOGUE if spec.type is not Type.ORDER}
    return {"type": "object", "additionalProperties": False, "properties": dict(known)}


def instead() -> Schema:
    """What an ask becomes for whoever takes an offer."""
    own = {spec.name: _becomes(spec) for spec in CATALOGUE if spec.level == "ask" and spec.type is not Type.ORDER}
    return {"type": "object", "additionalProperties": False, "properties": dict(own)}


def example(spec: FactSpec) -> str:
    """A value as it stands in a cell."""
    match spec.type:
        case Type.FLAG:
            return "yes"
        case Type.CHOICE:
            return spec.choices[0]
        case Type.DURATION:
            return _EXAMPLE_TIMES[spec.unit]
        case _:
            return _EXAMPLES.get(spec.type, "")


def _cell(spec: FactSpec) -> Schema:
    """One value with its word operator, or a list of bare values."""
    single, listed = _single(spec), _bare(spec)
    return {
        "description": _told(spec),
        "anyOf": [single, {"type": "array", "minItems": 1, "items": listed}],
    }


def _single(spec: FactSpec) -> Schema:
    words = _closed(spec)
    if words:
        return {"enum": [*words, *(f"not {word}" for word in words)]}
    operators = "over|at least|under|at most|not" if spec.type in ORDERED else "not"
    return _pattern(spec, rf"((?:{operators})\s+)?")


def _bare(spec: FactSpec) -> Schema:
    words = _closed(spec)
    return {"enum": list(words)} if words else _pattern(spec, "")


def _closed(spec: FactSpec) -> tuple[str, ...]:
    """All values, where there is a list of them."""
    return ("yes", "no") if spec.type is Type.FLAG else spec.choices


def _pattern(spec: FactSpec, before: str) -> Schema:
    value = _TIMES[spec.unit] if spec.type is Type.DURATION else _VALUES[spec.type]
    text: Schema = {"type": "string", "pattern": f"^{before}({value}|{_SETTING})$"}
    if spec.type is Type.COUNT:  # YAML reads a bare 2 as a number
        return {"anyOf": [{"type": "integer", "minimum": 0}, text]}
    return text


def _becomes(spec: FactSpec) -> Schema:
    terms: list[JsonValue] = ["not said", *(DAYS if spec.type is Type.DAY else ())]
    return {"description": _told(spec), "anyOf": [_bare(spec), {"enum": terms}]}


def _told(spec: FactSpec) -> str:
    """The fact in a sentence or two, as an editor shows it."""
    said = f"{spec.meaning[0].upper()}{spec.meaning[1:]}."
    said += " Private: never in a text that a client reads." if spec.private else ""
    said += f" Needs {' and '.join(need.value for need in spec.needs)}." if spec.needs else ""
    shown = example(spec)
    return said + (f" E.g. {shown}" if shown else "")
