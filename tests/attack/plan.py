"""Which attacks are run: every text in four manners of obeying it, every pair of moves, and every phrase.

The manners: the writer repeats the text; reader and writer obey it; the writer makes a fixed move; both make one. Who
makes which move where is walked through by number, so that the same runs are made each time.
"""

from collections.abc import Iterator
from typing import NamedTuple

from tests.attack.carry import PLACES
from tests.attack.corpus import Injection, injections
from tests.attack.hosts import Host, hosts
from tests.attack.scene import READS, WRITES

_REPEATS = ("parrot", "parrot_line", "says_what_is_wanted", "only_what_is_wanted")
_OBEYS = ("obeys_as_ask", "obeys_alone")
_SERVES = (
    "speaks_for_the_client",
    "sound",
    "says_what_is_wanted",
    "accepts",
    "accepts_as_offer",
    "swaps_roles",
    "parrot",
)
_SLOW = ("vast", "deep_sentences", "endless_slots", "endless_sentences")  # made with few readings
_HEADED = ("subject", "name", "ids", "reply_to", "attachment")  # where short strings of bytes do harm


class Run(NamedTuple):
    """One attack: a mail, what is put into it and where, and the two moves."""

    number: int
    host: Host
    injection: Injection | None
    place: str
    manner: str
    read: str
    write: str

    def __str__(self) -> str:
        """What it is called in a report."""
        injected = f"{self.injection.folder}/{self.injection.id} in {self.place}" if self.injection else "no text"
        return f"{self.number} {self.host.id}: {injected}; {self.manner}: {self.read}, {self.write}"


def over_texts() -> Iterator[Run]:
    """Every text, once in each manner."""
    reads, writes = list(READS), [name for name in WRITES if name not in _SLOW]
    for number, injection in enumerate(injections()):
        host = hosts()[number % len(hosts())]
        place = _place(injection, number)
        lap = number // len(hosts())
        yield Run(number, host, injection, place, "repeats", "careful", _REPEATS[lap % len(_REPEATS)])
        yield Run(number, host, injection, place, "obeys", _OBEYS[lap % len(_OBEYS)], _SERVES[lap % len(_SERVES)])
        yield Run(number, host, injection, place, "writes", "careful", writes[lap % len(writes)])
        yield Run(number, host, injection, place, "both", reads[lap % len(reads)], writes[(lap * 7) % len(writes)])


def over_moves() -> Iterator[Run]:
    """Every pair of moves, over the honest mails in turn; the phrases change from run to run."""
    pairs = ((read, write) for write in WRITES for read in READS if write not in _SLOW or read == "obeys_alone")
    for number, (read, write) in enumerate(pairs):
        yield Run(number, hosts()[number % len(hosts())], None, "end", "moves", read, write)


def phrases() -> Iterator[Run]:
    """Every move of the writer with every phrase it has, over each honest mail."""
    for write in WRITES:
        for host in hosts() if write not in _SLOW else hosts()[:1]:
            for number in range(12 if write not in _SLOW else 2):
                yield Run(number, host, None, "end", "phrases", "careful", write)


def _place(injection: Injection, number: int) -> str:
    if injection.form != "text":
        return injection.form
    places = _HEADED if injection.folder in {"fuzzdb", "blns"} and number % 2 else tuple(PLACES)
    return places[number // 2 % len(places)]
