import shutil
from pathlib import Path

from pipeline.checkup.folder import folder_rows
from pipeline.checkup.rows import Mark, Row
from pipeline.resources import shipped


def found(folder: Path, *, named: bool = True) -> list[Row]:
    return list(folder_rows(folder, named=named))


def test_a_folder_that_reads(tmp_path: Path) -> None:
    (row,) = found(shipped("fixtures", "studio"))
    assert (row.mark, row.code, row.values["name"]) == (Mark.OK, "folder", "Marrow & Finch")
    assert int(row.values["rules"]) > 5 < int(row.values["alternatives"])
    assert row.values["clients"] == "17"


def test_the_starter_folder_is_still_the_example() -> None:
    codes = [row.code for row in found(shipped("fixtures", "starter"))]
    assert codes[0] == "folder"
    assert set(codes[1:]) == {
        "sample_name", "sample_addresses", "sample_services", "sample_not_offered", "sample_signature",
        "sample_partners", "sample_policy", "sample_clients",
    }  # fmt: skip


def test_no_folder_is_a_fault_only_where_one_was_named(tmp_path: Path) -> None:
    assert [(row.mark, row.code) for row in found(tmp_path / "x")] == [(Mark.WRONG, "no_such_folder")]
    assert [(row.mark, row.code) for row in found(tmp_path / "x", named=False)] == [(Mark.LOOK, "no_folder")]


def test_a_broken_file_is_named_with_its_place(tmp_path: Path) -> None:
    folder = shutil.copytree(shipped("fixtures", "starter"), tmp_path / "mine")
    (folder / "policy.yaml").write_text("version: 1\nrules: [\n")
    (row,) = found(folder)
    assert (row.mark, row.code) == (Mark.WRONG, "broken_folder")
    assert "policy.yaml:" in row.words.says
