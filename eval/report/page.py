"""The report as one HTML file: it loads nothing, sends nothing, and reads without its script.

All text of mails and models passes one place, the ``finalize`` of the template engine: hidden characters are written
out, then the engine escapes. What is not escaped is our own style sheets and script. Left out: the figures.
"""

from base64 import b64encode
from collections.abc import Sequence
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pipeline.sheets
from eval.report import quadrant
from eval.report.gather import gather
from eval.types.record import Choice, Record
from eval.types.rubric import Rubric
from eval.verdict.comparison import Comparison
from pipeline.outbox.characters import visible

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"
_HOUSE = Path(pipeline.sheets.__file__).parent / "templates" / "sheet.css"  # colours, type and print of all our pages
_ENDS = {100: 0.3, 1: 1.5}  # differences at which a bar ends: of shares, and on a scale


def page(records: Sequence[Record], choices: Sequence[Choice], comparison: Comparison | None, rubric: Rubric) -> str:
    """The page over ``records``; ``comparison`` is None for one version, or for several that were not compared."""
    view = gather(records, choices, rubric, comparison)
    template = _environment().get_template("report.html.j2")
    return template.render(page=view, plot=quadrant, bar=_bar, **_assets())


def _bar(difference: float, unit: int) -> float:
    """A difference as a place between 0 and 100; 50 is none."""
    return round(50 + 50 * max(-1.0, min(1.0, difference / _ENDS[unit])), 1)


def _signed(difference: float, unit: int) -> str:
    """In points of a hundred with one decimal, or on a scale with two."""
    return f"{unit * difference:+.{1 if unit > 1 else 2}f}".replace("-", "\N{MINUS SIGN}")


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["plain"] = _plain
    made.filters["signed"] = _signed
    made.filters["percent"] = lambda share: f"{100 * share:.0f}%"
    return made


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    """A name of a criterion, a code or a kind in plain words."""
    return name.replace("_", " ").replace("-", " ").replace(".", ": ")


def _shown(value: object) -> object:
    """What the engine escapes: text with its hidden characters written out. Markup is finished text of our own."""
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


@cache
def _assets() -> dict[str, str]:
    """Our style sheets and script, and the hash by which the page's security policy knows the script."""
    from markupsafe import Markup

    style, script = ((_TEMPLATES / name).read_text("utf-8") for name in ("report.css", "report.js"))
    house = _HOUSE.read_text("utf-8")
    digest = b64encode(sha256(script.encode()).digest()).decode()
    return {"style": Markup(house + style), "script": Markup(script), "script_hash": digest}  # noqa: S704 - our files
