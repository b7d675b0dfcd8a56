from pathlib import Path

import pytest

from pipeline.cli.models import demo_model, model_spec
from pipeline.resources import shipped
from pipeline.settings import Settings


def test_offline_needs_nothing() -> None:
    assert model_spec(Settings()).name == "offline"


def test_recorded_alone_is_the_shipped_set() -> None:
    spec = model_spec(Settings(model="recorded"))
    assert (spec.name, spec.recorded) == ("recorded", (str(shipped("fixtures", "recorded", "inbox")),))


def test_recorded_takes_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert model_spec(Settings(model="recorded:my-set")).recorded == (str(tmp_path / "my-set"),)


def test_a_name_may_hold_colons() -> None:
    spec = model_spec(Settings(model="openai:qwen3:8b", base_url="http://localhost:11434/v1"))
    assert (spec.name, spec.base_url) == ("openai:qwen3:8b", "http://localhost:11434/v1")


def test_a_name_of_the_users_stands_for_an_address_and_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "models.yaml"
    file.write_text("models: [{name: work, base_url: 'http://gpu:8000/v1', model: qwen3}]", "utf-8")
    monkeypatch.setenv("CANDOR_MODELS", str(file))
    spec = model_spec(Settings(model="work", base_url="http://elsewhere.example/v1"))
    assert (spec.name, spec.base_url) == ("openai:qwen3", "http://gpu:8000/v1")
    assert model_spec(Settings(model="play")).name == "play"


def test_the_demo_replays_if_there_is_something_to_replay() -> None:
    there = (shipped("fixtures", "recorded", "inbox") / "set.yaml").is_file()
    assert demo_model().name == ("recorded" if there else "offline")
