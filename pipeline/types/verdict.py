"""What the guard found in a draft."""

from enum import StrEnum

from pipeline.types.base import Value


class Severity(StrEnum):
    """``block``: the draft may not leave. ``mark``: it goes to the review folder."""

    BLOCK = "block"
    MARK = "mark"


class Finding(Value):
    """One fault: a code such as ``grounding.figure``, its span in the body (characters) and what to do about it."""

    code: str
    severity: Severity
    message: str
    start: int = 0
    end: int = 0
    excerpt: str = ""


class Verdict(Value):
    """All findings of one inspection, with the version of the guard that made it."""

    findings: tuple[Finding, ...] = ()
    guard: str = ""

    @property
    def ok(self) -> bool:
        """No finding blocks."""
        return all(f.severity is not Severity.BLOCK for f in self.findings)
