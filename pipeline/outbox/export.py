"""Everything that a run leaves behind, written in one pass over its outcomes.

Drafts, an mbox of them, the review page, JSON lines and a table; the same outcomes give the same bytes. ``drafts`` and
the mbox hold only what is unmarked; marked drafts lie in ``review``. All but the draft files is written anew each time.
"""

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipeline.outbox.eml import draft_eml
from pipeline.outbox.filing import filing
from pipeline.outbox.folder import Folder
from pipeline.outbox.page import render
from pipeline.types.business import Profile
from pipeline.types.outcome import Outcome


class Exported(NamedTuple):
    """What was written: number of drafts and of marked ones, files kept because a person touched them, paths by key."""

    drafts: int
    review: int
    kept: tuple[str, ...]
    files: dict[str, str]


def export(outcomes: Iterable[Outcome], folder: Path, profile: Profile, today: date) -> Exported:
    """Write ``outcomes`` (in message order, read once) into ``folder``; earlier exports there are brought up to date.

    Raises:
        OutputError: when the folder cannot be written; whole files written before stay, and the next export goes on.
    """
    place = Folder(folder)
    with filing(place, lambda outcome: draft_eml(outcome, profile, today)) as run:
        names = ("outcomes.jsonl", "summary.csv", "drafts.mbox", "review.html")
        with ExitStack() as opened:
            lines, table, box, page = (opened.enter_context(place.open(name)) for name in names)
            filed = run.filed(outcomes, lines, table, box)
            for chunk in render(filed, firm=profile.name, made=today, files=run.files):
                page.write(chunk.encode())
    marked = sum(name.startswith("review/") for name in run.files.values())
    return Exported(len(run.files) - marked, marked, run.kept, run.files)
