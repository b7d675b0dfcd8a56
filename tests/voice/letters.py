"""Builders of the tests: a sent mail as bytes and as it is read, and the traits of one."""

from pipeline.inbox.read import from_bytes
from pipeline.types.message import Message
from pipeline.voice.traits import Traits

ME = "hannah@marrowandfinch.example"


def mail(body: str, to: str = "mia@lark.example", number: int = 1, more: str = "", sender: str = ME) -> bytes:
    """One mail of ours."""
    head = f"From: Hannah Marrow <{sender}>\nTo: {to}\nSubject: News\nMessage-ID: <{number}@m.example>\n{more}"
    return f"{head}Content-Type: text/plain; charset=utf-8\n\n{body}\n".encode()


def read(body: str, to: str = "mia@lark.example") -> Message:
    """It as a message."""
    return from_bytes(mail(body, to), "mail.eml")


def traits(to: str = "a@lark.example", **more: object) -> Traits:
    """Those of an English mail of a hundred words in ten sentences."""
    return Traits.model_validate({"language": "en", "to": to, "words": 100, "sentences": 10, **more})
