"""Provider batch files: requests go out as lines of JSON, results come back as lines, joined by the call key.

The format is OpenAI's Batch API; vLLM's ``run-batch`` and most providers read and write it too. Left out: uploading
(``batches``), splitting by the provider's limits, and who collects when.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from pathlib import Path
from types import MappingProxyType

from pydantic import JsonValue
from pydantic_core import from_json

from pipeline.errors import PendingError, RequestError, UsageError
from pipeline.lines import lines_in
from pipeline.llm.cache import Calls, replayed
from pipeline.llm.faults import words
from pipeline.llm.model import Parameters, call_key
from pipeline.llm.profiles import Profile
from pipeline.llm.requests import body, completion_of
from pipeline.types.base import Value
from pipeline.types.prompt import Completion, Prompt


class Result(Value):
    """One line of a result file: the reply's body, or why there is none. Without an id the line could not be read."""

    custom_id: str | None
    body: dict[str, JsonValue] | None = None
    error: str | None = None


class FilesModel:
    """A model that answers from stored calls and results, and writes down what it cannot answer yet.

    Args:
        parameters, profile: of the endpoint that will run the file.
        calls: replies known so far; a usable result is put there.
        results: what came back, by custom id. A result that failed fails here, as it would live.
        repeat: as in ``call_key``.
        pending: where requests are written down; a dict, unless they are too many for one.
    """

    def __init__(  # noqa: PLR0913 - an endpoint, what it has answered, and where the rest goes
        self,
        parameters: Parameters,
        profile: Profile,
        calls: Calls,
        results: Mapping[str, Result] = MappingProxyType({}),
        repeat: int = 0,
        *,
        pending: MutableMapping[str, str] | None = None,
    ) -> None:
        self.pending: MutableMapping[str, str] = {} if pending is None else pending
        self._parameters = parameters
        self._profile = profile
        self._calls = calls
        self._results = results
        self._repeat = repeat

    async def complete(self, prompt: Prompt) -> Completion:
        """The stored reply.

        Raises:
            PendingError: the request now waits in ``pending``, by call key.
            RequestError: the result file says that this request failed.
            ModelError: the result is of no use, see ``completion_of``.
        """
        key = call_key(prompt, self._parameters, self._repeat)
        if stored := self._calls.get(key):
            return replayed(stored)
        if result := self._results.get(key):
            return await self._taken(result, prompt, key)
        self.pending[key] = request_line(prompt, self._parameters, self._profile, key)
        raise PendingError(f"the {prompt.stage} request waits in the batch file")

    async def _taken(self, result: Result, prompt: Prompt, key: str) -> Completion:
        if result.body is None:
            sentence = f"the batch could not run this request: {result.error}"
            raise RequestError(sentence, prompt=prompt, model=self._parameters.model)
        completion = completion_of(result.body, prompt, self._parameters, key)
        await self._calls.put(key, prompt, completion)
        return completion


def request_line(prompt: Prompt, parameters: Parameters, profile: Profile, key: str) -> str:
    """One line of a batch input file, without the line break; ``key`` becomes its ``custom_id``."""
    request = {
        "custom_id": key,
        "method": "POST",
        "url": "/v1/chat/completions",
        "body": body(prompt, parameters, profile),
    }
    return json.dumps(request, ensure_ascii=False, separators=(",", ":"))


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a request or result file, cut where they are too long; bytes that are no UTF-8 are replaced.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            for line in lines_in(file):
                yield line.decode("utf-8", "replace")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None


def read_results(lines: Iterable[str]) -> Iterator[Result]:
    """Read output and error files of a batch, in any order and mixed; never raises on what stands in them.

    Blank lines are passed over; a line that is not such a result comes as one without id; once an id has its body,
    further lines of that id are passed over.
    """
    done: set[str] = set()
    for line in lines:
        if not line.strip("\ufeff \t\r\n"):
            continue
        result = _result(line)
        if result.custom_id in done:
            continue
        if result.custom_id and result.body is not None:
            done.add(result.custom_id)
        yield result


def _result(line: str) -> Result:
    try:
        row: JsonValue = from_json(line.strip("\ufeff \t\r\n").encode("utf-8", "replace"), allow_inf_nan=False)
    except ValueError:
        return Result(custom_id=None, error="a line that is not JSON")
    custom_id = row.get("custom_id") if isinstance(row, dict) else None
    if not isinstance(row, dict) or not isinstance(custom_id, str) or not custom_id:
        return Result(custom_id=None, error="a line without custom_id")
    response = row.get("response")
    response = response if isinstance(response, dict) else {}
    found = response.get("body")
    if isinstance(found, dict) and "choices" in found and not row.get("error"):
        return Result(custom_id=custom_id, body=found)
    # The provider tells a failure beside the response, or as the response's own body.
    said = row.get("error") or found
    status = response.get("status_code")
    return Result(custom_id=custom_id, error=words(said) if said else f"no reply (status {status})")
