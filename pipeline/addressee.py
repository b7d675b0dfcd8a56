"""Whom a draft greets: the name in a client's record, or the one by which they sign, or the one that their mail shows.

Who signs with a first name is greeted by it, short or not; who signs with a title or a family name alone, formally. A
signed name that the sender shows nothing of counts only where the sender shows no person, and is never one of ours or
of another client. Left out: the greeting's form, which ``voice.manner`` keeps.
"""

import re

from pipeline.signing import How, Signed, related, signed
from pipeline.types.business import Business
from pipeline.types.message import Message
from pipeline.values.senders import called, formal, given_name, is_title, spoken
from pipeline.values.text import simple, visible
from pipeline.voice.manner import Manner, greeted
from pipeline.voice.register import marks

_ASIDE = re.compile(r"\([^()]*\)")
_PERSON = r"[^\W\d_][\w'’.-]{0,24}(?:[ -][^\W\d_][\w'’.-]{0,24}){0,2}"  # noqa: RUF001 - both apostrophes are met in names
_NAME = re.compile(rf"{_PERSON}(?: & {_PERSON})?")
_WORD = re.compile(r"[^\W\d_]{3,}")


def greeting(message: Message, business: Business, manner: Manner, language: str) -> str:
    """The line that greets, in ``language``."""
    formally = manner.formality == "formal" and _writes_formally(message, language)
    name, full = (called(each, language) for each in greeting_names(message, business, formally=formally))
    titled = manner.titled and is_title(full.partition(" ")[0])
    return greeted(manner.titled if titled else manner.greeting, name, full)


def client_name(message: Message, business: Business) -> tuple[str, str]:
    """First name and full name to greet with; empty when neither signature nor sender reads like a name.

    A record's first name belongs to its addresses: someone else of the same firm is greeted by their own name.
    """
    first, full = _shown(message)
    client = business.client_of(message.sender)
    if client and client.first_name and message.sender.address in client.addresses:
        return client.first_name, full or client.first_name
    signs = signed(message)
    return _as_signed(signs, first, full) if signs and _counts(signs, full, first, business) else (first, full)


def greeting_names(message: Message, business: Business, *, formally: bool = False) -> tuple[str, str]:
    """The name to greet with, titles included unless a record or the signature says otherwise, and the full one.

    ``formally``: they write so themselves, so a first name alone is for those who sign with it.
    """
    first, full = client_name(message, business)
    if first not in {"", given_name(full)}:
        return first, full
    signs = signed(message)
    if signs and signs.how is How.FIRST and first:
        return first, full
    if signs and signs.how is How.FAMILY and not first:
        return full, full
    return full if formally and first else formal(spoken(full)), formal(full)


def _writes_formally(message: Message, language: str) -> bool:
    """Whether they greet or close as one does with a title ("Sehr geehrte", "Madame"), and are nowhere familiar."""
    found = marks(f"{message.body}\n\n{message.signature}", language)
    formal_form = any(mark.hint and mark.formality == "formal" for mark in found)
    return formal_form and not any(mark.formality == "informal" for mark in found)


def _shown(message: Message) -> tuple[str, str]:
    shown = " ".join(_ASIDE.sub(" ", visible(message.sender.name)).split())
    shown = shown if _NAME.fullmatch(shown) else ""
    first = given_name(shown)
    return first, shown if first or any(map(is_title, shown.split()[:1])) else ""


def _counts(signs: Signed, full: str, first: str, business: Business) -> bool:
    """Whether the name that they sign is theirs, as far as can be told."""
    if any(related(word, full) for word in signs.name.split() if not is_title(word)):
        return True
    return signs.closed and not first and not _ours(signs.name, business)


def _as_signed(signs: Signed, first: str, full: str) -> tuple[str, str]:
    match signs.how:
        case How.FIRST:
            return signs.name, full if first else signs.name
        case How.FAMILY:
            return "", full
        case How.TITLED:
            return given_name(signs.name), signs.name
        case How.FULL:
            return (first, full) if first or full else (given_name(signs.name), signs.name)


def _ours(name: str, business: Business) -> bool:
    """Whether a name is one of ours, or of any client on record."""
    profile = business.profile
    known = [profile.name, profile.signature, *(each.name for each in profile.people)]
    known += [each.name for each in profile.partners]
    known += [text for client in business.clients for text in (client.name, client.first_name)]
    words = {word for text in known for word in _WORD.findall(simple(text).text)}
    return any(word in words for word in _WORD.findall(simple(name).text))
