"""Before anything goes to a hosted model: what would be sent, and the question whether it may.

What this leaves out: which models are hosted, which ``pipeline.checkup.model`` knows.
"""

import sys
from pathlib import Path

import click

from pipeline.checkup.model import place
from pipeline.cli.page import Page
from pipeline.errors import UsageError
from pipeline.llm.compose import ModelSpec
from pipeline.types.base import Value
from pipeline.yamltree import read_shipped


class _Words(Value):
    warning: str
    question: str
    unasked: str


DOCTOR, SUBMIT = "doctor.yaml", "submit.yaml"
"""The words for it."""


def agreed(spec: ModelSpec, page: Page, *, yes: bool, words: str = DOCTOR) -> bool:
    """Tell on ``page`` what would be sent, and ask on the terminal; with ``yes`` that is answered already.

    Raises:
        UsageError: there is nobody to ask.
    """
    told = _Words.model_validate(read_shipped(Path(__file__).with_name(words)).plain())
    if not yes and not sys.stdin.isatty():
        raise UsageError(told.unasked.format(host=place(spec)))
    page.gap()
    page.say(told.warning.format(host=place(spec)))
    page.gap()
    return yes or click.confirm(f"  {told.question}", err=True)
