"""The page: message -> extract -> decide -> compose -> inspect -> outcome. Each is a room; this file joins them.

The model reads and words; the policy decides; the guard has the last word. Every message that enters leaves as exactly
one Outcome, unless its reply is still awaited or the endpoint refuses us altogether.
"""

from datetime import date

from pipeline.draft import write
from pipeline.errors import ModelError, failure_of
from pipeline.extract import extract
from pipeline.guard.inspect import inspect
from pipeline.guard.permit import Permit
from pipeline.llm.model import Model
from pipeline.policy.decide import decide
from pipeline.prompts import Prompts, Template
from pipeline.rows import attempted, decided, drafted, failed, opened, refused
from pipeline.slots import Letter, letter_of, permit
from pipeline.types.business import Business
from pipeline.types.message import Message
from pipeline.types.outcome import Attempt, Outcome
from pipeline.types.verdict import Verdict


async def reply(  # noqa: PLR0913 - the seams of the flow, each by name
    message: Message, *, key: str, business: Business, today: date, prompts: Prompts, model: Model, fallback: Model
) -> Outcome:
    """From one mail to its row.

    Raises:
        PendingError: the model's reply is not here yet.
        EndpointError: no further call can succeed.
    """
    row = opened(message, key, today)
    if message.skip:
        return row
    try:
        reading = await extract(message, business, prompts.extract, model, today)
    except ModelError as error:
        return failed(row, failure_of(error, "extract"), error.usage)
    decision = decide(message, reading.request, business, today)
    row = decided(attempted(row, reading.attempts, reading.usage), reading.request, decision)
    if not decision.action.drafts:
        return row
    letter = letter_of(message, reading.request, decision, business, today)
    return await _compose(row, letter, permit(letter, today), prompts.draft, (model, model, fallback))


async def _compose(
    row: Outcome, letter: Letter, allowed: Permit, template: Template, writers: tuple[Model, Model, Model]
) -> Outcome:
    """The first draft that the guard lets through: the model's, its one repair with the findings, the fallback's."""
    previous, problems, verdict = "", tuple[str, ...](), Verdict()
    for turn, writer in enumerate(writers, 1):
        if turn == len(writers):
            previous, problems = "", ()
        try:
            written = await write(letter, template, writer, previous, problems)
        except ModelError as error:
            if error.retriable:
                return failed(row, failure_of(error, "draft"), error.usage)
            previous, problems = error.raw, (str(error),)
            row = attempted(row, (Attempt(stage="draft", model=error.model, call="", problems=problems),), error.usage)
            continue
        verdict = inspect(written.draft, letter.decision, letter.request, allowed)
        previous, problems = written.reply, tuple(f"{f.code}: {f.message}" for f in verdict.findings)
        row = attempted(row, (written.attempt.model_copy(update={"problems": problems}),), written.usage)
        if verdict.ok:
            return drafted(row, written.draft, verdict)
    return refused(row, verdict)
