"""What was nearly written in a file, and how it is written: figures, units and comparisons in other habits.

Each function returns the words to write, or nothing where it can't tell what is meant. Left out: reading such words as
if they were right; a file says one thing in one way.
"""

import re

from pipeline.policy.catalogue.spec import FactSpec, Type, Unit

_COMPARISONS = {
    "<": "under", "<=": "at most", "≤": "at most", "=<": "at most", ">": "over", ">=": "at least", "≥": "at least",
    "=>": "at least", "=": "", "==": "", "is": "", "!=": "not", "≠": "not", "<>": "not", "more than": "over",
    "above": "over", "greater than": "over", "less than": "under", "below": "under", "fewer than": "under",
    "up to": "at most", "max": "at most", "maximum": "at most", "no more than": "at most", "minimum": "at least",
    "min": "at least", "no less than": "at least", "from": "at least", "not more than": "at most",
}  # fmt: skip
_SIGNS = "|".join(re.escape(sign) for sign in sorted(_COMPARISONS, key=len, reverse=True))
_COMPARED = re.compile(rf"(?P<sign>{_SIGNS})(?P<gap>\s*)(?P<rest>\S.*)", re.DOTALL)
_FIGURE = re.compile(r"(?P<before>[€$£]|[A-Z]{3})? ?(?P<digits>-?\d[\d.,' \u00a0\u202f]*?) ?(?P<after>[€$£]|[A-Z]{3})?")
_CURRENCIES = {"€": "EUR", "$": "USD", "£": "GBP"}
_GROUPED = re.compile(r"-?\d{1,3}([.,' \u00a0\u202f])\d{3}(?:\1\d{3})*(?P<rest>[.,]\d{1,2})?")
_SPACES = re.compile(r"[' \u00a0\u202f]")
_PER_CENT = re.compile(r"(-?[\d.,]+) ?(?:%|percent|per cent|pct)?")
_LENGTH = re.compile(r"(\d+) ?([a-z]+(?: [a-z]+)?)?")
_FLAGS = {"true": "yes", "y": "yes", "on": "yes", "false": "no", "n": "no", "off": "no"}
_UNITS = {Unit.TIME: "days", Unit.WORKING_DAYS: "working days", Unit.HOURS: "hours"}


def comparison(text: str) -> tuple[str, str]:
    """``< 30%`` as its sign and the words to write, ``under 30%``; both empty where there is no such sign."""
    found = _COMPARED.fullmatch(text)
    if found is None or (found["sign"][-1].isalpha() and not found["gap"]):
        return "", ""
    return found["sign"], f"{_COMPARISONS[found['sign']]} {found['rest']}".strip()


def figure(text: str) -> str:
    """A bare number with a point and nothing else: ``4,800`` and ``€4.800,00`` are 4800 and 4800.00."""
    found = _FIGURE.fullmatch(text.strip())
    if found is None:
        return ""
    digits = found["digits"].strip()
    if grouped := _GROUPED.fullmatch(digits):
        rest = (grouped["rest"] or "").replace(",", ".")
        return re.sub(r"[^\d-]", "", digits[: grouped.start("rest")] if rest else digits) + rest
    plain = _SPACES.sub("", digits)
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    return plain if re.fullmatch(r"-?\d+(\.\d+)?", plain) else ""


def ambiguous(text: str) -> str:
    """The two ways in which ``4.800`` may be meant as an amount; empty for any other."""
    found = re.fullmatch(r"(-?[1-9]\d{0,2})\.(\d{3})", text)
    return f"{found[1]}{found[2]} or {found[1]}.{found[2][:2]}" if found else ""


def of_type(spec: FactSpec, text: str) -> str:
    """A value of the fact's type, in the words of a cell."""
    match spec.type:
        case Type.PERCENT:
            found = _PER_CENT.fullmatch(text)
            return f"{number}%" if found and (number := figure(found[1])) else ""
        case Type.MONEY:
            return _money(text)
        case Type.DURATION:
            length = _LENGTH.fullmatch(text)
            same = length and (length[2] or _UNITS[spec.unit]).rstrip("s") == _UNITS[spec.unit].rstrip("s")
            return f"{length[1]} {_UNITS[spec.unit]}" if length and same else ""
        case Type.FLAG:
            return _FLAGS.get(text.casefold(), "")
        case _:
            return ""


def _money(text: str) -> str:
    found, number = _FIGURE.fullmatch(text), figure(text)
    if found is None or not number:
        return ""
    unit = found["before"] or found["after"] or "EUR"
    return f"{number} {_CURRENCIES.get(unit, unit)}"
