"""Which mails get no draft because a machine or a list wrote them, told from the headers and from the form of the text.

Pure. The names and phrases are in ``machines.json``. ``X-Auto-Response-Suppress`` is no sign: people's Exchange sends
it. No phrase of a subject or a body settles anything alone, except the opening of a bounce: two signs of different
kinds must meet, since clients write of newsletters and of being out of office, too. Whether list mail passes by its
headers is settled in ``threads``, which knows the business's own lists. Left out: telling advertising from an offer.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
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
_OPENING = 600  # characters in which a bounce says what it is ...
_SUDDEN = 200  # ... and in which an automatic reply does
_ENDING = 3_000  # characters in which a newsletter says how to leave
_ENOUGH = 2  # signs
_WORDS_BEFORE = re2.compile(r"^\W+")
_QUOTED = re2.compile(r"\"[^\"]*\"|[\x{201c}\x{201e}][^\x{201c}\x{201d}]*[\x{201c}\x{201d}]|«[^»]*»")


def machine(fields: Mapping[str, str], sender: str, reply_to: str = "") -> Skip | None:
    """``Skip.MACHINE`` for a bounce, automatic reply or calendar mail, and for what has nobody to answer to.

    ``fields``: clean values by lower-case name. Forms and shops write as ``noreply`` and name a person in Reply-To.
    """
    submitted = fields.get("auto-submitted", "no").partition(";")[0].partition("(")[0].strip().lower()
    signs = (
        submitted not in {"no", ""},
        fields.get("content-type", "").lower().startswith(_REPORT_TYPES),
        fields.get("return-path", "") in {"<>", "< >"},
        unanswerable(reply_to or sender) or (reply_to and _is(sender, "daemon_names")),
        not _AUTOMATIC.isdisjoint(fields),
        fields.get("precedence", "").lower() in {"auto_reply", "auto-reply"},
    )
    return Skip.MACHINE if any(signs) else None


def unanswerable(address: str) -> bool:
    """Whether an address says of itself that nobody reads what is sent there."""
    return _is(address, "daemon_names", "unread_names")


def bulk(fields: Mapping[str, str]) -> bool:
    """Whether the headers are those of a list or newsletter."""
    return not _LISTED.isdisjoint(fields) or fields.get("precedence", "").lower() in {"bulk", "list", "junk"}


def listed(names: Iterable[str]) -> bool:
    """Whether one of these headers is put on by a list alone."""
    return not _LISTED.isdisjoint(name.lower() for name in names)


def reports(text: str) -> bool:
    """Whether a body begins like that of a bounce or complaint which lost its headers on the way."""
    return bool(_phrases("report_openings").match(_opening(text)))


def automatic(subject: str, text: str) -> bool:
    """Whether a newly written text is an automatic reply; ``text`` is what stands above the quoted history.

    Its first words say so, or its subject does (with no Re: before it) and what follows is nothing else.
    """
    opening = _opening(text)[:_SUDDEN]
    statements, absences = _phrases("automatic_statements"), _phrases("automatic_openings")
    if statements.match(opening):
        return True
    named = _phrases("automatic_subjects").match(_WORDS_BEFORE.sub("", _plain(subject)))
    return bool(named and (not opening or statements.search(opening) or absences.search(opening)))


def mailing(sender: Address, subject: str, text: str) -> bool:
    """Whether the form is that of a newsletter: it says how to leave or that one is subscribed, and another sign.

    What stands in quotation marks is what a client wants to have written. The subject counts beside an address to
    leave at, never beside the word alone.
    """
    ending, start = (_QUOTED.sub("", _plain(piece)) for piece in (text[-_ENDING:], text[:_OPENING]))
    leaving = bool(_leaving("links").search(ending))
    subscribed = bool(_phrases("subscribed").search(f"{start} {ending}"))
    titled = bool(_phrases("mailing_subjects").search(_plain(subject)))
    signs = [
        leaving,
        subscribed,
        bool(_phrases("publishing").search(ending)),
        titled and bool(_leaving("addresses").search(ending)),
        any(_named("mailing_names").match(label) for label in _labels(sender.address)),
    ]
    return (leaving or subscribed) and sum(signs) >= _ENOUGH


def tag(subject: str) -> str:
    """The name in ``[name]`` that a subject begins with, in lower case; lists put theirs there, and so do people."""
    found = _tag().match(subject.lower())
    return found.group(1) if found else ""


def _opening(text: str) -> str:
    """How a text begins, behind its greeting."""
    return _plain(_phrases("greetings").sub("", text[:_OPENING].lower(), 1))


def _plain(text: str) -> str:
    """Lower case, one line, links kept."""
    return " ".join(text.lower().split())


def _labels(address: str) -> list[str]:
    """The local part, and the parts of the domain below the firm's own."""
    local, _, domain = address.partition("@")
    return [local, *domain.split(".")[:-2]]


@lru_cache(maxsize=4096)
def _is(address: str, *keys: str) -> bool:
    return bool(_named(*keys).match(address.partition("@")[0]))


@cache
def _named(*keys: str) -> Any:  # noqa: ANN401 - re2 ships no types
    return re2.compile(rf"^(?:{'|'.join(name for key in keys for name in _table()[key])})$")


@cache
def _phrases(key: str) -> Any:  # noqa: ANN401 - re2 ships no types
    return re2.compile("|".join(_table()[key]))


@cache
def _leaving(links: str) -> Any:  # noqa: ANN401 - re2 ships no types
    """How to leave, with a link or an address close behind, or as one of the links at the foot."""
    table = {key: "|".join(_table()[key]) for key in ("unsubscribe", links, "footer_bars")}
    return re2.compile(f"(?:{table['unsubscribe']}).{{0,160}}(?:{table[links]})|{table['footer_bars']}")


@cache
def _tag() -> Any:  # noqa: ANN401 - re2 ships no types
    return re2.compile(r"^(?:(?:re|aw|sv|antw|fwd?|wg|tr|rv)\s?:\s*)*\[([\w.+-]+)\]")


@cache
def _table() -> dict[str, list[str]]:
    table: dict[str, list[str]] = json.loads(Path(__file__).with_name("machines.json").read_text("utf-8"))
    return table
