"""A suite: labelled mails and the firms they were written to, laid out as inboxes and business folders.

The layout is what any user has (a folder of ``.eml``, a business folder), so that a suite runs through the same
commands.
"""

import json
from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from shutil import copytree
from typing import Literal

from pydantic import BaseModel, JsonValue

from pipeline.resources import shipped
from pipeline.types.decision import Action

_ACTIONS = {
    "accept": Action.ACCEPT,
    "decline": Action.DECLINE,
    "decline_part": Action.DECLINE,
    "ask_info": Action.ASK,
    "escalate": Action.ESCALATE,
    "end_relationship": Action.END,
    "no_reply": Action.SKIP,
}


_VOICE: dict[str, JsonValue] = {
    "greeting": {
        "en": "Hello {name},",
        "de": "Guten Tag {full_name},",
        "fr": "Bonjour {full_name},",
        "es": "Hola, {name}:",
    },
    "signoff": {"en": "Kind regards,", "de": "Freundliche Grüße", "fr": "Bien cordialement,", "es": "Un saludo,"},
    "guidance": "Warm and plain; Sie in German, vous in French, usted in Spanish.",
}


class Gold(BaseModel, frozen=True):
    """The labels that are scored; a suite file holds more."""

    expected_handling: str
    acceptable_handling: tuple[str, ...]
    primary_kind: str

    @property
    def expected(self) -> Action:
        """The one best action."""
        return _ACTIONS[self.expected_handling]

    @property
    def acceptable(self) -> frozenset[Action]:
        """All actions that a careful reader would let pass."""
        return frozenset(_ACTIONS[label] for label in self.acceptable_handling)


class Case(BaseModel, frozen=True):
    """One labelled mail."""

    id: str
    language: str
    industry: str
    subject: str
    from_name: str
    from_email: str
    date: str
    content_type: Literal["text/plain", "text/html"]
    body: str
    gold: Gold

    def mail(self, to: str) -> bytes:
        """The case as a client would have sent it."""
        mail = EmailMessage(policy=SMTP)
        mail["From"] = f'"{self.from_name}" <{self.from_email}>'
        mail["To"] = to
        mail["Subject"] = self.subject
        mail["Date"] = f"{_rfc_day(self.date)} 09:00:00 +0000"
        mail["Message-ID"] = f"<{self.id}@suite.example>"
        mail.set_content(self.body, subtype=self.content_type.removeprefix("text/"))
        return mail.as_bytes()


class Firm(BaseModel, frozen=True):
    """One firm that mails of a suite were written to."""

    industry: str
    name: str
    services: tuple[str, ...]
    not_offered: tuple[str, ...]
    signature: str
    own_address: str

    def profile(self) -> dict[str, JsonValue]:
        """Its ``profile.yaml``: JSON is YAML too."""
        return {
            "name": self.name,
            "addresses": [self.own_address],
            "services": list(self.services),
            "not_offered": list(self.not_offered),
            "signature": self.signature,
            "voice": _VOICE,
        }

    @property
    def folder(self) -> str:
        """A name for its folders."""
        return "".join(c if c.isalnum() else "-" for c in self.industry)


class Suite(BaseModel, frozen=True):
    """All cases and firms of one folder."""

    cases: tuple[Case, ...]
    firms: tuple[Firm, ...]

    @classmethod
    def load(cls, folder: Path) -> "Suite":
        """Read ``requests.jsonl`` and ``businesses.jsonl``."""
        return cls(
            cases=tuple(Case.model_validate(row) for row in _rows(folder / "requests.jsonl")),
            firms=tuple(Firm.model_validate(row) for row in _rows(folder / "businesses.jsonl")),
        )

    def lay_out(self, into: Path) -> tuple[str, ...]:
        """Write ``inbox/FIRM/*.eml`` and ``business/FIRM/`` (the starter policy with its texts); the folders' names."""
        for firm in self.firms:
            inbox, business = into / "inbox" / firm.folder, into / "business" / firm.folder
            cases = [case for case in self.cases if case.industry == firm.industry]
            if not cases:
                continue
            for folder in (inbox, business):
                folder.mkdir(parents=True, exist_ok=True)
            (business / "profile.yaml").write_text(json.dumps(firm.profile(), indent=1), encoding="utf-8")
            starter = shipped("fixtures", "starter")
            (business / "policy.yaml").write_bytes((starter / "policy.yaml").read_bytes())
            copytree(starter / "texts", business / "texts", dirs_exist_ok=True)
            for case in cases:
                (inbox / f"{case.id}.eml").write_bytes(case.mail(firm.own_address))
        return tuple(sorted(path.name for path in (into / "inbox").iterdir()))


def _rows(path: Path) -> Iterable[JsonValue]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _rfc_day(iso: str) -> str:
    from datetime import date

    day = date.fromisoformat(iso)
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # never localised
    return f"{day.day} {months[day.month - 1]} {day.year}"
