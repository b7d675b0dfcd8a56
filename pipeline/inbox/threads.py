"""Which mails of an inbox need an answer, told from their heads alone.

Pure. Mails belong to one thread when ids connect them (References, In-Reply-To, Gmail's thread number), never by
subject. A client's mail is *superseded* by a later one of the same person in the thread, and *answered* by a later one
of ours that goes to them: so that ten clients who reply to one newsletter of ours keep ten drafts, and neither a
stranger who refers to a mail nor a colleague who writes to another takes it away. Machines, copies, drafts of ours and
what was thrown away neither supersede nor answer. Left out: threads whose ids were all cut by a mail program, mail that
is forged in our name, and where heads are kept: ``screen`` has them in memory, the batch on disk.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.inbox import screen as form
from pipeline.inbox.headers import Head
from pipeline.inbox.source import Shelf
from pipeline.types.business import Profile
from pipeline.types.message import Skip

_DISCARDED = frozenset({Shelf.TRASH, Shelf.SPAM, Shelf.CHAT})


class Own(NamedTuple):
    """Who we are: our addresses and domains, and our addresses that are run as a list; all in lower case."""

    addresses: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()

    @classmethod
    def of(cls, profile: Profile) -> "Own":
        """As the firm's profile says."""
        return cls(frozenset(profile.addresses), frozenset(profile.domains), frozenset(profile.own_lists))

    def has(self, address: str) -> bool:
        """Whether an address is ours."""
        return address in self.addresses or _domain(address) in self.domains

    def wrote(self, mail: Head) -> bool:
        """Whether a mail is ours. A web form writes from our address, but its answer goes to someone else."""
        ours = self.has(mail.sender) and (not mail.reply_to or self.has(mail.reply_to))
        ours = ours and (not mail.others or all(map(self.has, mail.others)))
        return ours or mail.shelf is Shelf.SENT


class Fate(NamedTuple):
    """What an inbox settles for one of its mails; ``earlier_own``: we wrote in this thread before it."""

    thread: str
    skip: Skip | None = None
    earlier_own: bool = False


