"""The page "how we work" as a value: sections of lines, each of which a client may read. Left out: how it looks."""

from enum import StrEnum

from pipeline.types.base import Value


class Manner(StrEnum):
    """How the lines of a section are meant."""

    QUOTED = "quoted"  # our words, as a client would hear them
    LISTED = "listed"
    ASKED = "asked"  # questions, with room for an answer


class Line(Value):
    """One line; ``about`` says what it answers, and may be empty."""

    words: str
    about: str = ""


class Part(Value):
    """Lines that belong together; the heading may be empty."""

    heading: str
    lines: tuple[Line, ...]


class Section(Value):
    """One section of the page."""

    heading: str
    lead: str
    manner: Manner
    parts: tuple[Part, ...]


class Brief(Value):
    """The whole page, in one language. ``left_out`` is for whoever makes it: what could not be said, and why."""

    language: str
    firm: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    contact: str
    left_out: tuple[str, ...] = ()
