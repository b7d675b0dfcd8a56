"""Drafting in a run: versions that read a mail alike read it once, and only the first of them is told what it cost."""

import asyncio
from pathlib import Path

from eval.runs.desk import Desk
from eval.runs.drafting import Readings, Writers
from eval.suites.load import load_suite
from pipeline.prompts import load_prompts
from pipeline.types.outcome import Outcome
from tests.eval.little import suite
from tests.fakes import GOOD_DISCOUNT, ScriptedModel, ask, reading

_READ = reading(ask("discount", "Could we get 30% off", ("discount_asked", "30% off")), aim="up before the fair")


async def test_two_versions_with_one_reader_read_once_and_the_second_is_told_of_no_call(tmp_path: Path) -> None:
    cases = load_suite(suite(tmp_path / "suite"))
    model, prompts = ScriptedModel(_READ, GOOD_DISCOUNT, GOOD_DISCOUNT), load_prompts("extract@v1", "draft@v1")
    writers = Writers(lambda _: model, {"one": prompts, "two": prompts}, Desk(cases, tmp_path), "")
    readings: Readings = {}

    async def draft(version: str) -> Outcome:
        return await writers.draft(cases.cases[0], version, 0, f"key of {version}", readings)

    one, two = await asyncio.gather(draft("one"), draft("two"))

    assert [prompt.stage for prompt in model.prompts] == ["extract", "draft", "draft"]
    assert (one.key, two.key) == ("key of one", "key of two")
    assert (one.usage.calls, one.usage.cached_calls) == (2, 0)
    assert (two.usage.calls, two.usage.cached_calls) == (1, 1)
    assert one.usage.prompt_tokens == two.usage.prompt_tokens
    assert one.request == two.request
