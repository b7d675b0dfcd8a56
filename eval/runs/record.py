"""Turns the replies of a run into recorded sets, one a model: what drafted, and what judged.

Left out: replies that no record used, and those that were replayed from a set already.
"""

from datetime import date
from pathlib import Path

from eval.runs.folder import CALLS, Kept, read_kept, read_plan, read_records
from eval.types.record import Record
from pipeline.errors import OutputError, UsageError
from pipeline.llm.compose import parameters_of
from pipeline.llm.recorded import Header, Row, write_set

_JUDGING = ("judge", "pair")


def record(folder: Path, into: Path, label: str, day: date) -> dict[str, int]:
    """Write the sets ``drafts`` and ``judge`` under ``into``; returns how many replies each holds.

    Raises:
        UsageError: there is nothing to record.
        OutputError: ``into`` cannot be written.
    """
    plan, calls, records = read_plan(folder), read_kept(folder / CALLS), read_records(folder)
    used, hashes = {attempt.call for one in records for attempt in one.outcome.attempts}, _hashes(records)
    judged = [call for call in calls if call.prompt.startswith(_JUDGING)]
    drafted = [call for call in calls if call.reply.call in used]
    parts = {"drafts": (plan.model, drafted), "judge": (plan.judge or plan.model, judged)}
    written = {name: len(rows) for name, (_, rows) in parts.items() if rows}
    if not written:
        raise UsageError(f"there is nothing to record: no model was asked in {folder}")
    try:
        for name in written:
            spec, rows = parts[name]
            header = Header(
                name=f"{into.name}-{name}",
                model=", ".join(sorted({call.reply.model for call in rows})),
                parameters=parameters_of(spec),
                date=day,
                label=label,
                prompts={version: hashes.get(version, "") for version in sorted({call.prompt for call in rows})},
            )
            write_set(into / name, header, map(_row, rows))
    except OSError as error:
        raise OutputError(f"{into} cannot be written: {error.strerror}") from None
    return written


def _hashes(records: tuple[Record, ...]) -> dict[str, str]:
    """The hash of each prompt version that made a record."""
    judged = {one.judgement.prompt: one.judgement.prompt_hash for one in records if one.judgement}
    return judged | {name: hash_ for one in records for name, hash_ in one.prompts.items()}


def _row(call: Kept) -> Row:
    return Row(key=call.key, prompt=call.prompt, text=call.reply.text, usage=call.reply.usage)
