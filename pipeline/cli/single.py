"""One mail from its file to its outcome: the composition behind ``candor draft``, as ``batch`` has its own.

What this leaves out: a store. Nothing is kept, and a mail that is skipped for its form alone costs no call.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipeline.business.folder import load_business
from pipeline.cli.options import Reading
from pipeline.errors import InboxError, UnreadableError, UsageError
from pipeline.extract import extract
from pipeline.flow import reply
from pipeline.inbox.source import Raw
from pipeline.inbox.sources.inboxes import open_bytes, open_inbox
from pipeline.inbox.threads import Own
from pipeline.inbox.worker import the_worker
from pipeline.llm.cache import MemoryCalls
from pipeline.llm.compose import ModelSpec, compose, parameters_of
from pipeline.prompts import Prompts, load_prompts
from pipeline.rows import answering, outcome_key
from pipeline.types.business import Business
from pipeline.types.earlier import Earlier
from pipeline.types.message import Message
from pipeline.types.outcome import Outcome
from pipeline.types.request import Request

_BY_ITSELF = Reading()


class Choices(NamedTuple):
    """What mails are answered by. ``today`` None is each mail's own day, else ``now``'s."""

    business: Business
    prompts: Prompts
    model: ModelSpec
    today: date | None


def choices_of(folder: Path, prompts: tuple[str, ...], model: ModelSpec, today: date | None) -> Choices:
    """The choices, read from a business folder and the prompts of these names.

    Raises:
        UsageError: anything the user can mend.
    """
    the_worker().start()  # gets ready meanwhile
    return Choices(load_business(folder), load_prompts(*prompts), model, today)


def only_mail(path: Path, reading: Reading = _BY_ITSELF) -> Raw:
    """The one mail in a file, or on the standard input if the path is ``-``.

    Raises:
        InboxError: there is none, or no such file.
        UsageError: there are several.
        UnreadableError: it cannot be got at.
    """
    if path != Path("-") and not os.path.lexists(path):
        raise InboxError(f"there is no mail at {path}: no file of that name")
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


class Understood(NamedTuple):
    """A mail and what was read of it; no request where its form alone settles it."""

    message: Message
    request: Request | None
    today: date


async def understand(raw: Raw, choices: Choices, now: date) -> Understood:
    """What the model reads of one mail; nothing is decided and no reply is worded.

    Raises:
        UsageError: anything the user can mend.
        UnreadableError: the mail itself cannot be read.
        ModelError: the model gives no usable reply.
        EndpointError: the endpoint refuses us.
    """
    message = await the_worker().read_alone(raw, Own.of(choices.business.profile))
    today = choices.today or (message.sent.date() if message.sent else now)
    if message.skip:
        return Understood(message, None, today)
    async with compose(choices.model, MemoryCalls()) as model:
        found = await extract(message, choices.business, choices.prompts.extract, model, today)
    return Understood(message, found.request, today)


async def answer(raw: Raw, choices: Choices, now: date, folders: Sequence[Path] = ()) -> Outcome:
    """The outcome of one mail, which may answer a no of one of the output folders.

    Raises:
        UsageError: anything the user can mend.
        UnreadableError: the mail itself cannot be read.
        EndpointError: the endpoint refuses us.
    """
    business, prompts = choices.business, choices.prompts
    message = await the_worker().read_alone(raw, Own.of(business.profile))
    today = choices.today or (message.sent.date() if message.sent else now)
    model = parameters_of(choices.model).model_dump_json()
    key = outcome_key(message.key, message.thread, business=business, prompts=prompts, model=model, today=today)
    earlier = _earlier(message, folders, business)
    key = answering(key, earlier.key) if earlier else key
    calls = MemoryCalls()
    async with compose(choices.model, calls) as first, compose(ModelSpec(), calls) as fallback:
        return await reply(
            message, key=key, business=business, today=today, prompts=prompts, model=first, fallback=fallback,
            earlier=earlier,
        )  # fmt: skip


def _earlier(message: Message, folders: Sequence[Path], business: Business) -> Earlier | None:
    """Our no that it answers."""
    if not folders:
        return None
    from pipeline.batch.before import Before
    from pipeline.batch.store import Store

    with ExitStack() as opened:
        stores = [opened.enter_context(Store(folder, create=False)) for folder in dict.fromkeys(folders)]
        return Before(stores, business).answered_by(message)
