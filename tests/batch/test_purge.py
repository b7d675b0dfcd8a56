"""A client's data leaves an output folder to the last byte, and nobody else's does."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.batch.purge import Purge, Whose
from pipeline.batch.store import DATABASE, Store
from pipeline.errors import OutputError
from pipeline.outbox.export import export
from pipeline.types.draft import Draft
from pipeline.types.message import Address
from pipeline.types.outcome import Attempt, Outcome
from tests.batch.fakes import TODAY, completion, listed, outcome, prompt
from tests.fakes import business, message

MIA, OTHER = "mia@lark.example", "bob@wren.example"
TOKEN, STAYS = "zirbelnuss", "kiefernholz"


def drafted(key: str, sender: str, word: str) -> Outcome:
    """A row with a draft to ``sender``, made by one call; ``word`` stands in the mail, the draft and the reply."""
    mail = message(f"Could you send us the {word}?", sender=sender).model_copy(update={"key": key * 64})
    mail = mail.model_copy(
        update={"sender": Address(address=sender, name="A. Person"), "message_id": f"<{key}@x.example>"}
    )
    body = f"Hi,\n\nwe can't send the {word}.\n\nWarmly,\nAda Plum"
    draft = Draft(
        subject="Re", body=body, greeting="Hi,", signoff="Ada", sentences=(), language="en", prompt="", model=""
    )
    attempt = Attempt(stage="draft", model="some-model", call=f"call-{key}")
    return outcome(key, message=mail, draft=draft, attempts=(attempt,))


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    rows = [drafted("a", MIA, TOKEN), drafted("b", OTHER, STAYS)]
    with Store(tmp_path / "out") as store:
        for row, word in zip(rows, (TOKEN, STAYS), strict=True):
            await store.add(row)
            await store.put(
                row.attempts[0].call, prompt(word), completion(row.attempts[0].call, f'{{"text": "{word}"}}')
            )
        store.relist(listed(*(row.key for row in rows)))
    export(rows, tmp_path / "out", business().profile, TODAY)
    return tmp_path / "out"


def holding(folder: Path, word: str) -> list[str]:
    return sorted(p.name for p in folder.rglob("*") if p.is_file() and word.encode() in p.read_bytes())


def all_of(folder: Path) -> Iterator[Outcome]:
    with Store(folder) as store:
        yield from store.outcomes()


@pytest.mark.parametrize("whose", [Whose((MIA,)), Whose((), ("lark.example",))])
def test_no_byte_is_left_of_them_and_all_is_left_of_others(folder: Path, whose: Whose) -> None:
    before = holding(folder, STAYS)
    assert {DATABASE, "outcomes.jsonl", "0001-a-person.eml"} <= set(holding(folder, TOKEN))
    with Purge(folder, whose) as purge:
        found = purge.do()
    assert (found.mails, found.replies, found.files) == (1, 1, ("drafts/0001-a-person.eml",))
    assert holding(folder, TOKEN) == []
    assert holding(folder, MIA) == []
    assert holding(folder, STAYS) == [name for name in before if name != "review.html"]
    assert [one.key for one in all_of(folder)] == ["b"]


def test_the_files_of_a_provider_lose_theirs(folder: Path) -> None:
    def line(key: str, text: str) -> str:
        return json.dumps({"custom_id": key, "body": text}) + "\n"

    asked, got = line("call-x", f"From {MIA}: the {TOKEN}"), line("call-x", f"a {TOKEN}")
    others = line("call-y", STAYS) + "no JSON\n"
    (folder / "requests-2.jsonl").write_text(asked + others)
    (folder / "results-1.jsonl").write_text(got + line("call-a", TOKEN) + others)
    (folder / "results-1-errors.jsonl").write_text(others)
    with Purge(folder, Whose((MIA,))) as purge:
        purge.do()
    assert holding(folder, TOKEN) == []
    for name in ("requests-2.jsonl", "results-1.jsonl", "results-1-errors.jsonl"):
        assert (folder / name).read_text() == others


def test_a_look_changes_nothing(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.suffix in {".eml", ".jsonl", ".csv"}}
    with Purge(folder, Whose((MIA,))) as purge:
        assert purge.look().mails == 1
    assert {path: path.read_bytes() for path in before} == before
    assert len(list(all_of(folder))) == 2


def test_a_draft_that_a_person_has_edited_or_renamed_goes_too(folder: Path) -> None:
    written = folder / "drafts/0001-a-person.eml"
    written.write_bytes(written.read_bytes() + b"and more\r\n")
    written.rename(folder / "drafts/mine.eml")
    with Purge(folder, Whose((MIA,))) as purge:
        assert purge.do().files == ("drafts/mine.eml",)
    assert holding(folder, MIA) == []


async def test_what_others_wrote_of_them_is_counted_and_stays(folder: Path) -> None:
    with Store(folder) as store:
        await store.add(drafted("c", OTHER, f"notes for {MIA}"))
    with Purge(folder, Whose((MIA,))) as purge:
        assert purge.do().others == 1


async def test_mail_of_ours_to_them_is_theirs(folder: Path) -> None:
    ours = message("Here is the plan.", sender="hello@plumpress.example").model_copy(
        update={"to": (Address(address=MIA),)}
    )
    with Store(folder) as store:
        await store.add(outcome("d", message=ours))
    with Purge(folder, Whose((MIA,))) as purge:
        assert purge.do().mails == 2


def test_a_second_purge_finds_nothing_and_files_stay_the_owners(folder: Path) -> None:
    for mails in (1, 0):
        with Purge(folder, Whose((MIA,))) as purge:
            assert purge.do().mails == mails
    assert {oct(path.stat().st_mode & 0o777) for path in folder.rglob("*") if path.is_file()} == {"0o600"}


def test_a_folder_that_holds_no_run_or_is_in_use_is_left_alone(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no run"):
        Purge(tmp_path, Whose((MIA,)))
    with Store(folder), pytest.raises(OutputError, match="in use"):
        Purge(folder, Whose((MIA,)))


async def test_a_reply_that_no_outcome_used_goes_unless_mails_wait(folder: Path) -> None:
    def replies() -> int:
        with sqlite3.connect(folder / DATABASE) as db:
            return int(db.execute("SELECT count(*) FROM calls").fetchone()[0])

    with Store(folder) as store:
        await store.put("call-z", prompt("?"), completion("call-z", "{}"))
        store.relist(listed("a", "b", "waits"))
    with Purge(folder, Whose((MIA,))) as purge:
        purge.do()
    assert replies() == 2
    with Store(folder) as store:
        store.relist(listed("b"))
    with Purge(folder, Whose((MIA,))) as purge:
        purge.do()
    assert replies() == 1


def test_what_a_lost_run_on_a_cluster_left_must_be_taken_in_first(folder: Path) -> None:
    (folder / "cluster").mkdir()
    (folder / "cluster" / "lease.json").touch()
    Purge(folder, Whose((MIA,))).__exit__()
    (folder / "cluster" / "shard-a-host-1-b.jsonl").touch()
    with pytest.raises(OutputError, match="parts of a run on a cluster that did not end; run 'candor batch' first"):
        Purge(folder, Whose((MIA,)))
