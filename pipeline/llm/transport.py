"""The network under the SDK: httpx2, or aiohttp where the extra ``candor[aiohttp]`` is installed (docs/adr/0009).

Both behave alike to their callers: no redirect is followed (a mail must not travel to a host that nobody named), the
proxies of the environment serve hosted endpoints and never local ones, no cookie of one answer returns with the next
call, and no answer is read beyond its bounds (``bounds``). Here too: how long an answer may take (``Deadline``). Left
out: retries, which ``retry`` holds.
"""

from collections import deque
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pipeline.llm.profiles import Profile, is_local

if TYPE_CHECKING:  # keeps 0.6 s of imports out of `candor --help`
    import httpx2

_CONNECT_SECONDS = 20.0  # five, the SDK's own, were too few on a busy machine
_SHOWN = 200  # characters of what the network says
_SEEN = 32  # answers before it is known how long they take
_OF_LATE = 128
_TIMES = 4.0  # the slowest of late
_LEAST = 30.0  # seconds


@cache
def has_aiohttp() -> bool:
    """Whether the faster transport is installed."""
    return find_spec("aiohttp") is not None


def open_client(  # noqa: PLR0913 - what httpx2 and aiohttp want to know, in one place
    base_url: str,
    profile: Profile,
    *,
    timeout: float,
    connections: int,
    transport: "httpx2.AsyncBaseTransport | None" = None,
    aiohttp: bool | None = None,
) -> "httpx2.AsyncClient":
    """A client for one endpoint; its owner closes it.

    Args:
        base_url: the endpoint, to tell local from hosted.
        profile: for ``keep_alive``.
        timeout: seconds for one answer.
        connections: at most so many at once.
        transport: replaces the network, for tests.
        aiohttp: whether to use it; None is where it is installed.
    """
    import httpx2
    import openai

    from pipeline.llm.bounds import PLAIN, bound

    faster = has_aiohttp() if aiohttp is None else aiohttp
    kind = openai.DefaultAioHttpClient if faster and transport is None else httpx2.AsyncClient
    return kind(
        timeout=httpx2.Timeout(timeout, connect=min(_CONNECT_SECONDS, timeout)),
        limits=httpx2.Limits(max_connections=connections, max_keepalive_connections=connections),
        headers=PLAIN if profile.keep_alive else {**PLAIN, "connection": "close"},
        event_hooks={"response": [bound]},
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        follow_redirects=False,
        trust_env=not is_local(base_url),
        transport=transport,
    )


@cache
def losses() -> tuple[type[Exception], ...]:
    """What may be raised when no answer arrives; the SDK lets some errors of aiohttp through as they are."""
    import openai

    if not has_aiohttp():
        return (openai.APIConnectionError, TimeoutError)
    import aiohttp

    return (openai.APIConnectionError, TimeoutError, aiohttp.ClientError)


def unsent(error: Exception) -> bool:
    """Whether no connection came about, so that a call that failed with ``error`` never left this machine."""
    import httpx2

    lost = error.__cause__
    cause = lost.__cause__ if lost and lost.__cause__ else lost
    if isinstance(cause, (httpx2.ConnectError, httpx2.ConnectTimeout)):
        return True
    if not has_aiohttp():
        return False
    import aiohttp

    return isinstance(cause, aiohttp.ClientConnectorError)


def loss_of(error: Exception, timeout: float) -> str:
    """One sentence about a lost answer. Over aiohttp a refused connection comes as a timeout, so the cause decides."""
    import httpx2
    import openai

    cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else error
    unreached = isinstance(cause, httpx2.ConnectTimeout)
    if isinstance(error, TimeoutError) or (isinstance(error, openai.APITimeoutError) and not unreached):
        return f"no answer within {timeout:g} seconds"
    told = " ".join("".join(c if c.isprintable() else " " for c in str(cause or error)).split())
    return f"no connection to the endpoint: {told[:_SHOWN] or 'it does not pick up'}"


class Deadline:
    """Seconds for the next answer: ``longest``, and less once it is known how long answers take.

    A request that hangs holds a place until it is given up. Five minutes suit a slow machine, and an endpoint that
    answers within seconds has then lost its request long before.
    """

    def __init__(self, longest: float) -> None:
        self._longest = longest
        self._took: deque[float] = deque(maxlen=_OF_LATE)

    @property
    def seconds(self) -> float:
        """Four times the slowest answer of late, but half a minute at least."""
        if len(self._took) < _SEEN:
            return self._longest
        return min(self._longest, max(_LEAST, _TIMES * max(self._took)))

    def answered(self, seconds: float) -> None:
        """An answer was whole after so long."""
        self._took.append(seconds)
