"""Turns the model replies behind a finished run into a recorded set that can be replayed and shared.

What this leaves out: calls that no current outcome used, and the replies of the offline and recorded models, which are
not calls of ours.
"""

from collections.abc import Iterator
from pathlib import Path

from pipeline.batch.store import Call, Store
from pipeline.errors import OutputError, UsageError
from pipeline.llm.recorded import Header, Row, write_set


def write_record(store: Store, into: Path, header: Header) -> int:
    """Write the calls that the current outcomes used as a set at ``into``; returns how many.

    ``header.model`` is replaced by the name, or names, by which the models themselves answered.

    Raises:
        UsageError: no outcome used a model's reply.
        OutputError: ``into`` cannot be written.
    """
    calls = list(used(store))
    if not calls:
        raise UsageError("there is nothing to record: no outcome of this run used a reply of a model")
    models = ", ".join(sorted({call.completion.model for call in calls}))
    try:
        write_set(into, header.model_copy(update={"model": models}), map(_row, calls))
    except OSError as error:
        raise OutputError(f"{into} cannot be written: {error.strerror}") from None
    return len(calls)


def used(store: Store) -> Iterator[Call]:
    """The stored calls behind the current outcomes, each once, in the order of the inbox."""
    keys = dict.fromkeys(attempt.call for outcome in store.outcomes() for attempt in outcome.attempts)
    return (call for key in keys if (call := store.call(key)))


def _row(call: Call) -> Row:
    reply = call.completion
    return Row(key=reply.call, prompt=call.prompt, text=reply.text, usage=reply.usage)
