"""Headers and body to the bytes of a message: the standard library carries our wire forms and does not interpret them.

Python up to 3.12 decodes an encoded word that is set as a header, line breaks included, and so writes a header of the
sender's choice; every version encodes long ids, which breaks threads. Here neither happens, and the result is reread.
"""

import email.policy
from collections.abc import Sequence
from email.headerregistry import BaseHeader, HeaderRegistry
from email.message import EmailMessage
from typing import ClassVar, Literal, TypedDict

from pipeline.outbox.headers import Field
from pipeline.outbox.reread import reread

_COLUMNS = 78  # of a header line
_LINE_LIMIT = 900  # characters of a body line sent as it is; RFC 5322 allows 998


class _Parts(TypedDict):
    """What a header class hands back to the registry: its text, and a parse tree that a wire form does not need."""

    decoded: str
    parse_tree: None


class _Wire(BaseHeader):
    """A header in its wire form: not parsed, not encoded, folded at single spaces only."""

    max_count: ClassVar[Literal[1]] = 1

    @classmethod
    def parse(cls, value: str, kwds: _Parts) -> None:
        kwds["decoded"] = value
        kwds["parse_tree"] = None

    def fold(self, *, policy: email.policy.Policy) -> str:
        lines = [f"{self.name}:"]
        for word in str(self).split(" "):
            if len(lines[-1]) + 1 + len(word) > _COLUMNS and not lines[-1].endswith(":"):
                lines.append("")
            lines[-1] += f" {word}"
        return policy.linesep.join(lines) + policy.linesep


def write(fields: Sequence[Field], body: str) -> bytes:
    """A plain-text message (UTF-8, CRLF) of ``fields`` in this order and ``body`` with plain line ends.

    Raises:
        CandorError: when it does not read back as meant, with a sentence that names the field.
    """
    mail = EmailMessage(policy=_policy(fields))
    for field in fields:
        mail[field.name] = field.wire
    short = all(len(line) < _LINE_LIMIT for line in body.split("\n"))
    mail.set_content(body, cte="7bit" if short and body.isascii() else "quoted-printable")
    data = mail.as_bytes()
    reread(data, fields, body)
    return data


def _policy(fields: Sequence[Field]) -> "email.policy.EmailPolicy[EmailMessage]":
    registry = HeaderRegistry()
    for field in fields:
        registry.map_to_type(field.name, _Wire)
    return email.policy.SMTP.clone(header_factory=registry, cte_type="7bit")
