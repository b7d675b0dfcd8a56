"""Which mails get no draft because a machine or a list wrote them, told from the headers and from the form of the text.

Pure. The names and phrases are in ``machines.json``. ``X-Auto-Response-Suppress`` is no sign: people's Exchange sends
it. No phrase of a subject or a body settles anything alone, except the opening of a bounce: two signs of different
kinds must meet, since clients write of newsletters and of being out of office, too. Whether list mail passes by its
headers is settled in ``threads``, which knows the business's own lists. Left out: telling advertising from an offer.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import re2

from pipeline.types.message import Address, Skip

READ = frozenset({
    "auto-submitted", "content-type", "return-path", "precedence", "list-id", "list-unsubscribe", "list-post",
    "list-help", "list-subscribe", "mailing-list", "x-mailing-list", "x-beenthere", "x-mailman-version", "x-autoreply",
    "x-autorespond", "x-autoresponse", "x-auto-reply", "x-failed-recipients", "x-unsent",
})  # fmt: skip
"""The headers that matter here, in lower case."""

_LISTED = frozenset({
    "list-id", "list-unsubscribe", "list-post", "list-help", "list-subscribe", "mailing-list", "x-mailing-list",
    "x-beenthere", "x-mailman-version",
})  # fmt: skip
_AUTOMATIC = frozenset({"x-autoreply", "x-autorespond", "x-autoresponse", "x-auto-reply", "x-failed-recipients"})
_REPORT_TYPES = ("multipart/report", "text/calendar", "message/delivery-status", "message/disposition-")
_OPENING = 600  # characters in which an automatic mail says what it is ...
_SUDDEN = 120  # ... and in which it says so of itself, rather than a person of another mail
_ENDING = 3_000  # characters in which a newsletter says how to leave
_ENOUGH = 2  # signs
_QUOTING = "\"'\u201c\u201e\u00ab:\u201a\u2018"  # before words that are somebody else's


def machine(fields: Mapping[str, str], sender: str) -> Skip | None:
    """``Skip.MACHINE`` for a bounce, automatic reply or calendar mail; ``fields``: clean values by lower-case name."""
    submitted = fields.get("auto-submitted", "no").partition(";")[0].partition("(")[0].strip().lower()
    signs = (
        submitted not in {"no", ""},
        fields.get("content-type", "").lower().startswith(_REPORT_TYPES),
        fields.get("return-path", "") in {"<>", "< >"},
        unanswerable(sender),
        not _AUTOMATIC.isdisjoint(fields),
        fields.get("precedence", "").lower() in {"auto_reply", "auto-reply"},
    )
    return Skip.MACHINE if any(signs) else None


def unanswerable(address: str) -> bool:
    """Whether an address says of itself that nobody reads what is sent there."""
    return bool(_named("machine_names").match(address.partition("@")[0]))


def bulk(fields: Mapping[str, str]) -> bool:
    """Whether the headers are those of a list or newsletter."""
    return listed(fields) or fields.get("precedence", "").lower() in {"bulk", "list", "junk"}


def listed(names: Iterable[str]) -> bool:
    """Whether one of these headers is put on by a list alone."""
    return not _LISTED.isdisjoint(name.lower() for name in names)


def reports(text: str) -> bool:
    """Whether a body opens like that of a bounce or complaint which lost its headers on the way."""
    return bool(_phrases("report_openings").search(_plain(text[:_OPENING])))


def automatic(subject: str, text: str) -> bool:
    """Whether a newly written text is an automatic reply; ``text`` is what stands above the quoted history."""
    opening = _plain(text[:_OPENING])
    statement = _phrases("automatic_statements").search(opening)
    signs = [
        bool(_phrases("automatic_subjects").search(_plain(subject))),
        bool(statement or _phrases("automatic_openings").search(opening)),
        not opening or bool(statement and statement.start() < _SUDDEN and _its_own(opening, statement.start())),
    ]
    return sum(signs) >= _ENOUGH


def mailing(sender: Address, subject: str, text: str) -> bool:
    """Whether the form is that of a newsletter: it says how to leave or that one is subscribed, and another sign."""
    ending = _plain(text[-_ENDING:])
    leaving = bool(_leaving().search(ending))
    subscribed = bool(_phrases("subscribed").search(_plain(text[:_OPENING]) + " " + ending))
    signs = [
        leaving,
        subscribed,
        bool(_phrases("publishing").search(ending)),
        bool(_phrases("mailing_subjects").search(_plain(subject))),
        any(_named("mailing_names").match(label) for label in _labels(sender.address)),
    ]
    return (leaving or subscribed) and sum(signs) >= _ENOUGH


def tagged(subject: str, sender: Address, recipients: Iterable[Address]) -> bool:
    """Whether a subject begins with ``[name]`` of a list it was sent to; a form on one's own site may do so, too."""
    found = _tag().match(subject.lower())
    if not found or found.group(1) in _table()["role_names"]:
        return False
    return any(
        who.address.partition("@")[0] == found.group(1) and who.domain != sender.domain and who != sender
        for who in recipients
    )


def _its_own(opening: str, at: int) -> bool:
    return not opening[:at].rstrip().endswith(tuple(_QUOTING))


def _plain(text: str) -> str:
    """Lower case, one line, links kept."""
    return " ".join(text.lower().split())


def _labels(address: str) -> list[str]:
    """The local part, and the parts of the domain below the firm's own."""
    local, _, domain = address.partition("@")
    return [local, *domain.split(".")[:-2]]


@cache
def _named(key: str) -> Any:  # noqa: ANN401 - re2 ships no types
    return re2.compile(rf"^(?:.*[._+-])?(?:{'|'.join(_table()[key])})(?:[._+=#-].*)?$")


@cache
def _phrases(key: str) -> Any:  # noqa: ANN401 - re2 ships no types
    return re2.compile("|".join(_table()[key]))


@cache
def _leaving() -> Any:  # noqa: ANN401 - re2 ships no types
    """How to leave, with a link or an address close behind, or as one of the links at the foot."""
    table = {key: "|".join(_table()[key]) for key in ("unsubscribe", "links", "footer_bars")}
    return re2.compile(f"(?:{table['unsubscribe']}).{{0,160}}(?:{table['links']})|{table['footer_bars']}")


@cache
def _tag() -> Any:  # noqa: ANN401 - re2 ships no types
    return re2.compile(r"^(?:(?:re|aw|sv|antw|fwd?|wg|tr|rv)\s?:\s*)*\[([\w.+-]+)\]")


@cache
def _table() -> dict[str, list[str]]:
    table: dict[str, list[str]] = json.loads(Path(__file__).with_name("machines.json").read_text("utf-8"))
    return table
