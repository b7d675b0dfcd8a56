"""The options that several commands share; a command gets them as one ``Settings``.

What this leaves out: the meaning of a model's or a prompt's name, which their own rooms know.
"""

import os
from collections.abc import Callable
from datetime import date
from functools import reduce, wraps
from pathlib import Path
from typing import NamedTuple

import click

from pipeline.inbox.sources.kinds import Kind
from pipeline.resources import shipped
from pipeline.settings import Settings

Command = Callable[..., int | None]


class Named(click.Path):
    """A path to write to. An empty one, as an unset variable of a shell gives, would be the current folder."""

    def __init__(self) -> None:
        """Gives a ``Path``."""
        super().__init__(path_type=Path)

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """The path; an empty one is a mistake."""
        if not os.fspath(value):
            self.fail("the name is empty; for the current folder write '.'", param, ctx)
        return super().convert(value, param, ctx)


FORCE = click.option("--force", is_flag=True, help="Replace the file if it is there already, your changes included.")


def _day(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """A date as ``2026-05-04``, or ``mail``."""
    try:
        return value if value in {"", "mail"} else date.fromisoformat(value).isoformat()
    except ValueError:
        raise click.BadParameter(f"'{value}' is no day; write it as 2026-05-04, or 'mail'") from None


BUSINESS = click.option(
    "--business",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default=Path("business"),
    envvar="CANDOR_BUSINESS",
    show_envvar=True,
    help="Your business folder; 'candor init' makes one.  [default: ./business]",
)
MODEL = click.option(
    "--model",
    metavar="NAME",
    default="offline",
    envvar="CANDOR_MODEL",
    show_envvar=True,
    show_default=True,
    help="offline (no model, abstains early), recorded or recorded:DIR (replayed replies), openai:NAME (any "
    "endpoint that speaks Chat Completions; its key is read from OPENAI_API_KEY or the provider's own variable), or a "
    "name from your file of models (docs/models.md).",
)
BASE_URL = click.option(
    "--base-url",
    metavar="URL",
    envvar="OPENAI_BASE_URL",
    show_envvar=True,
    help="The endpoint for openai:NAME, if it is not OpenAI: http://localhost:11434/v1 for Ollama.",
)
_PROMPT = click.option(
    "--prompt",
    "prompts",
    metavar="STAGE@VERSION",
    multiple=True,
    help="A prompt version, such as draft@v1; may be given once a stage.  [default: the newest]",
)
_TODAY = click.option(
    "--today",
    metavar="DATE",
    default="",
    callback=_day,
    help="The day that every date in a draft counts from: 2026-05-04, or 'mail' for each mail's own day.  "
    "[default: the day on the clock]",
)
DAY = click.option(
    "--today",
    metavar="DATE",
    default="",
    callback=_day,
    help="The day to count from, such as 2026-05-04.  [default: the day on the clock]",
)
EARLIER = click.option(
    "--earlier",
    metavar="DIR",
    type=click.Path(path_type=Path),
    multiple=True,
    help="An output folder of 'candor batch' whose noes this mail may answer; may be given several times.",
)
DEBUG = click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of a failure.")

_FORMAT = click.option(
    "--format",
    "kind",
    type=click.Choice([kind.value for kind in Kind]),
    help="What the mail comes as, if its content and name do not tell.",
)
_COLUMNS = click.option(
    "--columns",
    metavar="FILE.yaml",
    type=click.Path(path_type=Path),
    help="For jsonl and csv: which of its columns is which part of a mail (docs/inboxes.md).",
)


class Reading(NamedTuple):
    """How mail is to be read, where that cannot be told from it."""

    kind: Kind | None = None
    columns: Path | None = None


_SAMPLE_SIGNATURE = b"Your Name"


def _tell_if_still_the_example(profile: Path) -> None:
    """A draft signed "Your Name" is worth a word before it is written."""
    try:
        text = profile.read_bytes()
    except OSError:
        return  # whoever reads the folder says what is wrong with it
    if text == shipped("fixtures", "starter", "profile.yaml").read_bytes():
        click.echo(f"candor: {profile} is still the example; put in your own name, addresses and services", err=True)
    elif _SAMPLE_SIGNATURE in text:
        click.echo(f"candor: {profile} still signs as Your Name; 'candor doctor' tells what else is left", err=True)


def shared(command: Command) -> Command:
    """Add the shared options; ``command`` gets them as its argument ``settings``."""

    @wraps(command)
    def gathered(
        *args: object,
        business: Path,
        model: str,
        base_url: str | None,
        prompts: tuple[str, ...],
        today: str,
        **others: object,
    ) -> int | None:
        _tell_if_still_the_example(business / "profile.yaml")
        return command(*args, settings=Settings(business, model, base_url or None, prompts, today), **others)

    return reduce(lambda f, option: option(f), (DEBUG, _TODAY, _PROMPT, BASE_URL, MODEL, BUSINESS), gathered)


def reading(command: Command) -> Command:
    """Add the options that say how mail is read; ``command`` gets them as its argument ``reading``."""

    @wraps(command)
    def gathered(*args: object, kind: str | None, columns: Path | None, **others: object) -> int | None:
        return command(*args, reading=Reading(Kind(kind) if kind else None, columns), **others)

    return _FORMAT(_COLUMNS(gathered))
