"""``candor doctor``: is all in place, and what does a model cost in time and money. Left out: the checks themselves."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import BASE_URL, BUSINESS, DEBUG, MODEL

if TYPE_CHECKING:
    from pipeline.cli.single import Choices
    from pipeline.llm.compose import ModelSpec
    from pipeline.types.outcome import Outcome

_TODAY = date(2026, 11, 19)  # the mails were written in the days before
_EPILOG = """
\b
Examples:
  candor doctor
  candor doctor --model openai:gpt-5-mini
  candor doctor --model openai:qwen3:14b --base-url http://localhost:11434/v1
  candor doctor --model openai:gpt-5-mini --yes --json
"""


@click.command("doctor", short_help="Check this computer, your folder and a model.", epilog=_EPILOG)
@BUSINESS
@MODEL
@BASE_URL
@click.option("--yes", is_flag=True, help="Send the invented mails to a hosted model without asking first.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as one line of JSON.")
@DEBUG
@click.pass_context
def command(  # noqa: PLR0913 - click hands over each option by name
    context: click.Context, business: Path, model: str, base_url: str | None, *, yes: bool, as_json: bool
) -> int:
    """Check that all is in place: this computer, your business folder, the model's endpoint and its key.

    Then five invented mails go the whole way with that model, to show what each takes in time, tokens and money. Every
    line is marked ok, look or wrong, and says what to do. Your own mail is neither read nor sent. Exits with 1 when
    something is wrong.
    """
    import asyncio

    from click.core import ParameterSource

    from pipeline.checkup.examine import examine
    from pipeline.cli.listing import Listed
    from pipeline.cli.models import model_spec
    from pipeline.cli.report import Printed
    from pipeline.settings import Settings

    report = Listed(yes=yes) if as_json else Printed(yes=yes)
    spec = model_spec(Settings(business, model, base_url or None))
    named = context.get_parameter_source("business") is not ParameterSource.DEFAULT
    asyncio.run(examine(spec, business, named=named, report=report, take=_take))
    return report.end()


async def _take(mail: Path, spec: "ModelSpec") -> "Outcome":
    """The outcome of an invented mail, under the sample business that it was written to."""
    from pipeline.cli.single import answer, only_mail

    return await answer(only_mail(mail), _studio()._replace(model=spec), _TODAY)


@cache
def _studio() -> "Choices":
    """The sample business, read once for all mails."""
    from pipeline.cli.single import choices_of
    from pipeline.llm.compose import ModelSpec
    from pipeline.resources import shipped

    return choices_of(shipped("fixtures", "studio"), (), ModelSpec(), _TODAY)
