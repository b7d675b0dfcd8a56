"""The first drafts that a model wrote for the shipped suites, as cases that can be spoiled.

They come from the recorded replies; a mail whose replies are not recorded for today's prompts is left out.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.runs.desk import Desk
from eval.runs.models import recorded
from eval.shipped import plan_of
from eval.suites.load import load_suite
from eval.types.case import Case as Mail
from pipeline.draft import write
from pipeline.errors import CandorError
from pipeline.flow import prepare
from pipeline.llm.model import Model
from pipeline.prompts import Prompts, load_prompts
from pipeline.rows import opened
from tests.guard.good import Case, case_of


def first_drafts(suite: str, limit: int | None = None) -> Iterator[Case]:
    """The first drafts of a suite, in its order, of its first ``limit`` mails."""
    plan = plan_of(suite)
    model, prompts = recorded(plan.model.recorded)(0), load_prompts(*next(iter(plan.versions.values())))
    read = load_suite(Path(plan.suite))
    with TemporaryDirectory() as place:
        desk = Desk(read, Path(place))
        for mail in read.cases[:limit]:
            try:
                found = asyncio.run(_first(desk, mail, prompts, model))
            except CandorError:
                continue
            if found:
                yield found


async def _first(desk: Desk, mail: Mail, prompts: Prompts, model: Model) -> Case | None:
    business, message = desk.open(mail)
    _, page = await prepare(opened(message, "", mail.day), message, business, prompts.extract, model)
    if page is None:
        return None
    written = await write(page.letter, prompts.draft, model, "", ())
    return case_of(written.draft, page.letter.decision, page.letter.request, page.allowed)
