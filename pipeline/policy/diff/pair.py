"""Two businesses side by side, and what holds for all mails of one client: what only the new one asks for."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.policy.catalogue.spec import FactSpec
from pipeline.policy.derive.ground import Ground
from pipeline.policy.resolve import Resolved, resolve
from pipeline.policy.vocabulary import vocabulary
from pipeline.types.business import Business
from pipeline.types.message import Message
from pipeline.types.past import Past
from pipeline.types.records import Client
from pipeline.types.request import Request

DERIVING = ("lead_time", "quote_time", "late_after", "included_rounds")
"""The settings that facts are derived from; all others stand in cells and texts alone."""

_RECORDS = ("profile", "clients", "prices", "weeks")


class Pair:
    """The two. Facts are worked out once where both work them out alike."""

    def __init__(self, old: Business, new: Business) -> None:
        self.old, self.new = old, new
        settings = (business.policy.settings for business in (old, new))
        one, other = ({name: each.get(name) for name in DERIVING} for each in settings)
        self._alike = one == other and all(getattr(old, name) == getattr(new, name) for name in _RECORDS)
        self._unasked: dict[tuple[str, str], tuple[FactSpec, ...]] = {}
        self._grown: dict[str, set[str]] = {}

    def facts(self, message: Message, request: Request, past: Past) -> tuple[Resolved, Resolved]:
        """All facts of a mail under the old and under the new business."""
        old = resolve(message, request, self.old, past.today)
        if self._alike:
            return old, replace(old, ground=Ground(self.new, old.ground.client, old.ground.day0))
        return old, resolve(message, request, self.new, past.today)

    def unasked(self, old: Client | None, new: Client | None) -> tuple[FactSpec, ...]:
        """What the new business asks the reader for in a mail of this client, and the old one did not."""
        key = (old.id if old else "", new.id if new else "")
        if key not in self._unasked:
            before = {spec.name: spec for spec in vocabulary(self.old, old)}
            after = vocabulary(self.new, new)
            self._unasked[key] = tuple(spec for spec in after if spec.name not in before)
            for spec in after:
                if spec.entry and spec.name in before:
                    more = set(spec.choices) - set(before[spec.name].choices)
                    self._grown.setdefault(spec.name, set()).update(more)
        return self._unasked[key]

    def remarks(self) -> Iterator[str]:
        """What was asked for in part: records that have new entries since."""
        for name, more in sorted(self._grown.items()):
            if more:
                listed = ", ".join(sorted(more)[:3]) + (", ..." if len(more) > 3 else "")  # noqa: PLR2004 - a few suffice
                yield f"{name} was asked for without {len(more)} of the entries that the new records have: {listed}"
