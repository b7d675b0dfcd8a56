"""Which business folder is meant, where a command is about past outcomes. Left out: reading it."""

from pathlib import Path

import click


def records_of(business: Path, history: Path) -> Path:
    """``business`` if the caller named it, else the folder that the history was made with.

    Raises:
        OutputError: there is no run in ``history``.
    """
    from click.core import ParameterSource

    from pipeline.batch.history import business_of

    named = click.get_current_context().get_parameter_source("business") is not ParameterSource.DEFAULT
    return business if named else business_of(history)
