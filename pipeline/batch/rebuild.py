"""Every file of an output folder made anew from its database alone, to the byte as the last run wrote it.

What this leaves out: ``requests.jsonl``, which the batch writes, since only it knows the prompts; and the inbox and the
business folder, which may be gone.
"""

from datetime import date
from pathlib import Path

from pydantic import ValidationError

from pipeline.batch.job import BY_MAIL, settled
from pipeline.batch.store import Store
from pipeline.business.folder import load_business
from pipeline.outbox.export import Exported, export
from pipeline.types.business import Profile

_PROFILE = "profile"


def keep_profile(store: Store, profile: Profile) -> None:
    """Keep what drafts take from the business: its name, address and signature."""
    store.settle({_PROFILE: profile.model_dump_json()})


def rebuild(folder: Path) -> Exported:
    """Write the exports of ``folder`` again; drafts that a person has edited stay as they are.

    Raises:
        UsageError: the folder holds no run, is in use or cannot be written; or it is of a version that kept no profile,
            and its business folder is gone.
    """
    with Store(folder, create=False) as store:
        settings, job = store.settings(), settled(store)
        try:
            profile = Profile.model_validate_json(settings.get(_PROFILE, ""))
        except ValidationError:  # begun by an earlier version
            profile = load_business(Path(job.business)).profile
        today = settings["begun"] if settings["today"] == BY_MAIL else settings["today"]
        return export(store.outcomes(), folder, profile, date.fromisoformat(today))
