"""Keeps records and choices as they are made, and in order at the end: by case, repeat and version, each key once.

Left out: records that the plan no longer asks for; they go when the run ends.
"""

from collections.abc import Iterable, Sequence
from typing import Self

from eval.runs.folder import CHOICES, RECORDS, RunFolder, appended, read_choices, read_records, rewrite, write_line
from eval.runs.unit import Made
from eval.types.record import Record


class Keeper:
    """The records of one run. ``keys`` are those that the plan asks for, in order."""

    def __init__(self, folder: RunFolder, keys: Sequence[str]) -> None:
        self._path, self._keys = folder.path, keys
        self._records = {row.key: row for row in read_records(self._path)}
        self._lines: dict[str, str] = {}  # of the records made now
        self._choices = {row.key: row for row in read_choices(self._path)}
        self._in_order = list(self._records) == list(keys)  # a run that is complete is not written again
        self._record_file, self._choice_file = appended(self._path / RECORDS), appended(self._path / CHOICES)

    def has(self, keys: Iterable[str]) -> bool:
        """Whether all of these records are kept, and with them the choices between their drafts."""
        return all(key in self._records for key in keys)

    def keep(self, made: Made) -> None:
        """Write down what came of a unit: its choices first, so that records that are kept have theirs."""
        self._in_order = False
        for choice in made.choices:
            self._choices[choice.key] = choice
            write_line(self._choice_file, choice)
        for record in made.records:
            self._records[record.key] = record
            self._lines[record.key] = write_line(self._record_file, record)

    def records(self) -> tuple[Record, ...]:
        """What is kept of what the plan asks for, in order."""
        return tuple(self._records[key] for key in self._keys if key in self._records)

    def __enter__(self) -> Self:
        """The keeper itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Write all in order, unless it is."""
        self._record_file.close()
        self._choice_file.close()
        if self._in_order:
            return
        records = self.records()
        rewrite(self._path / RECORDS, (self._lines.get(record.key, record) for record in records))
        place = {(row.about.case, row.repeat): number for number, row in enumerate(records)}
        choices = [row for row in self._choices.values() if (row.about.case, row.repeat) in place]
        choices.sort(key=lambda row: (place[row.about.case, row.repeat], row.first, row.second))
        rewrite(self._path / CHOICES, choices)
