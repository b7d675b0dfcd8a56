"""Ray itself, where it is installed, and the sentence where it is not."""

import importlib.util
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.batch.cluster.ray_engine import RayEngine
from pipeline.cli.ending import run as candor
from pipeline.errors import UsageError
from tests.torture import serving
from tests.torture.mails import BUSINESS, write_mbox
from tests.torture.provider import Options
from tests.torture.serving import Served

MAILS = 12


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ray" else found(name))


@pytest.fixture
def served() -> Iterator[Served]:
    with serving.provider(Options(latency=0.02)) as found:
        yield found


@pytest.fixture
def mbox(tmp_path: Path) -> Path:
    write_mbox(tmp_path / "in.mbox", MAILS)
    return tmp_path / "in.mbox"


@pytest.mark.usefixtures("without")
def test_without_ray_it_says_how_to_get_it(mbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    command = ["batch", str(mbox), "--out", str(out), "--business", str(BUSINESS), "--engine", "ray"]
    assert candor(command) == 2
    assert "--engine ray needs Ray: pip install '.[ray]' in Candor's own folder" in capsys.readouterr().err
    assert not out.exists()


def test_a_cluster_that_is_not_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: True)
    with pytest.raises(UsageError, match=r"Ray cannot be used at 127\.0\.0\.1:9: Connection refused"):
        RayEngine("127.0.0.1:9").start()


@pytest.mark.slow
def test_the_rows_are_those_of_a_run_without_ray(mbox: Path, tmp_path: Path, served: Served) -> None:
    pytest.importorskip("ray")
    found = []
    for name, more in (("there", ("--engine", "ray", "--workers", "2")), ("here", ())):
        env = serving.environment(tmp_path, served.url, connections=5)
        command = serving.batch(mbox, tmp_path / name, served.url, *more)
        done = subprocess.run(command, cwd=serving.ROOT, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        found.append((tmp_path / name / "outcomes.jsonl").read_text())
        assert served.stats().most <= 5
    assert found[0] == found[1]
    assert served.stats().bodies == 2 * MAILS
