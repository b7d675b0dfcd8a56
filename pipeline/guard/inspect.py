"""The whole inspection: every check over one draft, and the version of the guard that made it.

A check is a pure function from a ``Reading`` to findings. What this leaves out: repair, which is the flow's, and
everything that code cannot judge (tone, fairness, a true quotation that misleads), which is a person's.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from pipeline.guard import (
    backing,
    causes,
    comforts,
    copied,
    figures,
    firm,
    fit,
    form,
    grounding,
    names,
    offers,
    privacy,
    promise,
    reading,
    stance,
    support,
    version,
    vows,
    wishes,
)
from pipeline.guard.permit import Permit
from pipeline.types.decision import Decision
from pipeline.types.draft import Draft
from pipeline.types.request import Request
from pipeline.types.verdict import Finding, Severity, Verdict

Check = Callable[[reading.Reading], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    stance.check,
    firm.check,
    causes.check,
    comforts.check,
    offers.check,
    fit.check,
    backing.check,
    support.check,
    grounding.check,
    figures.check,
    names.check,
    copied.check,
    promise.check,
    vows.check,
    wishes.check,
    privacy.check,
    form.check,
)
_TOO_LONG = 12_000  # characters, three times the longest body; nothing longer is read
_SURROGATE = re.compile("[\ud800-\udfff]")  # no text at all: it can't be encoded
_MOST = 60  # findings kept


def inspect(draft: Draft, decision: Decision, request: Request, permit: Permit) -> Verdict:
    """Read ``draft`` from scratch and find what cannot be traced to ``decision`` and ``permit``. Never raises."""
    texts = _texts(draft)
    if len(texts) > _TOO_LONG:
        found = [Finding(code="form.length", severity=Severity.BLOCK, message="Write at most 300 words.")]
    elif _SURROGATE.search(texts):
        found = [Finding(code="form.hidden", severity=Severity.BLOCK, message="Use plain characters only.")]
    else:
        opened = reading.read(draft, decision, request, permit)
        found = list(_apart(finding for check in CHECKS for finding in check(opened)))
    found.sort(key=lambda finding: finding.severity is Severity.MARK)  # blocks are kept first
    return Verdict(findings=tuple(found[:_MOST]), guard=version.guard_version())


def _apart(found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings without those that say the same of a part of a place already told."""
    told: dict[str, int] = {}
    for finding in sorted(dict.fromkeys(found), key=lambda f: (f.start, -f.end)):
        if finding.end > told.get(finding.code, 0) or finding.end == 0:
            told[finding.code] = finding.end
            yield finding


def _texts(draft: Draft) -> str:
    """Everything in the draft that the model may have written."""
    return "".join((draft.body, draft.subject, *(t for s in draft.sentences for t in (s.template, s.text, s.backing))))
