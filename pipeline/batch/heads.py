"""The heads of an inbox on disk, and what they settle of its mails: memory grows by a few bytes a mail.

``threads`` decides; this keeps the heads where it can ask for one thread, or the mails under one id, at a time. The
place is a temporary database that has no name and goes with the process. Ids are compared by Python's 64-bit hash,
which is keyed anew in each process. Left out: keeping heads for the next run, and a bound on a single thread, whose
heads are in memory at one time.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from pipeline.errors import OutputError
from pipeline.inbox import threads
from pipeline.inbox.headers import Head
from pipeline.inbox.source import Raw, Shelf
from pipeline.inbox.threads import Fate, Own
from pipeline.types.message import Skip

_SCHEMA = (
    """CREATE TABLE heads (
        seq INTEGER PRIMARY KEY, origin BLOB, digest BLOB, problem TEXT, id INTEGER, message_id TEXT, body BLOB,
        refs TEXT, sender TEXT, reply_to TEXT, recipients TEXT, sent INTEGER, signs INTEGER, tag TEXT, machine TEXT,
        shelf TEXT, gmail TEXT, alone TEXT
    )""",
    "CREATE TABLE links (link INTEGER, seq INTEGER)",
    "CREATE TABLE names (seq INTEGER PRIMARY KEY, name TEXT, link INTEGER)",  # of mails that share their id with others
    "CREATE TABLE members (thread INTEGER, seq INTEGER, PRIMARY KEY (thread, seq)) WITHOUT ROWID",
    "CREATE TABLE fates (seq INTEGER PRIMARY KEY, thread TEXT, skip TEXT, earlier_own INTEGER)",
)
_PRAGMAS = ("journal_mode = OFF", "synchronous = OFF", "cache_size = -4096", "temp_store = FILE")
_AT_ONCE = 500  # rows
_HEAD = "heads.seq, message_id, body, refs, sender, reply_to, recipients, sent, signs, tag, machine, shelf, gmail"


class Kept(NamedTuple):
    """One mail of the inbox: ``fate`` is why its head cannot be read, if it is a sentence. ``digest`` is hex."""

    seq: int
    origin: str
    digest: str
    sent: int | None
    fate: Fate | str


class Heads:
    """The heads of one inbox, until ``close``.

    Raises:
        OutputError: from any method, when there is no room for temporary files.
    """

    def __init__(self, own: Own) -> None:
        self.foreign: dict[str, None] = {}  # addresses in the business's sent mail that its profile does not name
        self._own = own
        self._count = self._last = 0
        self._heads: list[tuple[object, ...]] = []
        self._links: list[tuple[int, int]] = []
        with _plainly():
            self._db = sqlite3.connect("", isolation_level=None)
            for statement in (*(f"PRAGMA {pragma}" for pragma in _PRAGMAS), *_SCHEMA):
                self._db.execute(statement)

    def close(self) -> None:
        """Forget all."""
        self._db.close()

    def __len__(self) -> int:
        """How many mails there are."""
        return self._count

    def add(self, raw: Raw, digest: bytes, head: Head) -> None:
        """Keep the head of ``raw``; mails come in the order of their ``seq``."""
        signs = head.list_id | head.bulk << 1 | head.unsent << 2
        alone = threads.alone(head, self._own)
        self._heads.append((
            head.seq, _bytes(raw.origin), digest, None, hash(head.message_id), head.message_id,
            bytes.fromhex(head.body_hash), " ".join(head.references),
            " ".join((head.sender, *head.others)), head.reply_to, " ".join(head.recipients), head.sent, signs, head.tag,
            head.machine, head.shelf, head.gmail_thread, alone,
        ))  # fmt: skip
        self._links += [(hash(link), head.seq) for link in threads.links(head)]
        if head.shelf is Shelf.SENT and head.sender and not self._own.has(head.sender) and len(self.foreign) < _AT_ONCE:
            self.foreign[head.sender] = None
        self._counted(head.seq)

    def refuse(self, raw: Raw, digest: bytes, problem: str) -> None:
        """Keep a mail whose head cannot be read."""
        self._heads.append((raw.seq, _bytes(raw.origin), digest, problem, *[None] * 14))
        self._counted(raw.seq)

    def settle(self) -> None:
        """Say of each mail what the others make of it."""
        with _plainly():
            self._flush()
            self._name()
            self._gather()
            self._put("INSERT INTO fates VALUES (?, ?, ?, ?)", self._settled())

    def __iter__(self) -> Iterator[Kept]:
        """The mails in order, once ``settle`` was called."""
        query = """
            SELECT seq, origin, digest, sent, problem, refs, coalesce(name, message_id), alone, thread, skip,
                earlier_own
            FROM heads LEFT JOIN names USING (seq) LEFT JOIN fates USING (seq) ORDER BY seq"""
        with _plainly():
            for seq, origin, digest, sent, problem, refs, name, alone, thread, skip, earlier in self._db.execute(query):
                if problem is not None:
                    fate: Fate | str = problem
                elif thread is not None:
                    fate = Fate(thread, _skip(skip), bool(earlier))
                else:
                    fate = Fate(refs.partition(" ")[0] or name, _skip(alone))
                yield Kept(seq, origin.decode("utf-8", "surrogatepass"), digest.hex(), sent, fate)

    def _counted(self, seq: int) -> None:
        self._count, self._last = self._count + 1, seq
        if len(self._heads) >= _AT_ONCE:
            with _plainly():
                self._flush()

    def _flush(self) -> None:
        self._put("INSERT INTO heads VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self._heads)
        self._put("INSERT INTO links VALUES (?, ?)", self._links)
        self._heads, self._links = [], []

    def _put(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        with self._db as db:
            db.execute("BEGIN")
            db.executemany(statement, rows)

    def _name(self) -> None:
        """Tell apart the mails that share an id, and the copies among them."""
        self._db.execute("CREATE INDEX by_id ON heads (id)")
        query = f"""
            SELECT {_HEAD} FROM heads WHERE id IN (SELECT id FROM heads GROUP BY id HAVING count(*) > 1)
            ORDER BY id, seq"""  # noqa: S608 - our own columns
        for _, group in groupby(map(_head, self._db.execute(query)), attrgetter("message_id")):
            same = list(group)
            names = threads.nodes(same)
            self._put("INSERT INTO names VALUES (?, ?, ?)", ((seq, name, hash(name)) for seq, name in names.items()))
            copies = ((mail.seq, threads.copy(mail)) for mail in same if mail.seq not in names)
            self._put("INSERT INTO fates VALUES (?, ?, ?, 0)", ((seq, fate.thread, fate.skip) for seq, fate in copies))

    def _joined(self) -> threads.Union:
        """Which mails are in one thread, by ``seq``; copies are in none."""
        copies = bytearray(self._last + 1)
        for (seq,) in self._db.execute("SELECT seq FROM fates"):
            copies[seq] = 1
        joined = threads.Union(len(copies))
        query = """
            SELECT link, seq FROM links UNION ALL
            SELECT coalesce(link, id), heads.seq FROM heads LEFT JOIN names USING (seq) WHERE id IS NOT NULL
            ORDER BY 1"""
        last, first = None, 0
        for link, seq in self._db.execute(query):
            if copies[seq]:
                continue
            if link == last:
                joined.join(first, seq)
            last, first = link, seq
        return joined

    def _gather(self) -> None:
        """List the mails of each thread that has several."""
        joined = self._joined()
        shared = bytearray(self._last + 1)
        for seq in range(len(shared)):
            root = joined.root(seq)
            shared[root] |= root != seq
        rows = ((root, seq) for seq in range(len(shared)) if shared[root := joined.root(seq)])
        self._put("INSERT INTO members VALUES (?, ?)", rows)

    def _settled(self) -> Iterator[tuple[object, ...]]:
        query = f"""
            SELECT {_HEAD}, thread, name FROM members CROSS JOIN heads USING (seq) LEFT JOIN names USING (seq)
            ORDER BY thread, members.seq"""  # noqa: S608 - our own columns
        for _, group in groupby(self._db.execute(query), lambda row: row[-2]):
            rows = list(group)
            mails = [_head(row) for row in rows]
            node = {mail.seq: row[-1] or mail.message_id for mail, row in zip(mails, rows, strict=True)}
            for seq, fate in threads.settle(mails, node, self._own).items():
                yield seq, fate.thread, fate.skip, fate.earlier_own


def _head(row: tuple[Any, ...]) -> Head:
    """What ``add`` wrote."""
    seq, id_, body, refs, sender, reply_to, recipients, sent, signs, tag, machine, shelf, gmail = row[:13]
    sender, _, others = sender.partition(" ")
    return Head(
        seq=seq,
        message_id=id_,
        body_hash=body.hex(),
        references=tuple(refs.split()),
        sender=sender,
        others=tuple(others.split()),
        reply_to=reply_to,
        recipients=tuple(recipients.split()),
        sent=sent,
        list_id=bool(signs & 1),
        bulk=bool(signs & 2),
        unsent=bool(signs & 4),
        tag=tag,
        machine=_skip(machine),
        shelf=Shelf(shelf) if shelf else None,
        gmail_thread=gmail,
    )


def _skip(value: str | None) -> Skip | None:
    return Skip(value) if value else None


def _bytes(origin: str) -> bytes:
    """A file's name may hold what no text can."""
    return origin.encode("utf-8", "surrogatepass")


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OutputError(f"the heads of the mails cannot be kept in the temporary folder: {error}") from error
