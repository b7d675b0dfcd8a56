"""No line of a file fills the memory, and each reader says what it met."""

import io
import json
from pathlib import Path

import pytest

from pipeline.batch.cluster.parcels import unpacked
from pipeline.batch.cluster.shards import Tail
from pipeline.batch.history import history
from pipeline.batch.sent import asked_in
from pipeline.errors import OutputError
from pipeline.lines import LONGEST, cut, lines_in
from pipeline.llm.files import Result, lines_of, read_results


def test_a_line_that_is_too_long_is_cut_and_the_next_one_is_whole() -> None:
    data = b"ab\n" + b"x" * 1000 + b"\n" + b"abc\n" + b"abcd\n" + b"e"
    found = list(lines_in(io.BytesIO(data), 4))
    assert found == [b"ab\n", b"xxxx", b"abc\n", b"abcd", b"e"]
    assert [cut(line, 4) for line in found] == [False, True, False, True, False]


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """Twice the longest line, without a line break; it takes no room on the disk."""
    path = tmp_path / "endless"
    with path.open("wb") as file:
        file.truncate(2 * LONGEST)
    return path


def test_results_of_a_provider_count_it_as_broken(endless: Path) -> None:
    with endless.open("ab") as file:
        file.write(b'\n{"custom_id": "k"}\n')
    assert max(map(len, lines_of(endless))) == LONGEST
    lost = Result(custom_id="k", error="no reply (status None)")
    assert list(read_results(lines_of(endless))) == [Result(custom_id=None, error="a line that is not JSON"), lost]


def test_a_shard_a_parcel_and_the_exports_are_one_sentence(endless: Path) -> None:
    with pytest.raises(OutputError, match="holds a line that is longer than any of ours"):
        list(Tail(endless))
    with pytest.raises(OutputError, match="endless cannot be read"):
        list(unpacked(endless))
    endless.rename(endless.with_name("outcomes.jsonl"))
    with pytest.raises(OutputError, match=r"outcomes.jsonl:1: is no outcome of Candor"):
        list(history(endless.parent))


@pytest.mark.parametrize("size", [10**15, -1, "9", None])
def test_a_parcel_that_lies_of_its_size_is_one_sentence(tmp_path: Path, size: object) -> None:
    path = tmp_path / "mails-000000.parcel"
    path.write_text(json.dumps([size, 0, "a", None, "", "d", "k", "2026-05-04", "no", ""]) + "\nFrom: a\n")
    with pytest.raises(OutputError, match="cannot be read"):
        list(unpacked(path))


@pytest.mark.parametrize("data", [b"x\n", b'{"custom_id"\n', b'{"custom_id": "\xff"}\n'])
def test_a_request_file_that_is_not_as_we_wrote_it_is_not_handed_in(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "requests.jsonl"
    path.write_bytes(data)
    with pytest.raises(OutputError, match=r"requests\.jsonl is not as it was written"):
        asked_in(path)


def test_nor_one_with_a_line_that_has_no_end(endless: Path) -> None:
    with pytest.raises(OutputError, match="endless is not as it was written"):
        asked_in(endless)
