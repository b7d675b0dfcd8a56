from pathlib import Path

import click
import pytest

from pipeline.batch.commands import Finished
from pipeline.batch.files import Waiting
from pipeline.batch.runner import Summary
from pipeline.cli.finish import tell
from pipeline.errors import EndpointError
from pipeline.outbox.export import Exported

NOTHING = Exported(0, 0, (), {})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = Path("out")
    folder.mkdir()
    rows = "action,failure\ndecline,\ndecline,\nescalate,extract: no connection to the endpoint\n"
    (folder / "summary.csv").write_text(rows)
    return folder


def test_a_run_that_an_endpoint_stopped_tells_what_is_done_first(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = Summary(9, 0, 3, 6, interrupted=True, error=EndpointError("the key is refused"))
    with pytest.raises(EndpointError, match="the key is refused"):
        tell(folder, Finished(summary, NOTHING))
    out = capsys.readouterr().out
    assert "9 mails: 3 done now, 0 before, 6 waiting." in out
    assert "decline         2" in out


def test_a_run_that_a_person_stopped_says_that_it_goes_on(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(click.Abort):
        tell(folder, Finished(Summary(9, 0, 3, 6, interrupted=True), NOTHING))
    assert capsys.readouterr().err == "candor: stopped; what is done is kept, and the same command goes on from here\n"


def test_drafts_are_counted_where_they_lie(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tell(folder, Finished(Summary(1, 0, 1, 0), Exported(5, 2, ("drafts/0001-a.eml",), {})))
    out = capsys.readouterr().out
    assert "out/drafts   5, and all of them in drafts.mbox" in out
    assert "2 with something to look at first" in out
    assert "1 that you have edited was left as it is" in out
    assert "1 mail: 1 done now" in out


def test_failures_that_differ_in_figures_alone_are_counted_as_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"escalate,extract: try again in {n}s\n" for n in range(3))
    (folder / "summary.csv").write_text(f"action,failure\n{rows}")
    tell(folder, Finished(Summary(3, 0, 3, 0), NOTHING))
    assert "3 mails failed: try again in 0s (3 times)." in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("waiting", "words"),
    [
        (Waiting(1, 0, ("requests.jsonl",)), "1 request waits in out/requests.jsonl."),
        (Waiting(2, 0, ("requests.jsonl",)), "2 requests wait in out/requests.jsonl."),
        (Waiting(1, 1), "1 request is in batches at the provider"),
    ],
)
def test_one_request_is_one(folder: Path, capsys: pytest.CaptureFixture[str], waiting: Waiting, words: str) -> None:
    tell(folder, Finished(Summary(2, 0, 0, 2), NOTHING, waiting))
    assert words in " ".join(capsys.readouterr().out.split())
