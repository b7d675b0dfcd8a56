"""A new file for its owner's eyes alone. What is there already is never overwritten. Left out: folders of drafts."""

import os
from pathlib import Path


def create(path: Path, data: bytes) -> None:
    """Write ``data`` to a new file (mode 0600).

    Raises:
        OutputError: there is such a file, or it cannot be written.
    """
    from pipeline.errors import OutputError

    try:
        write_new(path, data)
    except FileExistsError:
        raise OutputError(f"{path} is there already, and nothing was overwritten; give another name") from None
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from None


def write_new(path: Path, data: bytes) -> None:
    """The same, for whoever has words of their own for a file that is there, or a link: an ``OSError``."""
    no_link = getattr(os, "O_NOFOLLOW", 0)  # Windows has none
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | no_link, 0o600), "wb") as file:
        file.write(data)
