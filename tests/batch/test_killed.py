"""``kill -9`` in the middle of a run costs the calls in flight, and no row."""

import asyncio
import subprocess
import sys
import time
from pathlib import Path

from pipeline.batch.store import Store
from tests.batch import killed

ROOT = Path(__file__).parents[2]


def paid(ledger: Path) -> list[str]:
    return ledger.read_text().splitlines() if ledger.exists() else []


def test_what_a_kill_costs(tmp_path: Path) -> None:
    folder, ledger = tmp_path / "out", tmp_path / "ledger"
    command = [sys.executable, "-m", "tests.batch.killed", str(folder), str(ledger), "0.05"]
    with subprocess.Popen(command, cwd=ROOT) as process:
        while len(paid(ledger)) < killed.MAILS // 2:
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
    before = paid(ledger)
    summary = asyncio.run(killed.go(folder, ledger, 0.0))
    after = paid(ledger)
    assert (summary.messages, summary.waiting) == (killed.MAILS, 0)
    assert 0 < summary.resumed < killed.MAILS
    assert set(after) == set(map(str, range(killed.MAILS)))
    assert len(after) - killed.MAILS <= killed.WORKERS, "only what was in flight is paid twice"
    assert len(before) < killed.MAILS
    with Store(folder) as store:
        assert len({row.key for row in store.outcomes()}) == killed.MAILS
