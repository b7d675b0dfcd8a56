"""Which mails of an export are ours and to someone, and what each shows: the way from an inbox to ``Traits``.

Left out are drafts, what was thrown away, copies, mail of machines and lists, and mail among ourselves. At most the
newest 2,000 are read. Left out of this module: what they show together.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from pipeline.business.senders import freemail
from pipeline.errors import InboxError, UnreadableError
from pipeline.inbox.headers import Head, read_head
from pipeline.inbox.source import Shelf, Source
from pipeline.inbox.threads import Fate
from pipeline.inbox.worker import Reader
from pipeline.voice.traits import Traits, traits_of

MOST = 2_000
"""Mails that are read; the newest tell best how somebody writes now."""


class Chosen(NamedTuple):
    """Our addresses, and the mails that count, by their ``seq``; ``passed`` counts what does not, by why."""

    mine: tuple[str, ...]
    seqs: frozenset[int]
    passed: Counter[str]


class Sent(NamedTuple):
    """What was read: whose mails they are, what each shows, and what was passed over, by why."""

    mine: tuple[str, ...]
    traits: tuple[Traits, ...]
    passed: Counter[str]


async def read_sent(source: Source, me: Collection[str], reader: Reader) -> Sent:
    """The traits of the mails that ``me`` wrote; without an address, of who wrote most of them.

    Raises:
        InboxError: none is theirs.
    """
    heads, unreadable = _heads(source)
    chosen = choose(heads, me)
    traits: list[Traits] = []
    passed = chosen.passed + Counter({"cannot be read": unreadable})
    for raw in source:
        if raw.seq not in chosen.seqs:
            continue
        try:
            found = traits_of(await reader.read(raw, Fate(raw.origin)))
        except UnreadableError:
            passed["cannot be read"] += 1
            continue
        if found:
            traits.append(found)
        else:
            passed["no words, or another language"] += 1
    return Sent(chosen.mine, tuple(traits), +passed)


def choose(heads: Sequence[Head], me: Collection[str]) -> Chosen:
    """The mails that count.

    Raises:
        InboxError: none is ours.
    """
    mine = frozenset(address.lower() for address in me) or _most(heads)
    ours = [head for head in heads if head.sender in mine]
    if not ours:
        whose = ", ".join(sorted(mine)) or "anybody"
        raise InboxError(f"no mail here was sent by {whose}; name your own address with --me")
    passed: Counter[str] = Counter({"by others": len(heads) - len(ours)})
    kept: dict[tuple[str, tuple[str, ...]], Head] = {}
    for head in ours:
        why = _passed(head, mine)
        if not why and kept.setdefault((head.body_hash, head.recipients), head) is not head:
            why = "copies"
        passed[why] += bool(why)
    newest = sorted(kept.values(), key=lambda head: (head.sent or 0, head.seq), reverse=True)
    passed["older than the newest 2,000"] += max(0, len(newest) - MOST)
    return Chosen(tuple(sorted(mine)), frozenset(head.seq for head in newest[:MOST]), +passed)


def _heads(source: Source) -> tuple[list[Head], int]:
    """Those that can be read, and how many cannot."""
    heads, unreadable = list[Head](), 0
    for raw in source:
        try:
            heads.append(read_head(raw))
        except UnreadableError:
            unreadable += 1
    return heads, unreadable


def _most(heads: Iterable[Head]) -> frozenset[str]:
    """Who wrote most of what the export keeps as sent, or of all of it."""
    there = [head for head in heads if head.sender]
    often = Counter(head.sender for head in [head for head in there if head.shelf is Shelf.SENT] or there)
    return frozenset(address for address, _ in often.most_common(1))


def _passed(head: Head, mine: frozenset[str]) -> str:
    """Why a mail of ours does not count, or an empty string."""
    if head.unsent or head.shelf not in {None, Shelf.SENT}:
        return "drafts and discarded"
    if head.machine or head.bulk or head.list_id:
        return "machines and lists"
    return "among yourselves" if head.recipients and all(_ours(to, mine) for to in head.recipients) else ""


def _ours(address: str, mine: frozenset[str]) -> bool:
    """Whether it is us, or a colleague: a domain where anybody can have an address makes nobody one."""
    domain = address.rpartition("@")[2]
    return address in mine or (domain not in freemail() and any(m.endswith(f"@{domain}") for m in mine))
