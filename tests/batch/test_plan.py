from datetime import date, timedelta

import pytest

from pipeline.batch.job import Days
from pipeline.batch.plan import Inbox, Plan, Planned
from pipeline.batch.stop import Stop
from pipeline.errors import InboxError, UnreadableError
from pipeline.inbox.source import Raw
from pipeline.inbox.threads import Fate, Own
from pipeline.types.message import Skip
from tests.batch.fakes import TODAY, FakeFlow, letter, letters

SENT = date(2026, 4, 20)  # the day of every letter


async def planned(source: list[Raw], days: Days, stale_after: int = 0) -> list[Planned]:
    plan = Plan(Inbox(source, Own(), days, stale_after), FakeFlow())
    await plan.make(Stop())
    found = list(plan)
    plan.close()
    return found


def skip(one: Planned) -> Skip | None:
    assert isinstance(one.fate, Fate)
    return one.fate.skip


@pytest.mark.parametrize(
    ("days", "after", "expected"),
    [
        (Days(SENT + timedelta(days=365)), 365, None),
        (Days(SENT + timedelta(days=366)), 365, Skip.STALE),
        (Days(SENT + timedelta(days=366)), 0, None),
        (Days(SENT + timedelta(days=366), by_mail=True), 365, None),
        (Days(SENT - timedelta(days=366)), 365, None),
    ],
    ids=["a year", "a day more", "never", "on its own day", "from the future"],
)
async def test_mail_that_is_older_than_the_firm_looks_back_is_stale(
    days: Days, after: int, expected: Skip | None
) -> None:
    (one,) = await planned(letters("One"), days, after)
    assert skip(one) is expected


async def test_a_mail_that_is_settled_otherwise_is_not_stale() -> None:
    found = await planned([*letters("One"), Raw(1, "1.eml", letter("One"))], Days(SENT + timedelta(days=400)), 365)
    assert [skip(one) for one in found] == [Skip.STALE, Skip.DUPLICATE]
    assert len({one.key for one in found}) == 2


async def test_a_mail_without_a_date_is_never_stale() -> None:
    undated = letter("One").replace(b"Date: Mon, 20 Apr 2026 10:00:00 +0000\n", b"")
    (one,) = await planned([Raw(0, "0.eml", undated)], Days(SENT + timedelta(days=400)), 365)
    assert skip(one) is None


async def test_a_mail_whose_source_has_a_problem_is_planned_with_it() -> None:
    (one,) = await planned([Raw(0, "t.csv#1", b"", problem="row 1 is cut short")], Days(TODAY))
    assert isinstance(one.fate, UnreadableError)
    assert str(one.fate) == "row 1 is cut short"


async def test_the_second_reading_must_find_the_same_mails() -> None:
    source = letters("One", "Two")
    plan = Plan(Inbox(source, Own(), Days(TODAY)), FakeFlow())
    await plan.make(Stop())
    source[1] = source[1]._replace(data=letter("Another"))
    pairs = plan.paired()
    assert next(pairs)[1].origin == "0.eml"
    with pytest.raises(InboxError, match="changed while it was read"):
        next(pairs)
    plan.close()


async def test_asked_to_stop_it_only_begins() -> None:
    plan, stop = Plan(Inbox(letters("One", "Two"), Own(), Days(TODAY)), FakeFlow()), Stop()
    stop.asked = True
    await plan.make(stop)
    assert len(plan) == 0
    plan.close()
