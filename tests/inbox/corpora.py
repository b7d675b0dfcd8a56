"""The collections of test mail that lie beside the project, read as a run would read them, and what is known of them.

What a mail is stands in its folder, its file name or its headers as the standard library sees them: never in what this
project makes of it. Among the redmine mails there is no automatic reply, so none is named.
"""

import email
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import UnreadableError
from pipeline.inbox.headers import read_head
from pipeline.inbox.read import read
from pipeline.inbox.source import Raw
from pipeline.inbox.threads import Own, screen
from pipeline.types.message import Message

SHARED = Path(__file__).parents[2] / "../shared"
MAIL = SHARED / "mail"

BOUNCES = (
    "flanker/messages/bounce/",
    "flanker/messages/complaints/",
    "mikel-mail/emails/multipart_report_emails/",
    "enmime/dsn/",
    "webklex/messages/example_bounce",
    "deltachat/message/dsn_relayed",
    "deltachat/message/tlsrpt",
    "deltachat/message/ms_exchange_report_disposition",
)
AUTOMATIC = ("spamassassin-ham/easy-ham-1/00033.", "webklex/messages/mail_that_is_attachment")
NEWSLETTERS = ("spamassassin-ham/hard-ham-1/", "deltachat/message/mailinglist_")
"""The manifest calls the hard ham newsletters."""

NO_NEWSLETTERS = (
    "spamassassin-ham/hard-ham-1/00002.",  # a prize for one winner
    "spamassassin-ham/hard-ham-1/00003.",  # a domain of one owner
    "spamassassin-ham/hard-ham-1/00042.",  # a person on a ticket
)
LIST_HEADERS = ("list-id", "list-post", "list-unsubscribe", "mailing-list", "x-mailing-list", "x-beenthere")


class Row(NamedTuple):
    """How one file ended: as a message, or with a sentence why not; CPU seconds for the reading of it."""

    name: str
    message: Message | None
    problem: str
    seconds: float


def files(every: int = 1) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each ``every``-th file, and of each that nobody may answer."""
    paths = sorted(p for p in MAIL.rglob("*") if p.is_file() and p.name != "MANIFEST.md")
    for number, path in enumerate(paths):
        name, data = path.relative_to(MAIL).as_posix(), path.read_bytes()
        if number % every == 0 or is_report(name) or is_bulk(name, data):
            yield name, data


def rows(pairs: Iterable[tuple[str, bytes]], own: Own | None = None) -> list[Row]:
    """Every file as one inbox: heads first, then each mail; anything but ``UnreadableError`` passes through."""
    raws = [Raw(seq, name, data) for seq, (name, data) in enumerate(pairs)]
    heads, found = [], []
    for raw in raws:
        try:
            heads.append(read_head(raw))
        except UnreadableError as error:
            found.append(Row(raw.origin, None, str(error), 0))
    fates = screen(heads, own or Own())
    for head in heads:
        raw, start = raws[head.seq], time.process_time()
        try:
            message, problem = read(raw, fates[head.seq]), ""
        except UnreadableError as error:
            message, problem = None, str(error)
        found.append(Row(raw.origin, message, problem, time.process_time() - start))
    return found


def is_report(name: str) -> bool:
    """Whether a file is a bounce, a complaint, a receipt or an automatic reply."""
    return name.startswith((*BOUNCES, *AUTOMATIC)) or ("deltachat" in name and "ndn" in name)


def is_bulk(name: str, data: bytes) -> bool:
    """Whether a file is a newsletter, or mail of a list or a feed."""
    if name.startswith(NO_NEWSLETTERS):
        return False
    mail = email.message_from_bytes(data)
    to = f"{mail.get('to', '')} {mail.get('cc', '')}"
    return (
        name.startswith(NEWSLETTERS)
        or any(header in mail for header in LIST_HEADERS)
        or str(mail.get("precedence", "")).strip().lower() in {"bulk", "list", "junk"}
        or (name.startswith("notmuch/") and "notmuch@notmuchmail.org" in to)
        or "rssfeeds@" in str(mail.get("from", ""))
    )
