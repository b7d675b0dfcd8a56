"""The businesses and mails of a suite, each read once for all versions.

Left out: the inbox's reading process; a suite is a file of ours, and its mails are read right here.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from eval.suites.layout import business_of, mail_of
from eval.suites.load import Suite
from eval.types.case import Case
from pipeline.business.folder import load_business
from pipeline.inbox.read import from_bytes
from pipeline.inbox.threads import Own
from pipeline.types.business import Business
from pipeline.types.message import Message


class Opened(NamedTuple):
    """What a case comes to when it is read."""

    business: Business
    message: Message


class Desk:
    """Reads cases. ``place`` is an empty folder for the business folders."""

    def __init__(self, suite: Suite, place: Path) -> None:
        self._suite, self._place = suite, place
        self._business = cache(self._load)
        self._opened: dict[str, Opened] = {}

    def open(self, case: Case) -> Opened:
        """The case's mail and the business that answers it."""
        if case.id not in self._opened:
            business = self._business(case.business)
            profile = business.profile
            data = mail_of(case, profile.addresses[0])
            self._opened[case.id] = Opened(business, from_bytes(data, f"{case.id}.eml", Own.of(profile)))
        return self._opened[case.id]

    def _load(self, name: str) -> Business:
        return load_business(business_of(self._suite, name, self._place))
