"""Whom a draft greets: the names that a client's record or the mail itself shows. Left out: the greeting's words."""

import re

from pipeline.types.business import Business
from pipeline.types.message import Message
from pipeline.values.senders import given_name, is_title, spoken
from pipeline.values.text import visible

_ASIDE = re.compile(r"\([^()]*\)")
_PERSON = r"[^\W\d_][\w'’.-]{0,24}(?:[ -][^\W\d_][\w'’.-]{0,24}){0,2}"  # noqa: RUF001 - both apostrophes are met in names
_NAME = re.compile(rf"{_PERSON}(?: & {_PERSON})?")


def client_name(message: Message, business: Business) -> tuple[str, str]:
    """First name and full name to greet with; empty when the sender shows nothing that reads like a name.

    A record's first name belongs to its addresses: someone else of the same firm is greeted by their own name.
    """
    shown = " ".join(_ASIDE.sub(" ", visible(message.sender.name)).split())
    shown = shown if _NAME.fullmatch(shown) else ""
    first = given_name(shown)
    full = shown if first or any(map(is_title, shown.split()[:1])) else ""
    client = business.client_of(message.sender)
    if client and client.first_name and message.sender.address in client.addresses:
        return client.first_name, full or client.first_name
    return first, full


def greeting_names(message: Message, business: Business) -> tuple[str, str]:
    """The name to greet with, titles included unless a record says otherwise, and the full one."""
    first, full = client_name(message, business)
    return spoken(full) if first in {"", given_name(full)} else first, full
