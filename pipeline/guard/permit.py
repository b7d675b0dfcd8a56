"""What a draft may say: the words and values that code put there, names it may drop, strings it must not hold.

The flow builds it from the decision, the business and the same filled slots that the draft stage used. Nothing in it
comes from the model.
"""

import re
from datetime import date

from pydantic import Field

from pipeline.guard.lexicon import folded
from pipeline.types.base import Value
from pipeline.types.quantities import Quantity

_WORD = re.compile(r"[^\W_]+")


class Permit(Value):
    """The allowances of one draft.

    ``slots`` maps a slot's name to the words that code filled in; ``values`` are the quantities behind them. ``names``
    may appear as they stand (first name, firm, signature, partners). ``private`` strings may not appear in any shape.
    ``known`` are the words, folded, of the mail and of our profile: a name among them is no news to the client.
    ``mail`` is what they wrote, which the writer never saw: nothing may be copied from it but through a slot.
    """

    language: str
    today: date
    slots: dict[str, str] = Field(default_factory=dict)
    values: tuple[Quantity, ...] = ()
    names: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    mail: str = ""


def words_of(*texts: str) -> frozenset[str]:
    """The words of some texts, folded, for ``known``."""
    return frozenset(word for text in texts for word in _WORD.findall(folded(text).text))
