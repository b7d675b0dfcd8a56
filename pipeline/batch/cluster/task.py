"""What a worker of a cluster is told and what it tells, as plain values. What this leaves out: mails and rows."""

from pathlib import Path
from typing import NamedTuple

from pipeline.llm.compose import ModelSpec
from pipeline.prompts import Prompts
from pipeline.types.business import Business


class Task(NamedTuple):
    """All that a worker must know. ``model`` has this worker's part of the rate; ``folder`` is on shared storage.

    ``proof`` is the key of no message: a worker with another Candor than its driver's finds
    another one. ``at_once`` are the messages of a parcel in the flow at a time. ``anew``: what failed is tried again,
    and a reply of this run takes the place of one that was of no use.
    """

    model: ModelSpec
    business: Business
    prompts: Prompts
    folder: Path = Path()
    run: str = ""
    proof: str = ""
    at_once: int = 1
    anew: bool = False


class Report(NamedTuple):
    """What became of a parcel: ``kind`` and ``fault`` are the class and the sentence of what stopped it, or empty."""

    parcel: str
    kind: str = ""
    fault: str = ""
