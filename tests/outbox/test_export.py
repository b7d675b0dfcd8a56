import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.outbox.export import Exported, export
from pipeline.outbox.filing import slug
from pipeline.types.message import Address
from pipeline.types.outcome import Outcome
from tests.outbox.examples import PROFILE, TODAY, all_kinds, asking, decline, draft, message, skipped, trap

FIRST = "drafts/0001-jonas-feld.eml"


def run(folder: Path, *outcomes: Outcome) -> Exported:
    return export(outcomes or all_kinds(), folder, PROFILE, TODAY)


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_run_leaves_drafts_review_mbox_page_lines_and_table(tmp_path: Path) -> None:
    exported = run(tmp_path)
    assert (exported.drafts, exported.review, exported.kept) == (2, 1, ())
    assert exported.files["decline-2"] == "review/0002-dana-moor.eml"
    assert set(contents(tmp_path)) == {
        ".exported.json",
        "drafts.mbox",
        FIRST,
        "drafts/0004-bauerle-ors.eml",
        "outcomes.jsonl",
        "review.html",
        "review/0002-dana-moor.eml",
        "summary.csv",
    }
    assert len((tmp_path / "outcomes.jsonl").read_text("utf-8").splitlines()) == len(all_kinds())
    assert FIRST in (tmp_path / "summary.csv").read_text("utf-8")
    assert FIRST in (tmp_path / "review.html").read_text("utf-8")


def test_the_mbox_holds_no_marked_draft(tmp_path: Path) -> None:
    run(tmp_path)
    assert b"X-Candor-Review" not in (tmp_path / "drafts.mbox").read_bytes()
    assert b"X-Candor-Review" in (tmp_path / "review/0002-dana-moor.eml").read_bytes()


def test_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    run(tmp_path)
    before = contents(tmp_path)
    run(tmp_path)
    assert contents(tmp_path) == before


def test_only_the_owner_can_read_what_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    run(folder)
    modes = {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()}
    assert modes == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (folder, folder / "drafts", folder / "review")} == {0o700}


def test_a_draft_that_a_person_edited_is_never_overwritten_nor_doubled(tmp_path: Path) -> None:
    run(tmp_path)
    (tmp_path / FIRST).write_text("mine")
    moved = run(tmp_path, skipped(9), decline(1, draft=draft("Changed.")), asking())
    assert (tmp_path / FIRST).read_text() == "mine"
    assert moved.kept == (FIRST,)
    assert moved.files["decline-1"] == FIRST
    assert not (tmp_path / "drafts/0002-jonas-feld.eml").exists()


def test_an_edited_draft_stays_kept_run_after_run_even_when_it_is_stale(tmp_path: Path) -> None:
    run(tmp_path)
    (tmp_path / FIRST).write_text("mine")
    for _ in range(3):
        assert run(tmp_path, skipped()).kept == (FIRST,)
    assert (tmp_path / FIRST).read_text() == "mine"


def test_a_stale_draft_goes_and_a_changed_one_is_renewed(tmp_path: Path) -> None:
    run(tmp_path)
    before = contents(tmp_path)[FIRST]
    run(tmp_path, decline(1, draft=draft("Changed.")))
    assert not (tmp_path / "review/0002-dana-moor.eml").exists()
    assert contents(tmp_path)[FIRST] != before


def test_another_message_does_not_take_the_name_of_an_edited_draft(tmp_path: Path) -> None:
    run(tmp_path, decline(1))
    (tmp_path / FIRST).write_text("mine")
    exported = run(tmp_path, decline(7))
    assert exported.files == {"decline-7": "drafts/0001-jonas-feld-2.eml"}
    assert (tmp_path / FIRST).read_text() == "mine"


def test_a_persons_own_file_is_left_alone_when_the_memory_is_lost(tmp_path: Path) -> None:
    run(tmp_path)
    (tmp_path / FIRST).write_text("mine")
    (tmp_path / ".exported.json").write_text("{broken")
    assert run(tmp_path).kept == (FIRST,)
    assert (tmp_path / FIRST).read_text() == "mine"


