"""The wheel holds all that it needs: unpacked elsewhere, without the checkout, the demo runs."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content in a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def candor(site: Path, here: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "pipeline", *words],
        cwd=here, env={**os.environ, "PYTHONPATH": str(site)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_demo_runs_outside_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    done = candor(unpacked, tmp_path, "demo", "--debug")
    assert done.returncode == 0, done.stderr
    assert "All 24 mails" in done.stdout
    assert (tmp_path / "candor-demo" / "review.html").is_file()


def test_a_business_folder_can_be_made_from_it(unpacked: Path, tmp_path: Path) -> None:
    assert candor(unpacked, tmp_path, "init", "business").returncode == 0
    assert (tmp_path / "business" / "policy.yaml").is_file()


def test_nothing_in_it_is_of_the_checkout_alone(unpacked: Path) -> None:
    tops = {path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")}
    assert tops <= {"pipeline", "eval"}
