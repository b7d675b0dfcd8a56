"""What the options and the environment settle for one call of ``candor``: built once in ``cli``, seen by no one else.

What this leaves out: the key of an endpoint, which stays in the environment until the endpoint is called.
"""

from pathlib import Path
from typing import NamedTuple


class Settings(NamedTuple):
    """The shared options.

    ``model`` is ``offline``, ``recorded``, ``recorded:FOLDER`` or ``openai:NAME``; ``prompts`` are versions such as
    ``draft@v1``; ``today`` is an ISO date, ``mail`` (each mail's own day), or empty for the day on the clock.
    """

    business: Path = Path("business")
    model: str = "offline"
    base_url: str | None = None
    prompts: tuple[str, ...] = ()
    today: str = ""
