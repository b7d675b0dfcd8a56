"""What the guard may let through of one letter: slots, names, the client's words, nothing private.

Left out: how the guard looks for them.
"""

from collections.abc import Iterator
from datetime import date

from pipeline.guard.permit import Permit, words_of
from pipeline.letter import Letter
from pipeline.types.business import Business
from pipeline.types.decision import Decision
from pipeline.types.message import Message


def permit(letter: Letter, today: date) -> Permit:
    """What the guard lets through: exactly the slots and names, and never a private string."""
    profile, known = letter.business.profile, letter.slots
    names = [known["client.first_name"].words] if "client.first_name" in known else []
    names += [profile.name, *profile.signature.splitlines(), *(p.name for p in profile.partners)]
    return Permit(
        language=letter.request.language,
        today=today,
        slots={slot.name: slot.words for slot in known.values()},
        values=tuple(slot.value for slot in known.values()),
        names=tuple(name for name in names if name.strip()),
        private=tuple(_private(letter.message, letter.decision, letter.business)),
        known=words_of(*_shown(letter.message), *_profiled(letter.business)),
        mail="\n".join(_written(letter)),
    )


def _shown(message: Message) -> tuple[str, ...]:
    """What the client sees already: their own mail."""
    return (message.subject, message.body, message.history, message.sender.name)


def _written(letter: Letter) -> tuple[str, ...]:
    """What the client wrote. The history of an answer to our no holds our own sentences, which may be said again."""
    message = letter.message
    return (message.subject, message.body, message.history if letter.decision.round == 1 else "", message.sender.name)


def _profiled(business: Business) -> tuple[str, ...]:
    """What we say of ourselves to anyone."""
    profile = business.profile
    partners = (words for partner in profile.partners for words in (partner.name, *partner.for_))
    return (profile.name, profile.signature, *profile.services, *profile.not_offered, *partners)


def _private(message: Message, decision: Decision, business: Business) -> Iterator[str]:
    """Private notes and reasons, and everything that names another client, unless the mail itself names it."""
    mine = business.client_of(message.sender)
    yield from decision.private
    seen = f"{message.subject}\n{message.body}\n{message.history}".casefold()
    for client in business.clients:
        yield from client.private_notes
        if client is not mine:
            words = (client.name, *client.addresses, *client.domains)
            yield from (word for word in words if word.casefold() not in seen)
