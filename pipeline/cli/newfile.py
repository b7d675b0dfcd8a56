"""A new file for its owner's eyes alone. What is there is replaced only on request. Left out: folders of drafts."""

import os
from pathlib import Path


def create(path: Path, data: bytes, *, force: bool | None = None) -> None:
    """Write ``data`` to a new file (mode 0600); with ``force`` in the place of one that is there.

    ``force`` is None where the caller's command has no such option.

    Raises:
        OutputError: there is such a file, or it cannot be written.
    """
    from pipeline.errors import OutputError

    try:
        (_replace if force else write_new)(path, data)
    except FileExistsError:
        way = "give another name" if force is None else "give another name, or --force to replace it"
        raise OutputError(f"{path} is there already, and nothing was overwritten; {way}") from None
    except FileNotFoundError:
        raise OutputError(f"{path} cannot be written: there is no folder {path.parent}") from None
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from None


def _replace(path: Path, data: bytes) -> None:
    """Whole or not at all; a link is replaced, not followed."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    write_new(beside, data)
    beside.replace(path)


def write_new(path: Path, data: bytes) -> None:
    """The same, for whoever has words of their own for a file that is there, or a link: an ``OSError``."""
    no_link = getattr(os, "O_NOFOLLOW", 0)  # Windows has none
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | no_link, 0o600), "wb") as file:
        file.write(data)
