"""The review page: every mail beside its draft beside the reasons, in one HTML file that loads nothing.

All text of mails and models passes one place, the ``finalize`` of the template engine: hidden characters are written
out, then the engine escapes. The only text that is not escaped is our own style sheet, script and finished cards. Cards
and index wait on disk, not in memory, as the counts above them are known last. Editing is left out.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, NamedTuple

from pipeline.outbox.card import Card, Pile, card
from pipeline.outbox.characters import visible
from pipeline.types.outcome import Outcome

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"
_IN_MEMORY = 1 << 20  # bytes of a pile before it goes to disk
_CHUNK = 1 << 16
_NO_FILES: Mapping[str, str] = MappingProxyType({})


class Line(NamedTuple):
    """One line of the index."""

    number: int
    pile: str
    action: str
    code: str
    sender: str
    subject: str
    marked: bool


def render(
    outcomes: Iterable[Outcome], *, firm: str, made: date, files: Mapping[str, str] = _NO_FILES
) -> Iterator[str]:
    """The page in chunks. ``outcomes`` come in message order and are read once; ``made`` is the day of the run.

    ``files`` maps an outcome's key to its draft's relative path; it is looked up when its outcome is read.
    """
    environment = _environment()
    templates = [environment.get_template(name) for name in ("card.html.j2", "line.html.j2")]
    total = 0
    actions: dict[Pile, Counter[str]] = {pile: Counter() for pile in Pile}
    with ExitStack() as stack:
        spools = {pile: stack.enter_context(_spool()) for pile in Pile}
        index = stack.enter_context(_spool())
        for total, outcome in enumerate(outcomes, start=1):
            shown = card(outcome, total, files.get(outcome.key, ""))
            actions[shown.pile][outcome.action.value] += 1
            spools[shown.pile].write(templates[0].render(card=shown))
            index.write(f"{templates[1].render(line=_line(shown))}\n")
        yield from environment.get_template("review.html.j2").generate(
            firm=firm,
            made=f"{made.day} {made:%B %Y}",
            total=total,
            lines=_chunks(index),
            counts=sum(actions.values(), Counter[str]()),
            piles={pile.value: (actions[pile], _chunks(spools[pile])) for pile in Pile},
            **_assets(),
        )


def _line(shown: Card) -> Line:
    outcome = shown.outcome
    return Line(
        number=shown.number,
        pile=shown.pile.value,
        action=outcome.action.value,
        code=outcome.code,
        sender=outcome.message.sender.name or shown.sender if outcome.message else shown.sender,
        subject=shown.subject,
        marked=bool(outcome.marked),
    )


def _spool() -> "SpooledTemporaryFile[str]":
    return SpooledTemporaryFile(max_size=_IN_MEMORY, mode="w+", encoding="utf-8", newline="")


def _chunks(spool: IO[str]) -> Iterator[str]:
    """The finished cards of a pile, already escaped."""
    from markupsafe import Markup

    spool.seek(0)
    while chunk := spool.read(_CHUNK):
        yield Markup(chunk)  # noqa: S704 - rendered by our own template with autoescape


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(value: object) -> object:
    """What the engine escapes: text with its hidden characters written out. Markup is finished text of our own."""
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


@cache
def _assets() -> dict[str, str]:
    """Our style sheet and script, and the hash by which the page's security policy knows the script."""
    from markupsafe import Markup

    style, script = ((_TEMPLATES / name).read_text("utf-8") for name in ("review.css", "review.js"))
    digest = b64encode(sha256(script.encode()).digest()).decode()
    return {"style": Markup(style), "script": Markup(script), "script_hash": digest}  # noqa: S704 - shipped files
