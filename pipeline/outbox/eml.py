"""One draft as an ``.eml`` file: a reply in its thread, to one person, that opens as unsent where programs know how.

Same outcome, same bytes: the Date is noon UTC of the day of the run, the Message-ID a hash of the outcome's key. Before
anything leaves here it is read again and compared. It leaves out HTML, attachments, Cc, Bcc and every way of sending.
"""

from datetime import date

from pipeline.errors import CandorError
from pipeline.outbox.quoted import reply_body
from pipeline.outbox.reply import reply_fields
from pipeline.outbox.wire import write
from pipeline.types.business import Profile
from pipeline.types.outcome import Outcome


def draft_eml(outcome: Outcome, profile: Profile, today: date) -> bytes:
    """The draft of ``outcome`` as the bytes of a message with CRLF line ends.

    Raises:
        CandorError: naming the field that cannot be written, or that did not read back as written.
    """
    message, draft = outcome.message, outcome.draft
    if message is None or draft is None:
        raise CandorError("there is no draft to write")
    return write(tuple(reply_fields(outcome, message, profile, today)), reply_body(draft, message))
