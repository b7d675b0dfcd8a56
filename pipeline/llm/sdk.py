"""The OpenAI SDK's client for one endpoint: no retries of its own, and nothing of the environment but what it is given.

Who asks for completions (``openai``) and who hands in files (``batches``) open it here. It is imported when called.
"""

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

from pipeline.llm.profiles import OPENAI_URL

if TYPE_CHECKING:  # keeps 0.6 s of imports out of `candor --help`
    import httpx2
    from openai import AsyncOpenAI, Omit


class Opened(NamedTuple):
    """A client, and the headers that each of its calls takes."""

    client: "AsyncOpenAI"
    headers: "dict[str, str | Omit]"


def open_sdk(base_url: str, api_key: str, key_header: str, http: "httpx2.AsyncClient") -> Opened:
    """A client over ``http``; its owner closes it.

    Args:
        base_url: the endpoint; a query in it goes with every call.
        api_key: sent as bearer token.
        key_header: the header for it instead, where there is one.
        http: the network.
    """
    from openai import AsyncOpenAI, Omit

    address, _, query = base_url.partition("?")
    client = AsyncOpenAI(
        api_key=api_key, base_url=address, default_query=dict(parse_qsl(query)), max_retries=0, http_client=http
    )
    if address != OPENAI_URL:  # the SDK reads these from the environment; they are nobody else's business
        client.organization = client.project = None
    return Opened(client, {key_header: api_key, "Authorization": Omit()} if key_header else {})
