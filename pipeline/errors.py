"""Every error of Candor, in one tree.

::

    CandorError
    ├── UsageError                 the user can mend it: one plain sentence, exit 2
    │   ├── BusinessError          a business folder or one of its files
    │   ├── PolicyError            the policy file: file, line, column, what is expected
    │   ├── InboxError             no such inbox, or not one we read
    │   ├── OutputError            an output folder we cannot or may not write
    │   ├── PromptError            no such prompt version, or a broken prompt file
    │   └── ModelNameError         no such model, or what it needs is missing (key, package)
    ├── UnreadableError            one message that cannot be read: a row, never a lost one
    ├── ModelError                 one call that gave no usable reply; carries prompt, raw text and usage
    │   ├── TransportError         network, 429, 5xx, timeout: worth another try
    │   ├── RefusedError           the model declined to answer
    │   ├── TruncatedError         the reply ended at the length limit
    │   ├── FilteredError          the provider's content filter
    │   ├── EmptyError             no text at all
    │   ├── MalformedError         not the JSON that was asked for
    │   │   └── GarbledError       no chat completion at all: nothing that the model said
    │   ├── NotRecordedError       a recorded set has no reply under this call key
    │   └── RequestError           the endpoint says the request itself is wrong (400, 404, 422)
    ├── PendingError               a provider file awaits its reply; not a failure
    └── EndpointError              the key or the account is refused: the run stops
        └── BudgetError            the next call might cost more than the run may spend
"""

from pipeline.types.outcome import Failure
from pipeline.types.prompt import Prompt, Usage


class CandorError(Exception):
    """Base of all; its text is one plain sentence."""


class UsageError(CandorError):
    """Something the user can mend. The command line prints it and exits with 2."""


class BusinessError(UsageError):
    """A business folder, or a file of it, is missing or wrong."""


class PolicyError(UsageError):
    """The policy file is wrong; the message starts with ``file:line:column``."""


class InboxError(UsageError):
    """The inbox is missing or of a kind that is not read."""


class OutputError(UsageError):
    """The output folder cannot be used."""


class PromptError(UsageError):
    """A prompt version is missing or its file is broken."""


class ModelNameError(UsageError):
    """The model is unknown, or what it needs is missing."""


class UnreadableError(CandorError):
    """One message that cannot be read; it ends as a row with this sentence."""


class ModelError(CandorError):
    """A call without a usable reply. ``retriable``: the same request may succeed later."""

    retriable = False

    def __init__(
        self, message: str, *, prompt: Prompt, raw: str = "", usage: Usage | None = None, model: str = ""
    ) -> None:
        """Keep all that is needed to understand the call afterwards."""
        super().__init__(message)
        self.prompt = prompt
        self.raw = raw
        self.usage = usage or Usage()
        self.model = model


class TransportError(ModelError):
    """Network, rate limit, server fault or timeout. ``wait``: seconds the endpoint asked for, if any.

    ``status``: that of the answer; None when none came.
    """

    retriable = True

    def __init__(
        self, message: str, *, prompt: Prompt, wait: float | None = None, model: str = "", status: int | None = None
    ) -> None:
        """``wait`` is the value of ``Retry-After`` in seconds."""
        super().__init__(message, prompt=prompt, model=model)
        self.wait, self.status = wait, status


class RefusedError(ModelError):
    """The model declined to answer."""


class TruncatedError(ModelError):
    """The reply ended at the length limit."""


class FilteredError(ModelError):
    """The provider's content filter took the reply."""


class EmptyError(ModelError):
    """The reply holds no text."""


class MalformedError(ModelError):
    """The reply is not the JSON that was asked for."""


class GarbledError(MalformedError):
    """The endpoint's answer is no chat completion: the line's fault, or a server's, and not the model's."""


class NotRecordedError(ModelError):
    """The recorded set has no reply to this exact prompt."""


class RequestError(ModelError):
    """The endpoint refused the request itself; the same request will fail again."""


class PendingError(CandorError):
    """The request waits in a provider file; the message has no outcome yet."""


class EndpointError(CandorError):
    """The endpoint refuses us (bad key, empty account), or answers nobody: the run stops.

    ``usage``: what answers to the same call took that came before, if any.
    """

    def __init__(self, message: str, usage: Usage | None = None) -> None:
        """Keep what is on the bill."""
        super().__init__(message)
        self.usage = usage or Usage()


class BudgetError(EndpointError):
    """The next call might cost more than the run may spend; it was not made, and the run stops."""


def failure_of(error: CandorError, stage: str) -> Failure:
    """The row's account of ``error``: its class name and sentence."""
    retriable = isinstance(error, ModelError) and error.retriable
    return Failure(stage=stage, kind=type(error).__name__, message=str(error), retriable=retriable)
