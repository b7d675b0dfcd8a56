"""The page: message -> extract -> decide -> compose -> inspect -> outcome. Each is a room; this file joins them.

The model reads and words; the policy decides; the guard has the last word. Every message that enters leaves as exactly
one Outcome, unless its reply is still awaited or the endpoint refuses us altogether.
"""

from datetime import date
from typing import NamedTuple

from pipeline.allowance import permit
from pipeline.draft import write
from pipeline.errors import ModelError, failure_of
from pipeline.extract import extract
from pipeline.guard.inspect import inspect
from pipeline.guard.permit import Permit
from pipeline.letter import Letter, letter_of
from pipeline.llm.model import Model
from pipeline.policy.rounds import settle
from pipeline.prompts import Prompts, Template
from pipeline.rows import attempted, decided, drafted, failed, opened, refused
from pipeline.types.business import Business
from pipeline.types.earlier import Earlier
from pipeline.types.message import Message
from pipeline.types.outcome import Attempt, Outcome
from pipeline.types.verdict import Verdict


class Page(NamedTuple):
    """What a draft is made of, and what it may say."""

    letter: Letter
    allowed: Permit


class Prepared(NamedTuple):
    """A mail that is read and decided upon: its row, which is complete unless there is a page to write."""

    row: Outcome
    page: Page | None = None


async def reply(  # noqa: PLR0913 - the seams of the flow, each by name
    message: Message,
    *,
    key: str,
    business: Business,
    today: date,
    prompts: Prompts,
    model: Model,
    fallback: Model,
    earlier: Earlier | None = None,
) -> Outcome:
    """From one mail to its row; ``earlier`` is the no of ours that it answers, if that is on record.

    Raises:
        PendingError: the model's reply is not here yet.
        EndpointError: no further call can succeed.
    """
    prepared = await prepare(opened(message, key, today), message, business, prompts.extract, model, earlier=earlier)
    return await compose(prepared, prompts.draft, model, fallback)


async def prepare(  # noqa: PLR0913 - as above
    row: Outcome,
    message: Message,
    business: Business,
    template: Template,
    model: Model,
    *,
    earlier: Earlier | None = None,
) -> Prepared:
    """Read the mail of a row that is open, and decide; equal for every prompt that drafts. Raises as ``reply``."""
    today = row.today
    if message.skip:
        return Prepared(row)
    try:
        reading = await extract(message, business, template, model, today)
    except ModelError as error:
        return Prepared(failed(row, failure_of(error, "extract"), error.usage))
    request, decision = settle(message, reading.request, earlier, business, today)
    row = decided(attempted(row, reading.attempts, reading.usage), request, decision)
    if not decision.action.drafts:
        return Prepared(row)
    letter = letter_of(message, request, decision, business, today)
    return Prepared(row, Page(letter, permit(letter, today)))


async def compose(
    prepared: Prepared, template: Template, model: Model, fallback: Model, *, repair: bool = True
) -> Outcome:
    """The first draft that the guard lets through: the model's, its one repair with the findings, the fallback's."""
    row, page = prepared
    if page is None:
        return row
    previous, problems, verdict = "", tuple[str, ...](), Verdict()
    writers = (model, model, fallback) if repair else (model, fallback)
    for turn, writer in enumerate(writers, 1):
        if turn == len(writers):
            previous, problems = "", ()
        try:
            written = await write(page.letter, template, writer, previous, problems)
        except ModelError as error:
            if error.retriable:
                return failed(row, failure_of(error, "draft"), error.usage)
            previous, problems = error.raw, (str(error),)
            row = attempted(row, (Attempt(stage="draft", model=error.model, call="", problems=problems),), error.usage)
            continue
        verdict = inspect(written.draft, page.letter.decision, page.letter.request, page.allowed)
        previous, problems = written.reply, tuple(f"{f.code}: {f.message}" for f in verdict.findings)
        row = attempted(row, (written.attempt.model_copy(update={"problems": problems}),), written.usage)
        if verdict.ok:
            return drafted(row, written.draft, verdict)
    return refused(row, verdict)
