"""A tree of places becomes a typed value, field by field, or one sentence that says where, what, and what instead.

The words of a file mean what the field they stand in says: ``2026-12-24`` is a day only where a day is expected. A key
without a value counts as left out. Left out: what several values have to do with each other.
"""

import re
import types
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from pipeline.errors import BusinessError
from pipeline.policy.cells import nearest
from pipeline.policy.nearly import ambiguous, figure
from pipeline.types.base import Value
from pipeline.yamltree import Node

LONGEST = 160
"""Characters of an entry that a reading model may pick."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)
_MONEY = ("price", "amount", "budget", "cost")
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_BOUNDS = {
    "greater_than_equal": "it can't be less than {ge}",
    "too_short": "at least one is expected",
    "string_pattern_mismatch": "a week is written as year and number, e.g. 2026-W38",
}
Model = TypeVar("Model", bound=Value)


def read(node: Node, kind: type[Model]) -> Model:
    """The value that a mapping stands for.

    Raises:
        BusinessError: the first fault, as ``file:line:column: what is expected``.
    """
    try:
        return kind.model_validate(_mapping(node, kind))
    except ValidationError as error:
        first = error.errors()[0]
        said = _BOUNDS[first["type"]].format(**first.get("ctx", {})) if first["type"] in _BOUNDS else first["msg"]
        raise _fault(node.at(first["loc"]), str(first["loc"][-1] if first["loc"] else ""), said) from None


def keys(kind: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by the key that stands in a file."""
    return {field.alias or name: field for name, field in kind.model_fields.items()}


def unknown(node: Node, word: str, known: list[str], what: str = "key") -> BusinessError:
    """The fault of a key or column that there is none of."""
    hint = nearest(word, known) or f"; there are {', '.join(known)}"
    return BusinessError(str(node.fault(f"unknown {what} '{word[:60]}'{hint}", BusinessError)))


def _mapping(node: Node, kind: type[BaseModel]) -> dict[str, object]:
    fields = keys(kind)
    needed = [key for key, field in fields.items() if field.is_required()]
    if node.text and len(needed) == 1:  # "- two rounds of changes" for "- {what: two rounds of changes}"
        node = node._replace(text=None, entries={needed[0]: node})
    if node.entries is None:
        raise node.fault(f"lines such as '{next(iter(fields))}: ...' are expected here", BusinessError)
    for key, value in node.entries.items():
        if key not in fields:
            raise unknown(value, key, list(fields))
    given = {key: value for key, value in node.entries.items() if value.text is None or value.text.strip()}
    missing = next((key for key in needed if key not in given), None)
    if missing:
        raise node.entries.get(missing, node).fault(f"'{missing}' is missing", BusinessError)
    return {key: _value(value, fields[key].annotation, key) for key, value in given.items()}


def _value(node: Node, kind: object, key: str) -> object:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return _value(node, alternative(inner, keyed=node.entries is not None), key)
    if origin is tuple:
        return tuple(_value(item, inner[0], key) for item in _items(node, inner[0], key))
    if origin is dict:
        return dict(_entries(node, inner[0], inner[1], key))
    if origin is Literal:
        return _word(node, [str(word) for word in inner], key)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _mapping(node, kind)
    return _scalar(node, kind, key)


def _items(node: Node, kind: object, key: str) -> tuple[Node, ...]:
    """The items of a list; one alone may stand without the list."""
    several = isinstance(kind, type) and issubclass(kind, BaseModel) and node.entries is not None
    if node.items is None and (several or node.entries is not None):
        raise _fault(node, key, "a list is expected: each entry begins with '- '")
    return (node,) if node.items is None else node.items


def alternative(kinds: tuple[object, ...], *, keyed: bool) -> object:
    """Which of a union is meant: a mapping where keys stand, else the first; ``None`` is a key left out."""
    return next((kind for kind in kinds if (get_origin(kind) is dict) is keyed), kinds[0])


def _entries(node: Node, word: object, kind: object, key: str) -> Iterator[tuple[str, object]]:
    if node.entries is None:
        raise _fault(node, key, "a text for each language is expected, e.g. en: ...")
    words = [str(each) for each in get_args(word)]
    for name, value in node.entries.items():
        if words and name not in words:
            raise unknown(value, name, words)
        yield name, _value(value, kind, key)


def _word(node: Node, words: list[str], key: str) -> str:
    if node.text not in words:
        raise _fault(node, key, f"{_shown(node)} is not one of {', '.join(words)}{nearest(node.text or '', words)}")
    return node.text


def _scalar(node: Node, kind: object, key: str) -> object:
    text = node.text.strip() if node.text is not None else ""
    if not text:
        raise _fault(node, key, "one text is expected here" if node.text is None else "it is empty")
    if kind is date:
        return _day(node, text, key)
    if kind is Decimal:
        return _number(node, text, key)
    if kind is int:
        if not _WHOLE.fullmatch(text):
            raise _fault(node, key, f"{_shown(node)} is not a whole number")
        return int(text)
    return _word(node, ["yes", "no"], key) == "yes" if kind is bool else node.text


def _day(node: Node, text: str, key: str) -> date:
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        raise _fault(node, key, f"there is no day {_shown(node)}") from None
    if day is None:
        raise _fault(node, key, f"{_shown(node)} is not a day; write year-month-day, e.g. 2026-12-24")
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise _fault(node, key, f"the year of {_shown(node)} is not between {_FIRST_YEAR} and {_LAST_YEAR}")
    return day


def _number(node: Node, text: str, key: str) -> Decimal:
    """A number with a point; the per cent sign may stand behind one that is per cent."""
    bare = text.removesuffix("%").rstrip() if "percent" in key or "share" in key else text
    if (ways := ambiguous(bare)) and any(word in key for word in _MONEY):
        raise _fault(node, key, f"{_shown(node)} can be read in two ways; write {ways}")
    if _NUMBER.fullmatch(bare):
        return Decimal(bare)
    write = figure(bare)
    hint = f"; write {write}" if write else ", e.g. 1200 or 12.50, with nothing before or behind it"
    raise _fault(node, key, f"{_shown(node)} is not a number with a point{hint}")


def _shown(node: Node) -> str:
    """What stands there, cut short."""
    return f"'{(node.text or '').strip()[:60]}'" if node.text is not None else "what stands here"


def _fault(node: Node, key: str, message: str) -> BusinessError:
    return BusinessError(str(node.fault(f"'{key}': {message}", BusinessError)))
