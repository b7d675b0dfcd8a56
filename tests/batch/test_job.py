from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline.batch.job import Days, Job, settle, settled
from pipeline.batch.store import Store
from pipeline.errors import OutputError, UsageError
from pipeline.llm.compose import ModelSpec
from tests.batch.fakes import listed, outcome

NOW, LATER = date(2026, 5, 4), date(2026, 6, 1)


def job(today: str = "") -> Job:
    return Job(inbox="inbox.mbox", business="business", prompts=("draft@v1",), model=ModelSpec(), today=today)


def test_the_first_run_fixes_the_day(store: Store) -> None:
    assert settle(store, job(), NOW) == Days(NOW)
    assert settle(store, job(), LATER) == Days(NOW)


def test_a_day_may_be_chosen_once(store: Store) -> None:
    assert settle(store, job("2026-05-01"), NOW) == Days(date(2026, 5, 1))
    assert settle(store, job("2026-05-01"), LATER) == Days(date(2026, 5, 1))
    with pytest.raises(OutputError, match="begun with --today 2026-05-01"):
        settle(store, job("2026-05-02"), NOW)
    with pytest.raises(OutputError, match="begun with --today 2026-05-01"):
        settle(store, job("mail"), NOW)


def test_each_mail_has_its_own_day_and_one_without_date_the_first_run_s(store: Store) -> None:
    settle(store, job("mail"), NOW)
    days = settle(store, job(), LATER)
    assert days.of(datetime(2025, 12, 31, 23, 59, tzinfo=UTC)) == date(2025, 12, 31)
    assert days.of(None) == NOW


def test_otherwise_the_date_of_a_mail_does_not_matter() -> None:
    assert Days(NOW).of(datetime(2025, 12, 31, tzinfo=UTC)) == NOW


def test_what_is_no_day_is_one_sentence(store: Store) -> None:
    with pytest.raises(UsageError, match="'tomorrow' is no day"):
        settle(store, job("tomorrow"), NOW)
    assert store.settings() == {}


def test_the_job_comes_back_with_its_day_and_whole_paths(store: Store) -> None:
    settle(store, job(), NOW)
    again = settled(store)
    assert again.today == "2026-05-04"
    assert again.inbox == str(Path.cwd() / "inbox.mbox")


def test_a_folder_without_a_job_is_one_sentence(store: Store) -> None:
    with pytest.raises(OutputError, match="does not say what it was made from"):
        settled(store)


async def test_a_folder_that_waits_for_replies_by_file_is_not_run_otherwise(store: Store) -> None:
    by_files = job().model_copy(update={"engine": "files"})
    settle(store, by_files, NOW)
    store.relist(listed("row"))
    settle(store, job(), NOW)  # nothing was asked yet
    store.expect(["call"])
    with pytest.raises(OutputError, match="still waits for replies"):
        settle(store, job(), NOW)
    settle(store, by_files, NOW)
    await store.add(outcome("row"))
    settle(store, job(), NOW)
