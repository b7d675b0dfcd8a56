"""The headers of a reply: who writes to whom, under which subject, and where in the thread it belongs.

An id that reading made up for a mail without one is never passed on: nobody else knows it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from pipeline.outbox import headers
from pipeline.types.business import Profile
from pipeline.types.message import Address, Message
from pipeline.types.outcome import Outcome

_MADE_UP = "@id.invalid>"  # as ``inbox`` ends the id of a mail that brings none


def reply_fields(outcome: Outcome, message: Message, profile: Profile, today: date) -> Iterator[headers.Field]:
    """The headers in the order they are written. An id that is not well-formed is left out rather than passed on.

    Raises:
        CandorError: when an address cannot be written, naming the field.
    """
    yield headers.mailbox("From", _ours(message, profile))
    yield headers.mailbox("To", message.reply_to or message.sender)
    yield headers.subject((outcome.draft and outcome.draft.subject) or message.subject)
    yield headers.text_field("Date", format_datetime(datetime.combine(today, time(12), UTC)))
    yield headers.id_field("Message-ID", [message_id(outcome)])
    if parent := _known([message.message_id])[:1]:
        yield headers.id_field("In-Reply-To", parent)
    if thread := headers.ends(_known([*(r for r in message.references if r not in parent), *parent])):
        yield headers.id_field("References", thread)
    yield headers.text_field("X-Unsent", "1")
    if outcome.marked:
        yield headers.text_field("X-Candor-Review", ", ".join(outcome.marked))


def message_id(outcome: Outcome) -> str:
    """The draft's own id: the same for the same outcome, so that a second export replaces and never doubles."""
    return f"<{hashlib.sha256(outcome.key.encode()).hexdigest()[:32]}@draft.invalid>"


def _known(ids: Iterable[str]) -> tuple[str, ...]:
    """The well-formed ids among ``ids`` that a mail program may know."""
    return tuple(id_ for id_ in headers.ids(ids) if not id_.endswith(_MADE_UP))


def _ours(message: Message, profile: Profile) -> Address:
    """The address of ours that was written to, else our first."""
    own = {address.lower(): address for address in profile.addresses}
    written_to = (own[to.address.lower()] for to in (*message.to, *message.cc) if to.address.lower() in own)
    address = next(written_to, profile.addresses[0] if profile.addresses else "")
    return Address(address=address, name=profile.name)
