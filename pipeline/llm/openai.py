"""Any endpoint that speaks Chat Completions, through the OpenAI SDK. The SDK is imported when the model is entered.

The SDK's own retries are off (``retry`` holds the one policy), redirects are not followed (a mail must not travel to a
host that nobody named), and the address is never taken from the environment. Left out: Responses, streaming, and the
aiohttp transport, which pays only above some 150 requests a second.
"""

from types import TracebackType
from typing import TYPE_CHECKING, Self

from pydantic import JsonValue
from pydantic_core import from_json

from pipeline.errors import CandorError, TransportError
from pipeline.llm.faults import complaint, fault
from pipeline.llm.model import Parameters, call_key
from pipeline.llm.profiles import OPENAI_URL, Profile, adapted, step_down
from pipeline.llm.requests import body, completion_of
from pipeline.types.prompt import Completion, Prompt

if TYPE_CHECKING:  # keeps 0.6 s of imports out of `candor --help`
    import httpx2
    from openai import AsyncOpenAI

_CONNECT_SECONDS = 20.0  # five, the SDK's own, were too few on a busy machine
_REFUSED = frozenset({400, 404, 422})
_BROKEN = 500


class OpenAIModel:
    """A model behind an endpoint; enter it with ``async with``.

    Args:
        parameters: model name, temperature and length limit of every call.
        base_url: the endpoint, e.g. ``http://127.0.0.1:8080/v1``; None is OpenAI.
        api_key: sent as bearer token; any text for a server that wants none.
        profile: what the endpoint can do. ``self.profile`` grows humbler when it turns out to do less.
        timeout: seconds for one answer.
        connections: at most so many at once.
        transport: replaces the network, for tests.
    """

    def __init__(  # noqa: PLR0913 - an endpoint has that many sides; all but the first are named
        self,
        parameters: Parameters,
        *,
        base_url: str | None,
        api_key: str,
        profile: Profile,
        timeout: float = 300.0,
        connections: int = 16,
        transport: "httpx2.AsyncBaseTransport | None" = None,
    ) -> None:
        self.parameters = parameters
        self.profile = profile
        self._base_url = base_url or OPENAI_URL
        self._api_key = api_key
        self._timeout = timeout
        self._connections = connections
        self._transport = transport
        self._client: AsyncOpenAI | None = None
        self._settled = False  # the profile has earned an answer, or a 500 has been probed

    async def __aenter__(self) -> Self:
        """Open the connection pool."""
        import httpx2
        from openai import AsyncOpenAI

        http = httpx2.AsyncClient(
            timeout=httpx2.Timeout(self._timeout, connect=min(_CONNECT_SECONDS, self._timeout)),
            limits=httpx2.Limits(max_connections=self._connections, max_keepalive_connections=self._connections),
            transport=self._transport,
        )
        self._client = AsyncOpenAI(api_key=self._api_key, base_url=self._base_url, max_retries=0, http_client=http)
        if self._base_url != OPENAI_URL:  # the SDK reads these from the environment; they are nobody else's business
            self._client.organization = self._client.project = None
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        if self._client:
            await self._client.close()

    async def complete(self, prompt: Prompt) -> Completion:
        """One reply.

        Raises:
            TransportError: worth another try; ``wait`` as the endpoint asks.
            RequestError, FilteredError: it refused this request, with every humbler profile too.
            EndpointError: it refuses us.
            ModelError: the reply itself is of no use, see ``completion_of``.
        """
        reply = await self._ask(prompt)
        return completion_of(reply, prompt, self.parameters, call_key(prompt, self.parameters))

    async def _ask(self, prompt: Prompt) -> JsonValue:
        """Post; when the endpoint blames what a humbler profile would leave out, take that one, each at most once."""
        profile, tried, first = self.profile, [self.profile], None
        while True:
            status, headers, reply = await self._post(prompt, profile)
            if status < 300:  # noqa: PLR2004 - 2xx
                self._remember(profile, changed=len(tried) > 1)
                return reply
            error = first or fault(status, headers, reply, prompt, self.parameters.model)
            humbler = self._humbler(profile, status, reply)
            if humbler is None or humbler in tried:
                raise error
            first = error if status == _BROKEN else None  # a probe that fails is answered with the fault that led to it
            profile = humbler
            tried.append(profile)

    def _remember(self, profile: Profile, *, changed: bool) -> None:
        self._settled = True
        if changed:
            self.profile = profile

    def _humbler(self, profile: Profile, status: int, reply: JsonValue) -> Profile | None:
        """The profile to try next. From an unknown server a 500 may mean a bad request: one probe finds out."""
        if status in _REFUSED:
            return adapted(profile, complaint(reply))
        if status == _BROKEN and profile.probe and not self._settled:
            self._settled = True
            return step_down(profile)
        return None

    async def _post(self, prompt: Prompt, profile: Profile) -> tuple[int, dict[str, str], JsonValue]:
        """Status, headers (lower case) and JSON body; text that is no JSON comes as a string."""
        import openai

        assert self._client, "enter the model first"
        request = body(prompt, self.parameters, profile)
        try:
            # extra_body carries what the SDK's types do not know, and leaves one place that builds a request.
            answer = await self._client.chat.completions.with_raw_response.create(
                model=self.parameters.model, messages=[], extra_body=request
            )
            response = answer.http_response
        except openai.APIStatusError as error:
            response = error.response
        except openai.APITimeoutError as error:
            raise self._lost(prompt, f"no answer within {self._timeout:g} seconds") from error
        except openai.APIConnectionError as error:
            raise self._lost(prompt, f"no connection to the endpoint: {error.__cause__ or error}") from error
        return response.status_code, {k.lower(): v for k, v in response.headers.items()}, _json(response.content)

    def _lost(self, prompt: Prompt, sentence: str) -> CandorError:
        return TransportError(sentence, prompt=prompt, model=self.parameters.model)


def _json(content: bytes) -> JsonValue:
    try:
        parsed: JsonValue = from_json(content)
    except ValueError:
        return content.decode("utf-8", "replace")
    return parsed
