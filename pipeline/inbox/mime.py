"""The standard library's mail parser on a leash: raw header values, and an end to too many or too deep parts.

The library parses a header when it is read, which is where it crashes or takes seconds; here a header read gives the
plain string, and ``headers`` alone makes sense of it. Parts are counted as the parser makes them. Left out: repairing
what the parser takes for one part although its author meant two.
"""

from collections.abc import Callable
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import EmailPolicy
from typing import TypeVar

from pipeline.errors import UnreadableError
from pipeline.inbox import limits

Read = TypeVar("Read")


class Part(Message):
    """A mail or one part of it; ``depth`` counts from 0."""

    depth = 0

    def attach(self, payload: Message) -> None:  # type: ignore[override]  # the parser attaches parts only
        """Add a part the parser found.

        Raises:
            UnreadableError: deeper than the limit.
        """
        if isinstance(payload, Part):
            payload.depth = self.depth + 1
            if payload.depth > limits.DEPTH:
                raise UnreadableError("the mail's parts are nested deeper than 50")
        super().attach(payload)


class _Leash:
    """What one run of the parser may still spend."""

    def __init__(self) -> None:
        self.parts = limits.PARTS
        self.headers = limits.HEAD

    def part(self, policy: EmailPolicy) -> Part:
        """A new part, while there may be one more."""
        self.parts -= 1
        if self.parts < 0:
            raise UnreadableError("the mail has more than 1,000 parts")
        return Part(policy)

    def header(self, size: int) -> None:
        """Account for one header of ``size`` characters."""
        self.headers -= size
        if size > limits.HEADER or self.headers < 0:
            raise UnreadableError("the headers of the mail's parts are too large")


class _Raw(EmailPolicy):
    """A policy whose header values are the strings as they stand in the mail, surrogates for foreign bytes included."""

    leash = _Leash()  # replaced for each run

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        self.leash.header(sum(map(len, sourcelines)))
        name, _, value = sourcelines[0].partition(":")
        return name, (value.lstrip(" \t") + "".join(sourcelines[1:])).rstrip("\r\n")

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


_REGISTRY = EmailPolicy().header_factory


def parse(data: bytes) -> Part:
    """The mail as a tree of parts. Call ``limits.check`` first.

    Raises:
        UnreadableError: too many parts, too deep, or a mail that the parser cannot take.
    """
    leash = _Leash()
    policy = _Raw(leash=leash, header_factory=_REGISTRY)
    parser = BytesParser(lambda policy: leash.part(policy), policy=policy)
    try:
        return parser.parsebytes(data)
    except UnreadableError:
        raise
    except Exception as error:  # noqa: BLE001 - hostile bytes: the library raises whatever it stumbles over
        raise UnreadableError("the mail is malformed beyond reading") from error


def parse_head(head: bytes) -> list[tuple[str, str]]:
    """The headers of a head, in order, values as they stand there."""
    message = BytesHeaderParser(policy=_Raw(leash=_Leash(), header_factory=_REGISTRY)).parsebytes(head)
    return [(name.strip().lower(), str(value)) for name, value in message.items()]


def guarded(read: Callable[[], Read], default: Read) -> Read:
    """What ``read`` gives, or ``default`` when the standard library stumbles over hostile input."""
    try:
        return read()
    except Exception:  # noqa: BLE001 - IndexError, LookupError, RecursionError and more, all without meaning for us
        return default
