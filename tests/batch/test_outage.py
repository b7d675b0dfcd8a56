import asyncio

import pytest

from pipeline.batch.outage import Outage
from pipeline.batch.stop import Stop
from pipeline.rows import failed
from pipeline.types.outcome import Attempt, Failure, Outcome
from tests.batch.fakes import outcome

ANSWERED = outcome("a", attempts=(Attempt(stage="extract", model="m", call="c"),))
SKIPPED = outcome("s")
DEAD = Failure(stage="extract", kind="TransportError", message="no connection to the endpoint: refused", retriable=True)
UNANSWERED = failed(outcome("u"), DEAD)
REFUSED = failed(outcome("r"), Failure(stage="extract", kind="RequestError", message="no such model (404)"))


def heard(outage: Outage, *outcomes: Outcome) -> Outage:
    for one in outcomes:
        outage.heard(one)
    return outage


async def test_many_unanswered_in_a_row_are_an_outage() -> None:
    outage = Outage(Stop(), most=3)
    assert not heard(outage, UNANSWERED, UNANSWERED).on
    assert heard(outage, UNANSWERED).on


async def test_an_answer_ends_it_and_what_never_went_to_a_model_does_not() -> None:
    outage = Outage(Stop(), most=2)
    assert heard(outage, UNANSWERED, SKIPPED, UNANSWERED).on
    assert not heard(outage, ANSWERED, UNANSWERED).on


async def test_an_endpoint_that_says_no_is_not_silent() -> None:
    assert not heard(Outage(Stop(), most=2), REFUSED, REFUSED, REFUSED).on


async def test_a_long_silence_ends_the_run() -> None:
    stop = Stop()
    outage = Outage(stop, most=2, give_up=0.01)
    await asyncio.sleep(0.02)
    heard(outage, UNANSWERED)
    assert not stop.asked
    heard(outage, UNANSWERED)
    assert str(stop.error) == (
        "no mail got an answer for 0.000167 minutes: no connection to the endpoint: refused; what is done is kept, "
        "and the same command goes on from here"
    )


async def test_a_short_one_does_not() -> None:
    stop = Stop()
    heard(Outage(stop, most=2, give_up=60), *[UNANSWERED] * 50)
    assert not stop.asked


async def test_mails_are_held_back_only_in_an_outage() -> None:
    outage = Outage(Stop(), most=2, pauses=(60,))
    await asyncio.wait_for(outage.over(), 10)
    heard(outage, UNANSWERED, UNANSWERED)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(outage.over(), 0.02)


async def test_who_asks_to_stop_need_not_wait() -> None:
    stop = Stop()
    outage = heard(Outage(stop, most=1, pauses=(60,)), UNANSWERED)
    waiting = asyncio.create_task(outage.over())
    await asyncio.sleep(0.01)
    stop.ask()
    await asyncio.wait_for(waiting, 10)
