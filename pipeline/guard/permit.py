"""What a draft may say: the words and values that code put there, the names it may drop, the strings it must not hold.

The flow builds it from the decision, the business and the same filled slots that the draft stage used. Nothing in it
comes from the model.
"""

from datetime import date

from pydantic import Field

from pipeline.types.base import Value
from pipeline.types.quantities import Quantity


class Permit(Value):
    """The allowances of one draft.

    ``slots`` maps a slot's name to the words that code filled in; ``values`` are the quantities behind them. ``names``
    may appear as they stand (first name, firm, signature, partners). ``private`` strings may not appear in any shape.
    """

    language: str
    today: date
    slots: dict[str, str] = Field(default_factory=dict)
    values: tuple[Quantity, ...] = ()
    names: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