class Union:
    """Numbers from 0 joined into sets, in four bytes each; the smallest of a set stands for it."""

    def __init__(self, count: int) -> None:
        self._parent = array("i", range(count))

    def root(self, one: int) -> int:
        """The number that stands for the set of ``one``."""
        parent = self._parent
        while parent[one] != one:
            parent[one] = one = parent[parent[one]]
        return one

    def join(self, one: int, other: int) -> None:
        """Make one set of two."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first


def screen(heads: Iterable[Head], own: Own) -> dict[int, Fate]:
    """The fate of each mail by its ``seq``."""
    mails = sorted(heads, key=lambda mail: mail.seq)
    by_id: dict[str, list[Head]] = defaultdict(list)
    for mail in mails:
        by_id[mail.message_id].append(mail)
    node = {seq: name for same in by_id.values() for seq, name in nodes(same).items()}
    fates = {mail.seq: copy(mail) for mail in mails if mail.seq not in node}
    kept = [mail for mail in mails if mail.seq in node]
    joined, first = Union(len(kept)), dict[str, int]()
    for place, mail in enumerate(kept):
        for link in (node[mail.seq], *links(mail)):
            joined.join(place, first.setdefault(link, place))
    threads: dict[int, list[Head]] = defaultdict(list)
    for place, mail in enumerate(kept):
        threads[joined.root(place)].append(mail)
    for thread in threads.values():
        fates |= settle(thread, node, own)
    return fates


def nodes(same: Sequence[Head]) -> dict[int, str]:
    """The names of the mails under one id, by ``seq``, without copies; different mails are told apart by their content.

    Of several copies the one stays that we sent, or the first; a direct one rather than one by way of a list, whose
    footer makes its bytes others, and neither is given up for one that was thrown away.
    """
    kept = [mail for mail in same if mail.shelf not in _DISCARDED] or same
    told = {(mail.sender, mail.sent) for mail in kept if not mail.list_id and mail.sent is not None}
    direct = [mail for mail in kept if not mail.list_id or (mail.sender, mail.sent) not in told]
    distinct: dict[tuple[str, str, str], Head] = {}
    for mail in sorted(direct, key=lambda mail: (mail.shelf is not Shelf.SENT, mail.seq)):
        distinct.setdefault((mail.body_hash, mail.sender, mail.reply_to), mail)
    ordered = sorted(distinct.values(), key=lambda mail: mail.seq)
    return {m.seq: f"{m.message_id}#{m.body_hash[:16]}" if number else m.message_id for number, m in enumerate(ordered)}


def copy(mail: Head) -> Fate:
    """The fate of a mail that ``nodes`` names no more."""
    return Fate(mail.message_id, Skip.DISCARDED if mail.shelf in _DISCARDED else Skip.DUPLICATE)


def links(mail: Head) -> tuple[str, ...]:
    """What else connects a mail with others, beside its own name."""
    return (*mail.references, f"gmail {mail.gmail_thread}") if mail.gmail_thread else mail.references


def alone(mail: Head, own: Own) -> Skip | None:
    """Why a mail needs no answer whatever else lies in the inbox, or None."""
    wrote = own.wrote(mail)
    return _noise(mail, own, wrote=wrote) or (Skip.OWN if wrote else None)


def settle(thread: Sequence[Head], node: dict[int, str], own: Own) -> dict[int, Fate]:
    """The fates of one thread, given in the order of the inbox; ``node`` names its mails."""
    thread = _in_time(thread)
    oldest = thread[0]
    name = oldest.references[0] if oldest.references else node[oldest.seq]
    later = _Later()
    skips: dict[int, Skip | None] = {}
    for mail in reversed(thread):
        wrote = own.wrote(mail)
        noise = _noise(mail, own, wrote=wrote)
        skips[mail.seq] = noise or (Skip.OWN if wrote else later.settles(mail, node[mail.seq]))
        if noise is None:
            skip, keys = (Skip.ANSWERED, _answers(mail, own)) if wrote else (Skip.SUPERSEDED, [_person(mail)])
            later.note(skip, keys)
    fates, earlier_own = {}, False
    for mail in thread:
        fates[mail.seq] = Fate(name, skips[mail.seq], earlier_own)
        earlier_own = earlier_own or (skips[mail.seq] is Skip.OWN and not _draft(mail))
    return fates


def _in_time(thread: Sequence[Head]) -> list[Head]:
    """By date; a mail without one follows the mail before it in the inbox."""
    when: dict[int, float] = {}
    last = float("-inf")
    for mail in thread:
        last = when[mail.seq] = last if mail.sent is None else mail.sent
    return sorted(thread, key=lambda mail: (when[mail.seq], mail.seq))


def _noise(mail: Head, own: Own, *, wrote: bool) -> Skip | None:
    if mail.shelf in _DISCARDED:
        return Skip.DISCARDED
    if mail.machine:
        return mail.machine
    if _draft(mail) and (wrote or mail.shelf):  # a stranger's mail is read whatever its headers claim
        return Skip.OWN
    listed = mail.bulk and own.lists.isdisjoint(mail.recipients)
    tagged = mail.tag and not any(map(own.has, mail.recipients)) and own.lists.isdisjoint(mail.recipients)
    return Skip.LIST if (listed or tagged) and not wrote else None


def _draft(mail: Head) -> bool:
    return mail.unsent or mail.shelf is Shelf.DRAFT


class _Later:
    """What the mails seen so far, from the latest backwards, settle of the ones before them."""

    def __init__(self) -> None:
        self._rank = 0
        self._marks: dict[tuple[str, ...], tuple[int, Skip]] = {}

    def note(self, skip: Skip, keys: Iterable[tuple[str, ...]]) -> None:
        """What a mail that counts makes of those before it; earlier notes are of later mails and stay."""
        self._rank += 1
        for key in keys:
            self._marks.setdefault(key, (self._rank, skip))

    def settles(self, mail: Head, node: str) -> Skip | None:
        """By the latest of the mails that concern ``mail``, or None."""
        if not self._marks:
            return None
        keys: list[tuple[str, ...]] = [_person(mail), (node, "")]
        for address in {mail.reply_to or mail.sender, mail.sender}:
            if not (mail.reply_to and form.unanswerable(address)):
                keys += (address,), (node, _domain(address))
        return min((self._marks[key] for key in keys if key in self._marks), default=(0, None))[1]


def _person(mail: Head) -> tuple[str, ...]:
    """Who wrote: a form writes for many, who differ in where the answer goes."""
    return ("", mail.sender or mail.message_id, mail.reply_to or mail.sender)


def _answers(mail: Head, own: Own) -> list[tuple[str, ...]]:
    """Whom a mail of ours answers: those it goes to; and of the mail it replies to, anyone at their firm.

    Some exports say of our answers to whom they reply, and not to whom they go.
    """
    parent = mail.references[-1] if mail.references else ""
    if not mail.recipients:
        return [(parent, "")]
    foreign = [address for address in mail.recipients if not own.has(address)]
    return [*((address,) for address in foreign), *((parent, _domain(address)) for address in foreign)]


def _domain(address: str) -> str:
    return address.rpartition("@")[2]
