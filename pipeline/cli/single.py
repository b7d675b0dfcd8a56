"""One mail from its file to its outcome: the composition behind ``candor draft``, as ``batch`` has its own.

What this leaves out: a store. Nothing is kept, and a mail that is skipped for its form alone costs no call.
"""

import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipeline.business import load_business
from pipeline.cli.options import Reading
from pipeline.errors import InboxError, UnreadableError, UsageError
from pipeline.flow import reply
from pipeline.inbox.source import Raw
from pipeline.inbox.sources.inboxes import open_bytes, open_inbox
from pipeline.inbox.threads import Own
from pipeline.inbox.worker import the_worker
from pipeline.llm.cache import MemoryCalls
from pipeline.llm.compose import ModelSpec, compose, parameters_of
from pipeline.prompts import load_prompts
from pipeline.rows import outcome_key
from pipeline.types.business import Profile
from pipeline.types.outcome import Outcome

_BY_ITSELF = Reading()


class Choices(NamedTuple):
    """What a mail is answered by. ``today`` None is each mail's own day, else ``now``'s."""

    business: Path
    model: ModelSpec
    prompts: tuple[str, ...]
    today: date | None


def only_mail(path: Path, reading: Reading = _BY_ITSELF) -> Raw:
    """The one mail in a file, or on the standard input if the path is ``-``.

    Raises:
        InboxError: there is none.
        UsageError: there are several.
        UnreadableError: it cannot be got at.
    """
    source = open_bytes(sys.stdin.buffer.read(), "stdin", *reading) if path == Path("-") else open_inbox(path, *reading)
    mails = iter(source)
    first = next(mails, None)
    if first is None:
        raise InboxError(f"{path} holds no mail")
    if first.problem:
        raise UnreadableError(first.problem)
    if next(mails, None):
        named = "a file of them" if path == Path("-") else path
        raise UsageError(f"{path} holds more than one mail; take 'candor batch' with {named}")
    return first


async def answer(raw: Raw, choices: Choices, now: date) -> tuple[Outcome, Profile]:
    """The outcome of one mail, and the profile that its draft is sent under.

    Raises:
        UsageError: anything the user can mend.
        UnreadableError: the mail itself cannot be read.
        EndpointError: the endpoint refuses us.
    """
    worker = the_worker()
    worker.start()  # gets ready meanwhile
    business, prompts = load_business(choices.business), load_prompts(*choices.prompts)
    profile = business.profile
    message = await worker.read_alone(raw, Own.of(profile))
    today = choices.today or (message.sent.date() if message.sent else now)
    model = parameters_of(choices.model).model_dump_json()
    key = outcome_key(message.key, message.thread, business=business, prompts=prompts, model=model, today=today)
    calls = MemoryCalls()
    async with compose(choices.model, calls) as first, compose(ModelSpec(), calls) as fallback:
        outcome = await reply(
            message, key=key, business=business, today=today, prompts=prompts, model=first, fallback=fallback
        )
    return outcome, profile
