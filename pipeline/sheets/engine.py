"""The template engine of the sheets: every text is escaped, hidden characters written out, a missing name an error.

A page holds its style sheet and nothing from elsewhere; its security policy forbids scripts altogether.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.outbox.characters import visible

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"
_MARKS = re.compile(r"([\\`*_\[\]<>|])")


def html(template: str, values: Mapping[str, object]) -> str:
    """A page of ``templates/<template>.html.j2`` with our style sheet in it."""
    from markupsafe import Markup

    style = Markup((_TEMPLATES / "sheet.css").read_text("utf-8"))  # noqa: S704 - a shipped file
    return _environment(escaping=True).get_template(f"{template}.html.j2").render(style=style, **values)


def markdown(template: str, values: Mapping[str, object]) -> str:
    """A text of ``templates/<template>.md.j2``; what Markdown would read as a mark is written out."""
    return _environment(escaping=False).get_template(f"{template}.md.j2").render(**values)


@cache
def _environment(*, escaping: bool) -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=escaping,  # noqa: S701 - off for Markdown alone, which ``plainly`` escapes
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["plainly"] = _plainly
    return made


def _shown(value: object) -> object:
    """What is written: text with its hidden characters told. Markup is finished text of our own."""
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _plainly(words: str) -> str:
    """Words on one line of Markdown that mean just themselves."""
    return _MARKS.sub(r"\\\1", " ".join(words.split()))
