from pathlib import Path

from pipeline.outbox.export import export
from pipeline.outbox.ledger import Touched, touched
from tests.outbox.examples import PROFILE, TODAY, decline


def test_what_became_of_the_drafts(tmp_path: Path) -> None:
    out = tmp_path / "out"
    export([decline()], out, PROFILE, TODAY)
    (file,) = (out / "drafts").iterdir()
    before = sorted(path.name for path in out.rglob("*"))
    assert touched(out) == Touched(written=1, edited=0, gone=0)
    file.write_bytes(file.read_bytes() + b"and kind regards\r\n")
    assert touched(out) == Touched(written=1, edited=1, gone=0)
    assert sorted(path.name for path in out.rglob("*")) == before
    file.unlink()
    assert touched(out) == Touched(written=1, edited=0, gone=1)


def test_a_folder_that_remembers_nothing(tmp_path: Path) -> None:
    assert touched(tmp_path) is None
