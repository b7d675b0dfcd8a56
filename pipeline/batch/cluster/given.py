"""The noes of ours that came with the mails that answer them. What this leaves out: looking for them (``before``)."""

from collections.abc import AsyncGenerator, Iterable, Sequence

from pipeline.batch.cluster.parcels import Item
from pipeline.batch.plan import Paired
from pipeline.types.earlier import Earlier
from pipeline.types.message import Message


class Given:
    """``Noes`` for a worker, that was told which mail answers which."""

    def __init__(self) -> None:
        self._earlier: dict[str, Earlier] = {}

    async def paired(self, items: Iterable[Item], answering: set[str]) -> AsyncGenerator[Paired, None]:
        """The mails of ``items``; what they answer is known from then on, and their keys are in ``answering``."""
        for raw, one, earlier in items:
            if earlier:
                self._earlier[one.digest] = earlier
                answering.add(one.digest)
            yield raw, one

    def forget(self, mails: Iterable[str]) -> None:
        """These are done."""
        for mail in mails:
            self._earlier.pop(mail, None)

    def may_know(self, sender: str) -> bool:  # noqa: ARG002 - each mail tells for itself
        """Always."""
        return True

    def answered_by(self, message: Message, ours: Sequence[Message] = ()) -> Earlier | None:  # noqa: ARG002 - it is known
        """The no that came with this mail, if any."""
        return self._earlier.get(message.key)
