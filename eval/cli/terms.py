"""The run and the terms that ``compare`` and ``gate`` share, as options; a command gets them as one ``Asked``."""

from collections.abc import Callable
from functools import reduce, wraps
from pathlib import Path
from typing import NamedTuple

import click

FILE = click.Path(path_type=Path)
_OPTIONS = (
    click.option("--junit", metavar="FILE", type=FILE, help="Write it as JUnit XML, too."),
    click.option("--json", "as_json", is_flag=True, help="Print the whole comparison as one line of JSON."),
    click.option("--calibration", metavar="FILE", type=FILE, help="Of the judge; without one the judge only advises."),
    click.option("--margin", metavar="POINTS", type=click.FloatRange(0, 100), help="Pass if it loses less than this."),
)


class Asked(NamedTuple):
    """The run, the terms, and how the verdict is to be told."""

    run: Path
    margin: float | None
    calibration: Path | None
    junit: Path | None
    as_json: bool


def asked(command: Callable[..., int]) -> Callable[..., int]:
    """Add the argument RUN and the options."""

    @wraps(command)
    def gathered(
        run: Path,
        *,
        margin: float | None,
        calibration: Path | None,
        junit: Path | None,
        as_json: bool,
        **others: object,
    ) -> int:
        return command(asked=Asked(run, margin, calibration, junit, as_json=as_json), **others)

    return click.argument("run", metavar="RUN", type=FILE)(reduce(lambda f, option: option(f), _OPTIONS, gathered))
