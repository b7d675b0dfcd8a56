import io
from importlib import metadata

import pytest

from pipeline.checkup.machine import Machine, _extras, machine_rows, this_machine
from pipeline.checkup.rows import Mark, Row

PLAIN = Machine(python="3.12.1", system="Linux", extras={}, encoding="utf-8", columns=100)


def found(machine: Machine) -> dict[str, Row]:
    return {row.code: row for row in machine_rows(machine)}


def test_a_plain_machine_is_well() -> None:
    rows = found(PLAIN)
    assert list(rows) == ["versions", "terminal"]
    assert {row.mark for row in rows.values()} == {Mark.OK}
    assert "on Python 3.12.1, Linux" in rows["versions"].words.says


def test_missing_extras_are_named_and_no_fault() -> None:
    row = found(PLAIN._replace(extras={"msg": False, "aiohttp": True, "pst": False}))["extras"]
    assert row.mark is Mark.OK
    assert "installed: aiohttp. " in row.words.says
    assert row.words.says.endswith("msg, pst.")
    assert row.words.do.endswith('  pip install ".[msg]"')
    assert "all_extras" in found(PLAIN._replace(extras={"aiohttp": True}))


def test_a_pipe_is_no_terminal() -> None:
    assert "no_terminal" in found(PLAIN._replace(columns=None))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "no-such-encoding"])
def test_a_terminal_that_cannot_show_a_clients_name_is_worth_a_look(encoding: str) -> None:
    row = found(PLAIN._replace(encoding=encoding))["encoding"]
    assert row.mark is Mark.LOOK
    assert f"({encoding})" in row.words.says


def test_this_machine() -> None:
    here = this_machine(io.TextIOWrapper(io.BytesIO(), encoding="latin-1"))
    assert here.encoding == "latin-1"
    assert here.columns is None
    assert here.python.startswith("3.")


def test_extras_are_those_that_the_package_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    needed = ["click>=8", 'click>=8; extra == "there"', 'no-such-thing>=1; extra == "half"', "click; extra == 'half'"]
    monkeypatch.setattr(metadata, "requires", lambda _: needed)
    assert _extras() == {"there": True, "half": False}
