"""An earlier no of ours, as far as the next round needs it: what was asked, what was told, what was offered.

Left out: the mail and the draft themselves, which stay in the outcome named by ``key``.
"""

from datetime import date

from pipeline.types.base import Value
from pipeline.types.decision import Action, Offer
from pipeline.types.request import Request


class Told(Value):
    """An alternative as our reply made it: its terms then, and its sentences."""

    offer: Offer
    words: str


class Earlier(Value):
    """A no that we drafted. ``told`` has the offers in the order of the letter, ``rules`` the reasons that were told.

    ``key`` is that of its outcome, ``today`` the day its dates count from; ``kept`` are the numbers of the asks that
    were granted beside the no.
    """

    key: str
    today: date
    action: Action
    code: str
    round: int = 1
    request: Request
    rules: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()
    kept: tuple[int, ...] = ()
    concessions: int = 0
