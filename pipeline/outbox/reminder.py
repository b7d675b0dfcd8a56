"""A letter that answers no mail, as an unsent ``.eml`` file: the same letter on the same day gives the same bytes.

What this leaves out: every way of sending, and threads.
"""

import hashlib
from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from pipeline.outbox import headers
from pipeline.outbox.characters import plain
from pipeline.outbox.wire import write
from pipeline.types.business import Profile
from pipeline.types.message import Address


def reminder_eml(subject: str, body: str, to: Address, profile: Profile, today: date) -> bytes:
    """The letter as the bytes of a message with CRLF line ends.

    Raises:
        CandorError: naming the field that cannot be written, or that did not read back as written.
    """
    text = f"{plain(body).rstrip()}\n"
    digest = hashlib.sha256(repr((to.address, subject, text, today.isoformat())).encode()).hexdigest()[:32]
    ours = Address(address=profile.addresses[0] if profile.addresses else "", name=profile.name)
    fields = (
        headers.mailbox("From", ours),
        headers.mailbox("To", to),
        headers.text_field("Subject", subject),
        headers.text_field("Date", format_datetime(datetime.combine(today, time(12), UTC))),
        headers.id_field("Message-ID", [f"<{digest}@draft.invalid>"]),
        headers.text_field("X-Unsent", "1"),
    )
    return write(fields, text)
