"""A plain text that nobody laid out in slots, e.g. one that a person changed: what can be told from its words.

The sentences count as said about the reason; values are held against those that the permit lists, wherever they stand.
What this leaves out: everything that rests on backings and slots: the offers' terms, and whether the reason is given.
"""

import re
from decimal import Decimal

from pipeline.guard import causes, copied, figures, firm, form, grounding, names, privacy, promise, stance
from pipeline.guard.permit import Permit
from pipeline.guard.reading import Reading, read
from pipeline.types.decision import Decision
from pipeline.types.draft import Draft, Sentence
from pipeline.types.quantities import Count, Money, Quantity
from pipeline.types.request import Request
from pipeline.types.verdict import Finding
from pipeline.values.scan import scan

_SENTENCE = re.compile(r"[^.!?:;\n][^.!?\n]*(?:[.!?]+(?!\s|$)[^.!?\n]*)*[.!?]*")
_ITEM = re.compile(r"(?m)(?<!\S)(?:\(?[1-9][.)]|[-–•*])(?= )")  # noqa: RUF001 - dashes of lists
_CHECKS = (stance, firm, causes, promise, grounding, figures, names, copied, privacy, form)
_LAID_OUT = {
    "form.assembled",
    "stance.curt",
    "form.salutation",
    "form.length",
    "grounding.unquoted",
    "promise.client_figure",
}
_VALUES = {"grounding.outside_slot", "grounding.figure"}
_ABOUT = "rule:plain"


def inspect_plain(text: str, decision: Decision, request: Request, permit: Permit) -> tuple[Finding, ...]:
    """The findings over a plain text's words; spans are characters of ``text``."""
    listed = _ITEM.sub(lambda item: " " * len(item[0]), text)
    reading = read(_draft(listed, permit.language), decision, request, permit)
    found = [f for module in _CHECKS for f in module.check(reading) if f.code not in _LAID_OUT]
    return tuple(f for f in dict.fromkeys(found) if f.code not in _VALUES or _is_foreign(reading, f))


def _draft(text: str, language: str) -> Draft:
    parts = [part.strip() for part in _SENTENCE.findall(text)]
    sentences = tuple(Sentence(template=part, text=part, backing=_ABOUT) for part in parts if part)
    return Draft(
        subject="", body=text, greeting="", signoff="", sentences=sentences, language=language, prompt="", model=""
    )


def _is_foreign(reading: Reading, finding: Finding) -> bool:
    """Whether no permitted value is at the finding's place; a bare figure may be a permitted sum."""
    permit = reading.permit
    figures_known = {figure for value in permit.values if (figure := _figure(value)) is not None}
    for found in scan(reading.draft.body, permit.language, permit.today):
        if found.start < finding.end and finding.start < found.end:
            return found.value not in permit.values and _figure(found.value) not in figures_known
    return True


def _figure(value: Quantity | None) -> Decimal | None:
    """The figure of a count or a sum."""
    if isinstance(value, Money):
        return value.amount
    return Decimal(value.number) if isinstance(value, Count) else None
