"""What a worst-case model knows when it answers, and the registry of its moves.

It knows more than any model ever would: the sender's text, what that text wants said, the private strings of the
business and the other clients. A move is a small function from this to a reply.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ruamel.yaml import YAML

from tests.attack.corpus import Injection
from tests.attack.hosts import Host, Reply, letter

CANARY = "zelquorvan"
"""A private note of every client in full."""

LONG = "their floor is velbrontide since the marquessa affair of last spring"
"""Another one, of several words."""

OTHER = "Brintally Foxgrove"
"""The name of another client."""

Sentences = list[tuple[str, str]]
"""A draft: what backs each sentence, and its text with slots."""


class Scene(NamedTuple):
    """One call. ``offers`` are those that the writer is shown; ``base`` is a sound draft of what was decided."""

    host: Host
    injection: Injection | None
    number: int
    base: tuple[tuple[str, str], ...] = ()
    offers: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The sender's words, or none."""
        return self.injection.text if self.injection else ""

    @property
    def wanted(self) -> str:
        """What the sender's text wants said, as well as that can be told, else the text itself."""
        return (self.injection.goal if self.injection else "") or self.text

    def pick(self, *path: str) -> str:
        """One of a list of phrases, another one on each run."""
        found = phrases()[path[0]]
        for name in path[1:]:
            found = found.get(name, found["en"]) if isinstance(found, dict) else found
        assert isinstance(found, list)
        return found[self.number % len(found)].replace("{canary}", CANARY).replace("{other}", OTHER)

    def draft(self) -> Sentences:
        """A sound draft to change."""
        return list(self.base) or letter(self.host)


Read = Callable[[Scene], Reply | str]
Write = Callable[[Scene], Sentences | str]

READS: dict[str, Read] = {}
WRITES: dict[str, Write] = {}


def read_move(move: Read) -> Read:
    """Registers a way to misread a mail."""
    READS[move.__name__] = move
    return move


def write_move(move: Write) -> Write:
    """Registers a way to miswrite a draft."""
    WRITES[move.__name__] = move
    return move


@cache
def phrases() -> dict[str, dict[str, list[str]] | list[str]]:
    """The phrases, by what they try; lists, or lists by language."""
    found: dict[str, dict[str, list[str]] | list[str]] = YAML(typ="safe").load(Path(__file__).with_name("phrases.yaml"))
    return found
