import json
from pathlib import Path

import pytest

from eval.judge.compose import Bar, hold, judgements, opened_bar
from eval.types.calibration import Label
from pipeline.errors import EndpointError, UsageError
from pipeline.llm.compose import ModelSpec
from pipeline.llm.files import Result
from pipeline.llm.model import Model
from pipeline.prompts import load_prompt
from pipeline.types.prompt import Completion, Prompt
from tests.eval.judge.asked import DRAFT, RUBRIC, said
from tests.fakes import ScriptedModel

LABELS = tuple(
    Label(id=str(n), language="en", subject="Posters", mail=f"Mail {n}", draft=DRAFT, labels={"clear": True})
    for n in range(3)
)
REPLY = said(fits3="yes")
BAR = Bar(LABELS, RUBRIC, load_prompt("judge@v1"))


async def test_every_label_is_judged_once_a_repeat_and_in_order() -> None:
    models: list[Model] = [ScriptedModel(*[REPLY] * 3, name=name) for name in ("first", "second")]
    rounds = await judgements(BAR, lambda repeat: models[repeat])
    assert [[each.judge for each in one] for one in rounds] == [["first"] * 3, ["second"] * 3]


class Refusing:
    async def complete(self, prompt: Prompt) -> Completion:
        raise EndpointError("the key is refused")


async def test_an_endpoint_that_refuses_ends_it() -> None:
    with pytest.raises(EndpointError, match="refused"):
        await judgements(BAR, lambda _: Refusing())


async def test_through_files_it_asks_first_and_calibrates_when_all_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    spec, folder = ModelSpec(name="openai:wise"), tmp_path / "calls"
    waiting = await hold(BAR, spec, folder, "files")
    assert waiting == (None, 6)
    keys = [json.loads(line)["custom_id"] for line in (folder / "requests.jsonl").read_text().splitlines()]
    message = {"role": "assistant", "content": json.dumps(REPLY)}
    body = {"model": "wise-1", "choices": [{"finish_reason": "stop", "message": message}]}
    results = {key: Result.model_validate({"custom_id": key, "body": body}) for key in keys}
    found = (await hold(BAR, spec, folder, "files", results)).calibration
    assert found
    assert (found.judge, found.errors, found.figures[0].twice, found.figures[0].same) == ("wise-1", 0, 3, 3)
    assert not (folder / "requests.jsonl").exists()
    assert (await hold(BAR, spec, folder, "files")).calibration == found


def test_a_prompt_of_another_stage_judges_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no prompt of a judge"):
        opened_bar(tmp_path / "labels.jsonl", "decline@v1", "draft@v1", 1)
