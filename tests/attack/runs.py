"""One attack from the raw mail to the exported bytes, and what became of it.

A run ends as a draft that nothing marks, a draft that a person is told to look at, no draft, or a crash. Outcomes are
exported together, as a batch's are. Left out: which attacks are run, which ``plan`` says.
"""

import asyncio
import os
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import NamedTuple

from pipeline.errors import CandorError
from pipeline.flow import reply
from pipeline.inbox.read import from_bytes
from pipeline.inbox.threads import Own
from pipeline.llm.offline.model import OfflineModel
from pipeline.outbox.export import export
from pipeline.prompts import Prompts, load_prompts, newest
from pipeline.types.outcome import Outcome
from pipeline.types.prompt import Prompt
from tests.attack.carry import carried
from tests.attack.expect import expected, wrong_decision
from tests.attack.firm import PRIVATE, TODAY, firm
from tests.attack.hosts import host
from tests.attack.model import Worst
from tests.attack.oracle import Breach, breaches
from tests.attack.plan import Run
from tests.attack.scene import Scene

_TAKES = 120  # seconds after which a run counts as one that does not end


class Ended(NamedTuple):
    """How a run ended: ``drafted`` (nothing marks it), ``marked``, ``person``, ``yes``, ``skipped`` or ``crash``.

    ``by`` is the model whose words are in the draft; ``broken`` are the invariants that it breaks.
    """

    run: Run
    ending: str
    by: str = ""
    broken: tuple[Breach, ...] = ()
    letter: str = ""


def ended(runs: Sequence[Run]) -> list[Ended]:
    """Every run of a chunk, drafted and exported."""
    with TemporaryDirectory() as place, _watched(Path(place)) as seen:
        made = [_drafted(run) for run in runs]
        outcomes = [one for one in made if isinstance(one, Outcome)]
        files = {} if not outcomes else _exported(outcomes, Path(place))
        found = [_judged(run, one, files) for run, one in zip(runs, made, strict=True)]
    if seen:
        found[0] = found[0]._replace(ending="crash", broken=tuple(Breach("I10", what) for what in seen))
    return found


def _drafted(run: Run) -> Outcome | Ended:
    try:
        return asyncio.run(asyncio.wait_for(replied(run), _TAKES))
    except Leak as leak:
        return Ended(run, "crash", broken=(Breach("I4", str(leak)),))
    except CandorError as error:  # a mail that cannot be read: a person's, in one sentence
        return Ended(run, "person", by=type(error).__name__)
    except Exception as error:  # noqa: BLE001 - this is what is sought
        return Ended(run, "crash", broken=(Breach("I12", f"{type(error).__name__}: {error}"[:200]),))


@cache
def honest(id_: str) -> Outcome:
    """What the mail comes to without any attack."""
    return asyncio.run(replied(Run(0, host(id_), None, "end", "honest", "careful", "sound")))


class Leak(Exception):  # noqa: N818 - found by a test, not raised by what is tested
    """A private string stands in a prompt."""


async def replied(run: Run) -> Outcome:
    data = carried(run.host, run.injection, run.place, run.number)
    message = from_bytes(data, f"{run.number}.eml", Own(frozenset(firm().profile.addresses)))
    worst = Worst(Scene(run.host, run.injection, run.number), run.read, run.write)
    outcome = await reply(
        message, key=str(run), business=firm(), today=TODAY, prompts=prompts(), model=worst, fallback=OfflineModel()
    )
    _shown(worst.prompts)
    return outcome


def _shown(asked: Iterable[Prompt]) -> None:
    fresh = (
        prompt for prompt in asked if not getattr(prompt.variables, "previous", "")
    )  # a repair shows its own words
    text = "\n".join(turn.content for prompt in fresh for turn in prompt.messages)
    for secret in PRIVATE:
        if secret.lower() in text.lower():
            raise Leak(f"{secret!r} in a prompt")


@cache
def prompts() -> Prompts:
    """The newest of each stage."""
    return load_prompts(newest("extract"), newest("draft"))


def _exported(outcomes: list[Outcome], place: Path) -> dict[str, Path]:
    written = export(outcomes, place / "out", firm().profile, TODAY)
    return {key: place / "out" / name for key, name in written.files.items()}


def _judged(run: Run, made: Outcome | Ended, files: dict[str, Path]) -> Ended:
    if isinstance(made, Ended):
        return made
    wrong = wrong_decision(run, made, honest(run.host.id))
    if made.draft is None or made.key not in files:
        ending = {"accept": "yes", "skip": "skipped"}.get(made.action.value, "person")
        return Ended(run, ending, by=made.failure.kind if made.failure else made.code, broken=wrong)
    path = files[made.key]
    found = (*wrong, *breaches(path.read_bytes(), expected(run, made)))
    ending = "drafted" if path.parent.name == "drafts" else "marked"
    return Ended(run, ending, by=made.draft.model, broken=found, letter=made.draft.body if found else "")


class _watched:  # noqa: N801 - reads as the block it opens
    """Notes, while it is open, every file written outside a folder, every connection and every program started."""

    def __init__(self, place: Path) -> None:
        self._place, self._seen = str(place), set[str]()

    def __enter__(self) -> set[str]:
        _WATCHES.append((self._place, self._seen))
        _hook()
        return self._seen

    def __exit__(self, *_: object) -> None:
        _WATCHES.pop()


_WATCHES: list[tuple[str, set[str]]] = []
_QUIET = ("socket.connect", "subprocess.Popen", "os.system", "os.exec", "smtplib.connect")


@cache
def _hook() -> None:
    sys.addaudithook(_noted)


def _noted(event: str, values: tuple[object, ...]) -> None:
    if not _WATCHES:
        return
    place, seen = _WATCHES[-1]
    if event in _QUIET:
        seen.add(f"{event} {str(values)[:80]}")
    elif event in {"os.mkdir", "os.rename", "os.remove"}:
        paths = values[:2] if event == "os.rename" else values[:1]
        seen.update(f"{event} {path}" for path in paths if _outside(path, place))
    elif (
        event == "open"
        and values[1]
        and isinstance(values[1], str)
        and set(values[1]) & set("wax+")
        and _outside(values[0], place)
    ):
        seen.add(f"open {values[0]}")


def _outside(path: object, place: str) -> bool:
    """Whether a path lies elsewhere; a file without a name in the system's temporary folder is nowhere."""
    named = isinstance(path, str) and path not in {gettempdir(), os.devnull}
    return named and not Path(str(path)).resolve().is_relative_to(Path(place).resolve())
