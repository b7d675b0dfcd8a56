"""A case as what any user has: a mail, and the business folder that answers it. Left out: running them."""

import json
import re
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from eval.suites.suite import Suite, folder_name, policy_files
from eval.types.case import Case, Firm
from pipeline.errors import BusinessError

_SETTING = re.compile(r"(?P<key>  (?P<name>\w+): *)(?P<value>[^#]*?)(?P<rest> *(#.*)?)")
_NAME = re.compile(r"(texts/)?[\w-]+\.(yaml|csv)")
_BREAKS = re.compile(r"[\r\n]+")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # never localised


def business_of(suite: Suite, name: str, into: Path) -> Path:
    """Write the folder of one business, under ``into``, as ``load_business`` reads it; returns its path.

    Raises:
        BusinessError: the policy has no such setting, or a file has a name that is none.
    """
    firm = suite.firms[name]
    folder = into / folder_name(name)
    texts = {
        file: path.read_text(encoding="utf-8-sig") for file, path in policy_files(suite.folder, firm.policy).items()
    }
    texts["policy.yaml"] = _set(texts["policy.yaml"], firm)
    for file, content in firm.files.items():
        if not _NAME.fullmatch(file):
            raise BusinessError(f"the business '{name}' has a file '{file[:60]}', and that is no name of one")
        texts[file] = content if isinstance(content, str) else json.dumps(content, indent=1, ensure_ascii=False)
    for file, text in texts.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return folder


def mail_of(case: Case, to: str) -> bytes:
    """The mail as the client would have sent it, at nine o'clock UTC of its day. Equal cases, equal bytes."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f'"{_quoted(case.mail.name)}" <{_line(case.mail.address)}>'
    mail["To"] = to
    mail["Subject"] = _line(case.mail.subject)
    mail["Date"] = f"{_day(case.mail.sent)} 09:00:00 +0000"
    mail["Message-ID"] = f"<{case.id}@suite.example>"
    mail.set_content(case.mail.body, subtype=case.mail.type.removeprefix("text/"))
    return mail.as_bytes()


def _set(text: str, firm: Firm) -> str:
    """The policy with this firm's own figures; comments stay where they are."""
    lines, left, inside = text.splitlines(), dict(firm.settings), False
    for number, line in enumerate(lines):
        inside = line.startswith("settings:") or (inside and (not line.strip() or line.startswith((" ", "#"))))
        found = _SETTING.fullmatch(line) if inside else None
        if found and found["name"] in left:
            lines[number] = f"{found['key']}{left.pop(found['name'])}{found['rest']}"
    if left:
        raise BusinessError(f"the policy of '{firm.name}' has no setting '{next(iter(left))}'")
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    """A header has one line, whatever a case was given."""
    return _BREAKS.sub(" ", text)


def _quoted(name: str) -> str:
    return _line(name).replace("\\", "\\\\").replace('"', '\\"')


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
