"""The business folder: is it there, does it read, is it one's own yet. Left out: what the policy is worth."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.business.folder import load_business
from pipeline.checkup.rows import Row, look, ok, wrong
from pipeline.checkup.unfinished import unfinished
from pipeline.errors import UsageError


def folder_rows(folder: Path, *, named: bool) -> Iterator[Row]:
    """What is found at ``folder``. Not ``named``: it is the default, which a newcomer need not have yet."""
    if not folder.is_dir():
        yield wrong("no_such_folder", folder=folder) if named else look("no_folder")
        return
    try:
        business = load_business(folder)
    except UsageError as error:
        yield wrong("broken_folder", folder=folder, sentence=error)
        return
    policy = business.policy
    yield ok(
        "folder",
        folder=folder,
        name=business.profile.name,
        rules=len(policy.rules),
        alternatives=len(policy.alternatives),
        clients=len(business.clients),
    )
    yield from unfinished(folder, business)