def test_a_forged_memory_cannot_remove_a_file_elsewhere(tmp_path: Path) -> None:
    folder, other = tmp_path / "out", tmp_path / "other.eml"
    other.write_text("x")
    run(folder)
    entry = {"sha256": hashlib.sha256(b"x").hexdigest(), "message": "m"}
    (folder / ".exported.json").write_text(json.dumps({"../other.eml": entry, "drafts/../../other.eml": entry}))
    run(folder)
    assert other.exists()


def test_links_are_not_followed(tmp_path: Path) -> None:
    folder, other = tmp_path / "out", tmp_path / "other"
    other.mkdir()
    (other / "page").write_text("x")
    run(folder)
    (folder / "review.html").unlink()
    (folder / "review.html").symlink_to(other / "page")
    (folder / FIRST).unlink()
    (folder / FIRST).symlink_to(other / "page")
    run(folder)
    assert (other / "page").read_text() == "x"
    (folder / "review/0002-dana-moor.eml").unlink()
    (folder / "review").rmdir()
    (folder / "review").symlink_to(other)
    with pytest.raises(OutputError, match="links are not followed"):
        run(folder)
    assert [path.name for path in other.iterdir()] == ["page"]


@pytest.mark.parametrize(
    "name", ["../../x", "/etc/passwd", "a\x00b", "C:\\x", "..", "CON", "日本", "\u202e", "x" * 500]
)
def test_a_senders_name_never_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "out"
    exported = run(folder, decline(1, message=message(sender=Address(address="jonas@linden.example", name=name))))
    path = (folder / exported.files["decline-1"]).resolve()
    assert path.parent == (folder / "drafts").resolve()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert path.name.isascii()
    assert len(path.name) < 60


def test_a_slug_is_plain_ascii() -> None:
    assert slug("Örs Bäuerle & Söhne") == "ors-bauerle-sohne"
    assert slug("日本") == ""


def test_a_draft_that_cannot_be_written_is_a_marked_row(tmp_path: Path) -> None:
    exported = run(tmp_path, decline(1, message=message(sender=Address(address="no address"))), asking())
    assert set(exported.files) == {"ask-4"}
    first = Outcome.model_validate_json((tmp_path / "outcomes.jsonl").read_text("utf-8").splitlines()[0])
    assert first.marked == ("draft_not_written",)
    assert first.failure is not None
    assert "the To address" in first.failure.message
    assert "the To address" in (tmp_path / "summary.csv").read_text("utf-8")


def test_what_is_not_a_folder_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(OutputError, match=r"cannot write into .*: it is not a folder"):
            run(folder)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_missing_permission_is_said_in_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="no permission"):
        run(tmp_path / "out")


def test_a_run_that_breaks_off_leaves_the_last_whole_files_and_goes_on_later(tmp_path: Path) -> None:
    run(tmp_path)
    page = (tmp_path / "review.html").read_bytes()

    def broken() -> Iterator[Outcome]:
        yield decline(1, draft=draft("Changed."))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(broken(), tmp_path, PROFILE, TODAY)
    assert (tmp_path / "review.html").read_bytes() == page
    assert not list(tmp_path.rglob(".writing-*"))
    assert (tmp_path / "review/0002-dana-moor.eml").exists()
    assert run(tmp_path, decline(1), trap()).kept == ()


def test_half_written_files_of_a_killed_run_are_cleared(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts/.writing-abc").write_text("half")
    run(tmp_path)
    assert not list(tmp_path.rglob(".writing-*"))


def test_the_mbox_holds_what_a_person_made_of_a_draft_and_nothing_else(tmp_path: Path) -> None:
    run(tmp_path)
    ours = (tmp_path / FIRST).read_bytes()
    (tmp_path / FIRST).write_bytes(ours.replace(b"\r\n\r\n", b"\r\n\r\nMy own first words.\r\n", 1))
    run(tmp_path)
    assert (tmp_path / "drafts.mbox").read_bytes().count(b"My own first words.") == 1
    for broken in (b"mine", b"", b"From a Thu Jan  1 00:00:00 1970\nFrom: a@b.example\nTo: c@d.example\n\nx"):
        (tmp_path / FIRST).write_bytes(broken)
        run(tmp_path)
        box = (tmp_path / "drafts.mbox").read_bytes()
        assert (box.count(b"\nFrom: "), b"jonas" in box.lower()) == (1, False)
