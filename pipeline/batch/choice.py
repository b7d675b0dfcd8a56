"""Which mails a run works on. The whole inbox is looked at first, so that threads and copies stay what they are.

What is not chosen keeps its row if it has one, and waits for another run otherwise. What this leaves out: remembering
a choice; it is made anew for each run.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from difflib import get_close_matches

from pipeline.batch.job import Choice
from pipeline.errors import UsageError
from pipeline.inbox.headers import Head
from pipeline.types.business import Business
from pipeline.types.message import Address
from pipeline.types.records import Client

_NEAR, _MANY = 0.5, 3  # how like a name must be to be named, and how many are


def suits(choice: Choice, business: Business) -> Callable[[Head], bool] | None:
    """What the head of a mail must be like, or None if any will do.

    Raises:
        UsageError: ``choice.only`` names nobody.
    """
    if not choice.only and choice.since is None:
        return None
    theirs = whose(choice.only, business) if choice.only else None
    return lambda head: (theirs is None or theirs(head.sender)) and _since(choice.since, head.sent)


def _since(first: date | None, sent: int | None) -> bool:
    """Whether a mail was sent on or after the day ``first`` (UTC); one without a date counts as new."""
    return first is None or sent is None or datetime.fromtimestamp(sent, UTC).date() >= first


def whose(words: str, business: Business) -> Callable[[str], bool]:
    """Whether an address is of the client that ``words`` name; an address that no record has stands for itself.

    Raises:
        UsageError: they name nobody.
    """
    wanted = words.strip().casefold()
    client = next((client for client in business.clients if wanted in _names(client)), None)
    if client is None and "@" in wanted:
        client = business.client_of(Address(address=wanted))
        if client is None:
            return lambda sender: sender == wanted
    if client is None:
        raise UsageError(_nobody(words, business))
    return lambda sender: business.client_of(Address(address=sender)) == client


def _names(client: Client) -> tuple[str, ...]:
    return tuple(name.casefold() for name in (client.id, client.name, *client.addresses, *client.domains))


def _nobody(words: str, business: Business) -> str:
    """One sentence that names who may have been meant."""
    known = {name: client.id for client in business.clients for name in _names(client)}
    close = get_close_matches(words.casefold(), known, _MANY, _NEAR)
    parts = [name for name in known if words.casefold() in name]
    near = list(dict.fromkeys(known[name] for name in (*parts, *close)))[:_MANY]
    asked = f"; do you mean {' or '.join(near)}?" if near else ""
    return f"no client of your records is called '{words}'{asked or '; an address names any sender'}"
