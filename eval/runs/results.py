"""A provider's result files, held against what the run asked for. Left out: asking again, which the next run does."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from eval.runs.folder import REQUESTS
from pipeline.errors import UsageError
from pipeline.llm.files import Result, lines_of, read_results


class Results(NamedTuple):
    """Replies by call key; how many lines tell of a failure, answer something else, or are no results."""

    usable: dict[str, Result]
    failed: int
    unknown: int
    broken: int


def results_of(folder: Path, files: Sequence[Path]) -> Results:
    """What ``files`` answer of the requests that wait in ``folder``.

    Raises:
        UsageError: nothing waits there, a file cannot be read, or nothing in it answers a request.
    """
    asked = {json.loads(line)["custom_id"] for line in lines_of(folder / REQUESTS)}
    usable: dict[str, Result] = {}
    failed = unknown = broken = 0
    for path in files:
        for result in read_results(lines_of(path)):
            match result:
                case Result(custom_id=None):
                    broken += 1
                case Result(custom_id=key) if key not in asked:
                    unknown += 1
                case Result(body=None):
                    failed += 1
                case Result(custom_id=str(key)):
                    usable[key] = result
    if not usable and not failed:
        named = str(files[0]) if len(files) == 1 else f"these {len(files)} files"
        raise UsageError(f"nothing in {named} answers a request of {folder}")
    return Results(usable, failed, unknown, broken)
