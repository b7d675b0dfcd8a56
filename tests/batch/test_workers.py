"""How many messages are in the flow at a time."""

import pytest

from pipeline.batch.chunk import WORKERS
from pipeline.llm.compose import ModelSpec, limit_of


@pytest.mark.parametrize(
    ("spec", "workers"),
    [
        (ModelSpec(name="offline"), WORKERS),
        (ModelSpec(name="openai:made", base_url="http://127.0.0.1:8000/v1"), 16),  # the profile's connections
        (ModelSpec(name="openai:made", base_url="http://127.0.0.1:8000/v1", limit=64), 64),
    ],
)
def test_as_many_messages_as_calls_may_be_in_flight(spec: ModelSpec, workers: int) -> None:
    assert limit_of(spec, WORKERS) == workers
