"""Any endpoint that speaks Chat Completions, through the OpenAI SDK. The SDK is imported when the model is entered.

The SDK's own retries are off (``retry`` holds the one policy), and address and organization are never taken from the
environment. Left out: Responses and streaming.
"""

from types import TracebackType
from typing import TYPE_CHECKING, Self

from pydantic import JsonValue

from pipeline.errors import EndpointError, MalformedError, ModelError, TransportError
from pipeline.llm.answers import Answer, Answers, Heard, unheard
from pipeline.llm.faults import complaint, fault
from pipeline.llm.model import Parameters, call_key
from pipeline.llm.profiles import OPENAI_URL, Output, Profile, adapted, step_down
from pipeline.llm.requests import body, completion_of
from pipeline.llm.sdk import open_sdk
from pipeline.types.prompt import Completion, Prompt, Usage

if TYPE_CHECKING:  # keeps 0.6 s of imports out of `candor --help`
    import httpx2
    from openai import AsyncOpenAI, Omit

_OK = 200
_REFUSED = frozenset({400, 404, 422})
_BROKEN = 500
_SILENT = frozenset({Output.JSON_SCHEMA, Output.JSON_OBJECT_SCHEMA})  # the model itself may never see the schema


class OpenAIModel:
    """A model behind an endpoint; enter it with ``async with``.

    Args:
        parameters: model name, temperature and length limit of every call.
        base_url: the endpoint, e.g. ``http://127.0.0.1:8080/v1``; a query goes with every call; None is OpenAI.
        api_key: sent as bearer token or in the profile's header; any text for a server that wants none.
        profile: what the endpoint can do. ``self.profile`` grows humbler when it turns out to do less.
        timeout: seconds for one answer, at most (see ``Deadline``); None is the profile's.
        connections: at most so many at once; None is the profile's.
        transport: replaces the network, for tests.
        aiohttp: whether to use the faster transport; None is where it is installed.
    """

    def __init__(  # noqa: PLR0913 - an endpoint has that many sides; all but the first are named
        self,
        parameters: Parameters,
        *,
        base_url: str | None,
        api_key: str,
        profile: Profile,
        timeout: float | None = None,
        connections: int | None = None,
        transport: "httpx2.AsyncBaseTransport | None" = None,
        aiohttp: bool | None = None,
    ) -> None:
        self.parameters = parameters
        self.profile = profile
        self._base_url = base_url or OPENAI_URL
        self._api_key = api_key
        self._timeout = timeout or profile.timeout
        self._answers = Answers(self._timeout, parameters.model)
        self._connections = connections or profile.connections
        self._transport = transport
        self._aiohttp = aiohttp
        self._client: AsyncOpenAI | None = None
        self._headers: dict[str, str | Omit] = {}
        self._settled = False  # the profile has earned an answer, or a 500 has been probed
        self._obeyed = False  # some reply held JSON, or the schema is told already

    async def __aenter__(self) -> Self:
        """Open the connection pool."""
        self._client, self._headers, _ = open_sdk(
            self._base_url,
            self._api_key,
            self.profile,
            timeout=self._timeout,
            connections=self._connections,
            transport=self._transport,
            aiohttp=self._aiohttp,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        if self._client:
            await self._client.close()

    async def complete(self, prompt: Prompt, heard: Heard = unheard) -> Completion:
        """One reply; ``heard`` is told of the rate limits that the answer speaks of.

        Raises:
            TransportError: worth another try; ``wait`` as the endpoint asks.
            RequestError, FilteredError: it refused this request, with every humbler profile too; or its answer is one
                that is not read, see ``bounds``.
            EndpointError: it refuses us.
            ModelError: the reply itself is of no use, see ``completion_of``.
        """
        profile, reply = await self._ask(prompt, self.profile, heard)
        try:
            completion = self._read(reply, prompt)
        except MalformedError as error:
            if not self._may_not_know(profile, reply):
                raise
            return await self._told(prompt, profile, error, heard)
        self._obeyed = True
        return completion

    def _read(self, reply: JsonValue, prompt: Prompt) -> Completion:
        return completion_of(reply, prompt, self.parameters, call_key(prompt, self.parameters))

    def _may_not_know(self, profile: Profile, reply: JsonValue) -> bool:
        """Whether this model spoke without seeing the schema: so far no reply held JSON, or others found it out."""
        silent = profile.output in _SILENT and not profile.told and _spoke(reply)
        return silent and (self.profile.told or not self._obeyed)

    async def _told(self, prompt: Prompt, profile: Profile, error: MalformedError, heard: Heard) -> Completion:
        """The endpoint took a schema and let the model talk: from now on, the model is told it as well."""
        self.profile, self._obeyed = profile.model_copy(update={"told": True}), True
        try:
            _, reply = await self._ask(prompt, self.profile, heard)
            completion = self._read(reply, prompt)
        except (ModelError, EndpointError) as second:
            second.usage = error.usage + second.usage  # the first answer is on the bill as well
            raise
        return completion.model_copy(update={"usage": error.usage + completion.usage})

    async def _ask(self, prompt: Prompt, profile: Profile, heard: Heard) -> tuple[Profile, JsonValue]:
        """Post; when the endpoint blames what a humbler profile would leave out, take that one, each at most once.

        Gives the profile that was answered, too.
        """
        tried, broken = [profile], None
        while True:
            status, headers, reply, inside = await self._post(prompt, profile, heard)
            if status < 300:  # noqa: PLR2004 - 2xx
                self._remember(profile, changed=len(tried) > 1)
                return profile, reply
            error = fault(status, headers, reply, prompt, self.parameters.model)
            if inside and isinstance(error, TransportError):
                error.status = _OK  # an answer, which may be billed and says nothing of our pace
            elif inside and isinstance(error, EndpointError):
                error.usage = Usage(calls=1)  # so may this one
            humbler = self._humbler(profile, status, reply)
            if humbler is None or humbler in tried:
                if status in _REFUSED and broken:  # the probe was understood, so the next call may need it as well
                    self._settled, broken = False, None
                raise broken or error  # a probe that fails is answered with the fault that led to it
            broken = error if status == _BROKEN else None
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

    async def _post(self, prompt: Prompt, profile: Profile, heard: Heard) -> Answer:
        # extra_body carries what the SDK's types do not know, and leaves one place that builds a request.
        request = body(prompt, self.parameters, profile)
        create = self._raw.chat.completions.with_raw_response.create
        call = create(model=self.parameters.model, messages=[], extra_body=request, extra_headers=self._headers)
        return await self._answers.of(call, prompt, heard)

    async def listing(self, prompt: Prompt) -> tuple[int, JsonValue]:
        """Status and body of the endpoint's list of models; ``prompt`` is what an error will carry.

        Raises:
            TransportError: nobody answers.
            RequestError: the answer is not read, see ``bounds``.
        """
        status, _, reply, _ = await self._answers.of(
            self._raw.models.with_raw_response.list(extra_headers=self._headers), prompt
        )
        return status, reply

    @property
    def _raw(self) -> "AsyncOpenAI":
        assert self._client, "enter the model first"
        return self._client


def _spoke(reply: JsonValue) -> bool:
    """Whether it is a chat completion at all."""
    return isinstance(reply, dict) and bool(reply.get("choices"))
