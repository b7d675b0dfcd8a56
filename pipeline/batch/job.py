"""What a run is told, as plain values that its output folder keeps, and the days its drafts are dated by.

What this leaves out: reading settings and the clock; both come as arguments.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import ValidationError, field_validator

from pipeline.batch.store import Store
from pipeline.errors import OutputError, UsageError
from pipeline.inbox.sources.kinds import Kind
from pipeline.llm.compose import ModelSpec
from pipeline.types.base import Value

CHOSEN = "chosen"
"""The setting that holds the keys of what a run chose, and a word in front; empty when that was everything."""
BY_MAIL = "mail"
"""The word for ``today`` under which each mail is read on the day it was sent."""


class Job(Value):
    """One run. ``inbox``, ``business`` and ``columns`` are paths; ``prompts`` names versions such as ``draft@v1``.

    ``address`` is that of a cluster, empty for this machine, and ``workers`` its processes, 0 for as many as fit.
    ``earlier`` are output folders whose noes the mails may answer, beside those of its own.
    ``today`` is an ISO date, ``mail`` (each mail's own day, for replaying history), or empty for the folder's own day.
    """

    inbox: str
    format: Kind | None = None
    columns: str = ""
    business: str
    prompts: tuple[str, ...]
    model: ModelSpec
    engine: Literal["live", "files", "ray"] = "live"
    address: str = ""
    workers: int = 0
    today: str = ""
    earlier: tuple[str, ...] = ()

    @field_validator("inbox", "business", "columns")
    @classmethod
    def _anchored(cls, path: str) -> str:
        """Absolute, because ``collect`` may be called from elsewhere."""
        return str(Path(path).absolute()) if path else ""

    @field_validator("earlier")
    @classmethod
    def _all_anchored(cls, paths: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(Path(path).absolute()) for path in paths)


class Choice(Value):
    """Which mails one run works on; everything, if nothing is said. It is no part of the job that a folder remembers.

    ``since`` is the first day (UTC) on which a mail may have been sent; one without a date counts as new. ``only`` is
    a client. ``limit`` counts mails for the model. ``failed``: only what has failed, also where that may happen again.
    ``keys``: of the outcomes that an earlier run was to make, if that is what counts.
    """

    since: date | None = None
    only: str = ""
    limit: int | None = None
    failed: bool = False
    keys: frozenset[str] | None = None


class Submit(Value):
    """That files go to the provider and results come back by themselves. ``final``: what fails is not asked again.

    ``pauses`` are the seconds between two looks at what runs there, at first and at most.
    """

    final: bool = False
    pauses: tuple[float, float] = (1.0, 60.0)


EVERYTHING = Choice()


class Days(NamedTuple):
    """The day a mail is answered on: ``today``, or with ``by_mail`` its own, where it has one."""

    today: date
    by_mail: bool = False

    def of(self, sent: datetime | None) -> date:
        """The day for a mail sent then. It is the day on the sender's clock."""
        return sent.date() if self.by_mail and sent else self.today


def settle(store: Store, job: Job, now: date) -> Days:
    """Keep the job in its output folder; the first one fixes the day for all that follow. Raises as ``days_of``."""
    days = days_of(store, job, now)
    today = BY_MAIL if days.by_mail else days.today.isoformat()
    begun = store.settings().get("begun") or now.isoformat()
    store.settle({"today": today, "begun": begun, "job": job.model_copy(update={"today": today}).model_dump_json()})
    return days


def days_of(store: Store, job: Job, now: date) -> Days:
    """The days that a run of the job would have in this folder.

    Raises:
        UsageError: ``today`` is no day.
        OutputError: the folder was begun with another ``today``, or waits for replies to requests in files.
    """
    kept = store.settings()
    if job.engine != "files" and store.expecting():
        raise OutputError(
            f"{store.folder} still waits for replies to requests.jsonl: go on with 'candor collect' or --engine files, "
            "or use another folder"
        )
    wanted = _checked(job.today)
    today = kept.get("today") or wanted or now.isoformat()
    if wanted and wanted != today:
        raise OutputError(f"this output folder was begun with --today {today}; use another folder for {wanted}")
    begun = kept.get("begun") or now.isoformat()
    return Days(date.fromisoformat(begun if today == BY_MAIL else today), by_mail=today == BY_MAIL)


def chosen_before(store: Store) -> Choice:
    """What the last run chose, and has not brought to its end: its files shall not ask for more than it would have."""
    kept = store.settings().get(CHOSEN, "")
    return Choice(keys=frozenset(kept.split())) if kept else EVERYTHING


def other_model(store: Store, job: Job) -> str:
    """What to tell of a folder that another model answered before; empty where it is the same, or the first."""
    try:
        before = settled(store).model
    except OutputError:
        return ""
    if before == job.model:
        return ""
    return (
        f"This folder was last made with --model {before.name}, and is made anew with {job.model.name} now. Nothing is "
        "lost: the earlier command brings the earlier drafts back."
    )


def settled(store: Store) -> Job:
    """The job that the folder was last given.

    Raises:
        OutputError: the folder has none.
    """
    try:
        return Job.model_validate_json(store.settings().get("job", ""))
    except ValidationError:
        raise OutputError("the output folder does not say what it was made from; run 'candor batch' again") from None


def _checked(today: str) -> str:
    if today in {"", BY_MAIL}:
        return today
    try:
        return date.fromisoformat(today).isoformat()
    except ValueError:
        raise UsageError(f"'{today}' is no day; write it as 2026-05-04, or '{BY_MAIL}'") from None


def check(folder: Path, job: Job) -> None:
    """Refuse what no output folder should begin with: our own drafts read as mail, or a name that it can't remember.

    Raises:
        OutputError: the output folder is a file, or the inbox, or the inbox is one of our drafts' places in it.
        UsageError: a name holds a byte that is not UTF-8.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file; --out names a folder")
    inbox = Path(job.inbox)
    out, mails = folder.resolve(), inbox.resolve()
    if mails == out or any(mails.is_relative_to(out / name) for name in ("drafts", "review", "drafts.mbox")):
        raise OutputError(
            f"the output folder {folder} and the inbox {inbox} are in each other's way; take another --out"
        )
    try:
        job.model_dump_json()
    except ValueError:
        raise UsageError(
            "the name of the inbox, the business folder or the recorded set is not UTF-8; rename it"
        ) from None
