"""Where the CPU goes, by room: a timer of the kernel interrupts every millisecond of CPU, and the frame is looked at.

The innermost frame that lies in a room of ours has the sample; what lies in none (start, event loop) is "rest".
"""

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

_INTERVAL = 0.001
_ROOT = f"{Path(__file__).parents[2]}/"
ROOMS = {
    "tests/": "the model that stands in",
    "pipeline/types/": "",
    "pipeline/values/": "",
    "pipeline/voice/": "",
    "pipeline/resources.py": "",
    "pipeline/yaml": "",
    "pipeline/errors.py": "",
    "pipeline/prompts/": "prompts",
    "pipeline/llm/": "calls, their keys and cache",
    "pipeline/extract.py": "extract",
    "pipeline/claims.py": "extract",
    "pipeline/quotes.py": "extract",
    "pipeline/rebuttal.py": "extract",
    "pipeline/policy/": "decide",
    "pipeline/guard/": "guard",
    "pipeline/allowance.py": "guard",
    "pipeline/draft.py": "draft",
    "pipeline/": "draft",  # slots, moves, addressee: what a letter is made of
    "pipeline/batch/": "batch: plan, store, runner",
    "pipeline/inbox/": "inbox",
    "pipeline/business/": "business",
    "pipeline/outbox/": "outbox: drafts, page, tables",
    "pipeline/flow.py": "flow",
    "pipeline/rows.py": "flow",
}
"""The room of a file by the longest prefix; an empty one belongs to whoever calls it."""


@contextmanager
def sampled() -> Iterator[Counter[str]]:
    """Samples by room, filled while the block runs."""
    shares: Counter[str] = Counter()

    def look(_signal: int, frame: FrameType | None) -> None:
        while frame is not None and not (room := _room(frame.f_code.co_filename)):
            frame = frame.f_back
        shares[room if frame else "rest: start, event loop"] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, _INTERVAL, _INTERVAL)
    try:
        yield shares
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


_KNOWN: dict[str, str] = {}


def _room(file: str) -> str:
    if file not in _KNOWN:
        path = file.removeprefix(_ROOT)
        _KNOWN[file] = next((room for prefix, room in _SORTED if path.startswith(prefix)), "")
    return _KNOWN[file]


_SORTED = sorted(ROOMS.items(), key=lambda item: -len(item[0]))
