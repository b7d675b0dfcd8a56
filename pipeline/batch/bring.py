"""What a batch gave: its files downloaded beside the drafts, and taken in. Both stay there, for a person to look at.

A file that cannot be had (deleted, endless, too large) counts as empty: its requests came back unanswered. What this
leaves out: when a batch is done, which ``exchange`` knows.
"""

from functools import partial

from pipeline.batch.files import Collected, take
from pipeline.batch.sent import TRIES, Sent, taken
from pipeline.batch.store import Store
from pipeline.errors import RequestError
from pipeline.llm.batches import Batch, Batches
from pipeline.outbox.folder import Folder

_REPLY, _REPLIES = 100_000, 1_000_000  # bytes of a reply on average, and of a file besides


async def bring(store: Store, service: Batches, one: Sent, batch: Batch, *, final: bool = False) -> Collected:
    """Write ``results-N.jsonl`` and ``results-N-errors.jsonl``, and take them in; ``final`` as in ``take``.

    Raises:
        OutputError: the folder cannot be written.
        CandorError: as ``Batches``; the same again does no harm.
    """
    folder, got = Folder(store.folder), []
    for file, name in ((batch.output, ""), (batch.errors, "-errors")):
        if file:
            path = store.folder / f"results-{one.number}{name}.jsonl"
            try:
                await service.download(file, partial(folder.open, path.name), one.lines * _REPLY + _REPLIES)
            except RequestError:
                continue
            got.append(path)
    took = take(store, got, final=final)
    taken(store, one.mark, tries=1 if final else TRIES)
    return took
