"""The first drafts that a model wrote for the shipped suites, as cases that can be spoiled.

They come from the recorded replies; a mail whose replies are not recorded for today's prompts is left out.
"""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from eval.runs.desk import Desk
from eval.runs.models import recorded
from eval.shipped import plan_of
from eval.suites.load import load_suite
from pipeline.draft import write
from pipeline.errors import CandorError
from pipeline.flow import Page, prepare
from pipeline.llm.model import Model
from pipeline.prompts import Prompts, load_prompts
from pipeline.rows import opened
from tests.guard.good import Case, case_of


class Replay(NamedTuple):
    """A mail's page, and what would write its draft."""

    mail: str
    page: Page
    prompts: Prompts
    model: Model


def first_drafts(suite: str, limit: int | None = None) -> Iterator[Case]:
    """The first drafts of a suite, in its order, of its first ``limit`` mails."""
    for replay in replays(suite, limit):
        with suppress(CandorError):  # not recorded
            written = asyncio.run(write(replay.page.letter, replay.prompts.draft, replay.model, "", ()))
            letter = replay.page.letter
            yield case_of(written.draft, letter.decision, letter.request, replay.page.allowed)


def replays(suite: str, limit: int | None = None) -> Iterator[Replay]:
    """The pages of a suite's first ``limit`` mails by their recorded readings; a mail without a draft has none."""
    plan = plan_of(suite)
    model, prompts = recorded(plan.model.recorded)(0), load_prompts(*next(iter(plan.versions.values())))
    read = load_suite(Path(plan.suite))
    with TemporaryDirectory() as place:
        desk = Desk(read, Path(place))
        for mail in read.cases[:limit]:
            business, message = desk.open(mail)
            row = opened(message, "", mail.day)
            with suppress(CandorError):  # not recorded
                _, page = asyncio.run(prepare(row, message, business, prompts.extract, model))
                if page:
                    yield Replay(mail.id, page, prompts, model)
