"""An output folder for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.batch.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "out") as store:
        yield store
