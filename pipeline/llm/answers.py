"""An endpoint's answers as plain values: status, headers and body, whatever the SDK makes of them.

Every call ends: the time for an answer holds for the whole of it, also where a server keeps the line busy with blanks.
What this leaves out: what an answer means (``faults``, ``requests``).
"""

import asyncio
import time
from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import JsonValue
from pydantic_core import from_json

from pipeline.errors import RequestError, TransportError
from pipeline.llm.faults import hidden
from pipeline.llm.hints import Heard, hint_of, unheard
from pipeline.llm.transport import Deadline, loss_of, losses
from pipeline.types.prompt import Prompt

if TYPE_CHECKING:  # keeps 0.6 s of imports out of `candor --help`
    from openai._legacy_response import LegacyAPIResponse

__all__ = ["Answer", "Answers", "Heard", "json_of", "unheard"]


class Answer(NamedTuple):
    """Headers by lower-case name; a body that is no JSON comes as a string.

    ``inside``: it is an error that came inside a 200, so that what was made before it may be billed.
    """

    status: int
    headers: dict[str, str]
    body: JsonValue
    inside: bool = False


class Answers:
    """Waits for the answers of one endpoint, ``timeout`` seconds at most; ``model`` is named in errors."""

    def __init__(self, timeout: float, model: str) -> None:
        self._deadline, self._model = Deadline(timeout), model

    async def of(self, call: "Awaitable[LegacyAPIResponse[Any]]", prompt: Prompt, heard: Heard = unheard) -> Answer:
        """The answer to ``call``; ``heard`` is told what it says of our limits, ``prompt`` is what an error carries.

        Raises:
            TransportError: nobody answers, or not in time.
            RequestError: the answer is not read, see ``bounds``.
        """
        import openai

        from pipeline.llm.bounds import BoundsError

        began, seconds = time.monotonic(), self._deadline.seconds
        try:
            async with asyncio.timeout(seconds):
                response = (await call).http_response
        except BoundsError as error:
            raise RequestError(str(error), prompt=prompt, model=self._model) from error
        except openai.APIStatusError as error:
            response = error.response
        except losses() as error:
            raise TransportError(loss_of(error, seconds), prompt=prompt, model=self._model) from error
        else:
            self._deadline.answered(time.monotonic() - began)
        headers = {name.lower(): value for name, value in response.headers.items()}
        if hint := hint_of(headers, datetime.now(UTC)):
            heard(hint)
        return _told(response.status_code, headers, response.content)


def _told(status: int, headers: dict[str, str], content: bytes) -> Answer:
    """An error inside a 200 as if it had come with the status that it tells."""
    body = json_of(content)
    if status < 300 and (error := hidden(body)):  # noqa: PLR2004 - 2xx
        return Answer(error[0], headers, error[1], inside=True)
    return Answer(status, headers, body)


def json_of(content: bytes) -> JsonValue:
    """The JSON of a body; text that is none comes as a string."""
    try:
        parsed: JsonValue = from_json(content)
    except ValueError:
        return content.decode("utf-8", "replace")
    return parsed
