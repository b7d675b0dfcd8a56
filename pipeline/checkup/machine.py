"""The machine that Candor runs on: versions, the package's extras, the terminal.

Left out: memory and disk, which an inbox of any usual size does not strain.
"""

import platform
import re
import shutil
from collections.abc import Iterator
from importlib import metadata
from typing import NamedTuple, TextIO

from pipeline import __version__
from pipeline.checkup.rows import Row, look, ok

_EXTRA = re.compile(r"^([\w.-]+).*;.*\bextra\s*==\s*['\"]([\w-]+)['\"]")
_ALL_LETTERS = "Łódź, Ærø, Žižkov: 100 €"  # what a client's name or price may hold


class Machine(NamedTuple):
    """What is known of it. ``extras``: is all installed that each extra of the package needs."""

    python: str
    system: str
    extras: dict[str, bool]
    encoding: str
    columns: int | None  # None: not a terminal


def this_machine(stream: TextIO) -> Machine:
    """The machine under us, with ``stream`` as its screen."""
    return Machine(
        python=platform.python_version(),
        system=platform.system(),
        extras=_extras(),
        encoding=stream.encoding or "ascii",
        columns=shutil.get_terminal_size().columns if stream.isatty() else None,
    )


def machine_rows(machine: Machine) -> Iterator[Row]:
    """Three rows at most."""
    yield ok("versions", candor=__version__, python=machine.python, system=machine.system)
    if missing := sorted(name for name, there in machine.extras.items() if not there):
        yield ok("extras", there=_named(machine.extras), missing=", ".join(missing), first=missing[0])
    elif machine.extras:
        yield ok("all_extras", there=_named(machine.extras))
    if not _shows(machine.encoding):
        yield look("encoding", encoding=machine.encoding)
    elif machine.columns is None:
        yield ok("no_terminal", encoding=machine.encoding)
    else:
        yield ok("terminal", columns=machine.columns, encoding=machine.encoding)


def _named(extras: dict[str, bool]) -> str:
    return ", ".join(sorted(name for name, there in extras.items() if there)) or "none"


def _shows(encoding: str) -> bool:
    try:
        _ALL_LETTERS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _extras() -> dict[str, bool]:
    """Each extra that the installed package declares. A source tree that was never installed declares none."""
    try:
        needed = metadata.requires("candor") or []
    except metadata.PackageNotFoundError:
        return {}
    extras: dict[str, bool] = {}
    for found in filter(None, map(_EXTRA.match, needed)):
        package, extra = found.groups()
        extras[extra] = extras.get(extra, True) and _installed(package)
    return extras


def _installed(package: str) -> bool:
    try:
        metadata.version(package)
    except metadata.PackageNotFoundError:
        return False
    return True
