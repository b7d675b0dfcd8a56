"""The OpenAI SDK's client for one endpoint: no retries of its own, and nothing of the environment but what it is given.

Who asks for completions (``openai``) and who hands in files (``batches``) open it here. It is imported when called.
"""

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

from pipeline.llm.profiles import OPENAI_URL, Profile
from pipeline.llm.transport import open_client

if TYPE_CHECKING:  # keeps 0.6 s of imports out of `candor --help`
    import httpx2
    from openai import AsyncOpenAI, Omit


class Opened(NamedTuple):
    """A client, the headers that each of its calls takes, and the network under it."""

    client: "AsyncOpenAI"
    headers: "dict[str, str | Omit]"
    http: "httpx2.AsyncClient"


def open_sdk(  # noqa: PLR0913 - an endpoint and its network, in one place
    base_url: str,
    api_key: str,
    profile: Profile,
    *,
    timeout: float,
    connections: int,
    transport: "httpx2.AsyncBaseTransport | None" = None,
    aiohttp: bool | None = None,
) -> Opened:
    """A client; its owner closes it.

    Args:
        base_url: the endpoint; a query in it goes with every call.
        api_key: sent as bearer token, or in the header that ``profile`` names.
        profile: of the endpoint.
        timeout: seconds for one answer.
        connections: at most so many at once.
        transport: replaces the network, for tests.
        aiohttp: whether to use it; None is where it is installed.
    """
    from openai import AsyncOpenAI, Omit

    address, _, query = base_url.partition("?")
    http = open_client(
        base_url, profile, timeout=timeout, connections=connections, transport=transport, aiohttp=aiohttp
    )
    client = AsyncOpenAI(
        api_key=api_key, base_url=address, default_query=dict(parse_qsl(query)), max_retries=0, http_client=http
    )
    if address != OPENAI_URL:  # the SDK reads these from the environment; they are nobody else's business
        client.organization = client.project = None
    header = profile.key_header
    return Opened(client, {header: api_key, "Authorization": Omit()} if header else {}, http)
