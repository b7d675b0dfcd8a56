"""Which mails of an inbox need an answer, told from their headers alone.

Pure. Mails belong to one thread when ids connect them (References, In-Reply-To), never by subject. A client's mail is
*superseded* or *answered* by a later mail of the thread that refers to it or, for ours, is addressed to its sender, or
is by the same sender: so that ten clients who reply to one newsletter of ours keep ten drafts. Machines, copies
and drafts of ours neither supersede nor answer. Left out: threads whose ids were cut by a mail program, Gmail's thread
numbers.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from pipeline.inbox.headers import Header
from pipeline.types.business import Profile
from pipeline.types.message import Address, Skip

_START = datetime.min.replace(tzinfo=UTC)


class Own(NamedTuple):
    """Who we are: our addresses and domains, and our addresses that are run as a list; all in lower case."""

    addresses: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()

    @classmethod
    def of(cls, profile: Profile) -> "Own":
        """As the firm's profile says."""
        return cls(frozenset(profile.addresses), frozenset(profile.domains), frozenset(profile.own_lists))

    def has(self, who: Address | None) -> bool:
        """Whether a mailbox is ours."""
        return who is not None and (who.address in self.addresses or who.domain in self.domains)

    def wrote(self, mail: Header) -> bool:
        """Whether a mail is ours. A web form writes from our address, but its answer goes to someone else."""
        return self.has(mail.sender) and (mail.reply_to is None or self.has(mail.reply_to))


class Fate(NamedTuple):
    """What an inbox settles for one of its mails; ``earlier_own``: we wrote in this thread before it."""

    thread: str
    skip: Skip | None = None
    earlier_own: bool = False


def screen(headers: Iterable[Header], own: Own) -> dict[int, Fate]:
    """The fate of each mail by its ``seq``."""
    mails = sorted(headers, key=lambda mail: mail.seq)
    node = _nodes(mails)
    copies = {mail.seq for mail in mails if mail.seq not in node}
    fates = {mail.seq: Fate(mail.message_id, Skip.DUPLICATE) for mail in mails if mail.seq in copies}
    for thread in _threads([mail for mail in mails if mail.seq not in copies], node):
        fates |= _settle(thread, node, own)
    return fates


def _nodes(mails: list[Header]) -> dict[int, str]:
    """The id of each mail that is no copy; two different mails under one id are told apart by their content."""
    by_id: dict[str, list[Header]] = defaultdict(list)
    for mail in mails:
        by_id[mail.message_id].append(mail)
    nodes: dict[int, str] = {}
    for id_, same in by_id.items():
        direct = [mail for mail in same if not mail.list_id] or same
        distinct = {(m.body_hash, m.sender and m.sender.address): m for m in reversed(direct)}
        for number, mail in enumerate(sorted(distinct.values(), key=lambda m: m.seq)):
            nodes[mail.seq] = f"{id_}#{mail.body_hash[:16]}" if number else id_
    return nodes


def _threads(mails: list[Header], node: dict[int, str]) -> Iterable[list[Header]]:
    """Mails that ids connect, each thread from its oldest to its latest."""
    parent: dict[str, str] = {}

    def root(id_: str) -> str:
        parent.setdefault(id_, id_)
        while parent[id_] != id_:
            parent[id_] = id_ = parent[parent[id_]]
        return id_

    for mail in mails:
        for reference in mail.references:
            parent[root(reference)] = root(node[mail.seq])
    threads: dict[str, list[Header]] = defaultdict(list)
    for mail in mails:
        threads[root(node[mail.seq])].append(mail)
    return (_in_time(thread) for thread in threads.values())


def _in_time(thread: list[Header]) -> list[Header]:
    """By date; a mail without one follows the mail before it in the inbox."""
    when: dict[int, datetime] = {}
    last = _START
    for mail in thread:
        last = when[mail.seq] = mail.sent or last
    return sorted(thread, key=lambda mail: (when[mail.seq], mail.seq))


def _settle(thread: list[Header], node: dict[int, str], own: Own) -> dict[int, Fate]:
    oldest = thread[0]
    name = oldest.references[0] if oldest.references else node[oldest.seq]
    later = _Later()
    skips: dict[int, Skip | None] = {}
    for mail in reversed(thread):
        noise = _noise(mail, own)
        skips[mail.seq] = noise or (Skip.OWN if own.wrote(mail) else later.settles(mail, node[mail.seq]))
        if noise is None:
            later.note(mail, own=own.wrote(mail))
    fates, earlier_own = {}, False
    for mail in thread:
        fates[mail.seq] = Fate(name, skips[mail.seq], earlier_own)
        earlier_own = earlier_own or (skips[mail.seq] is Skip.OWN and not mail.unsent)
    return fates


def _noise(mail: Header, own: Own) -> Skip | None:
    if mail.machine:
        return mail.machine
    if mail.unsent and own.wrote(mail):  # a stranger's mail is read whatever its headers claim
        return Skip.OWN
    addressed = any(who.address in own.lists for who in (*mail.to, *mail.cc))
    return Skip.LIST if mail.bulk and not addressed and not own.wrote(mail) else None


class _Later:
    """What the mails seen so far, from the latest backwards, settle of the ones before them."""

    def __init__(self) -> None:
        self._rank = 0
        self._by_id: dict[str, tuple[int, Skip]] = {}
        self._by_address: dict[str, tuple[int, Skip]] = {}

    def note(self, mail: Header, *, own: bool) -> None:
        """A mail that counts; earlier notes are of later mails and stay."""
        self._rank += 1
        mark = (self._rank, Skip.ANSWERED if own else Skip.SUPERSEDED)
        for id_ in mail.references:
            self._by_id.setdefault(id_, mark)
        for who in (*mail.to, *mail.cc) if own else (mail.sender,):
            if who:
                self._by_address.setdefault(who.address, mark)

    def settles(self, mail: Header, node: str) -> Skip | None:
        """By the latest of the mails that concern ``mail``, or None."""
        marks = [self._by_id.get(node), self._by_address.get(mail.sender.address) if mail.sender else None]
        return min((mark for mark in marks if mark), default=(0, None))[1]
