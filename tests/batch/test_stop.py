import asyncio
import os
import signal

import pytest

from pipeline.batch.stop import Stop
from pipeline.errors import EndpointError


async def test_the_first_signal_only_asks() -> None:
    stop = Stop()
    with stop.guarding():
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.sleep(0.01)
        assert stop.asked
        assert stop.error is None


async def test_the_second_signal_cancels_and_the_run_goes_on_behind_it() -> None:
    stop = Stop()
    with stop.guarding():
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.sleep(60)
    await asyncio.sleep(0)  # no cancellation is left over
    assert stop.asked


async def test_what_does_not_end_within_the_grace_is_cancelled() -> None:
    stop = Stop(grace=0.01)
    with stop.guarding():
        stop.ask()
        await asyncio.sleep(60)
    assert stop.asked


async def test_the_first_reason_stays() -> None:
    stop = Stop()
    error = EndpointError("the key is refused")
    with stop.guarding():
        stop.ask(error)
        stop.ask(EndpointError("the key is still refused"))
    assert stop.error is error


async def test_a_cancellation_from_outside_is_not_swallowed() -> None:
    async def guarded() -> None:
        with Stop().guarding():
            await asyncio.sleep(60)

    task = asyncio.create_task(guarded())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_afterwards_signals_are_as_they_were() -> None:
    with Stop().guarding():
        pass
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


async def test_afterwards_sigterm_too_is_as_it_was() -> None:
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with Stop().guarding():
            pass
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
