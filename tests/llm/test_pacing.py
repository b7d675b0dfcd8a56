"""One line in front of an endpoint: places, cool-downs and what its headers allow, in virtual time."""

import asyncio
from collections.abc import Iterable
from itertools import pairwise

import pytest

from pipeline.errors import MalformedError, ModelError, RequestError, TransportError
from pipeline.llm.hints import Allowance, Heard, RateHint, unheard
from pipeline.llm.pacing import Paced
from pipeline.llm.patience import OutOfPatienceError, patience
from pipeline.types.prompt import Completion, Prompt
from tests.llm.fakes import make_prompt
from tests.llm.virtual import passed


class Endpoint:
    """Answers as it is told after a second; remembers when each prompt came, and how many at once."""

    def __init__(self, *answers: RateHint | ModelError) -> None:
        self.answers = list(answers)
        self.came: dict[str, float] = {}
        self.now = self.most = 0

    async def complete(self, prompt: Prompt, heard: Heard = unheard) -> Completion:
        self.came[prompt.messages[1].content] = asyncio.get_running_loop().time()
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await asyncio.sleep(1)
        finally:
            self.now -= 1
        match self.answers.pop(0) if self.answers else None:
            case ModelError() as error:
                raise error
            case RateHint() as hint:
                heard(hint)
        return Completion(text=prompt.messages[1].content, model="m", call="c")


async def ask(model: Paced, names: Iterable[object]) -> list[str]:
    replies = await asyncio.gather(*(model.complete(make_prompt(str(name))) for name in names), return_exceptions=True)
    return [one.text if isinstance(one, Completion) else type(one).__name__ for one in replies]


def busy(wait: float | None = None) -> TransportError:
    return TransportError("429", prompt=make_prompt(), status=429, wait=wait)


def test_no_more_calls_in_flight_than_allowed_first_come_first_served() -> None:
    endpoint = Endpoint()
    assert passed(ask(Paced(endpoint, 3), range(20))) == [str(n) for n in range(20)]
    assert endpoint.most == 3
    assert list(endpoint.came) == [str(n) for n in range(20)]


def test_it_begins_with_few_and_finds_out() -> None:
    endpoint = Endpoint()
    model = Paced(endpoint, 64)
    passed(ask(model, range(8)))
    assert (endpoint.most, model.limit) == (8, 16)
    passed(ask(model, range(200)))
    assert (endpoint.most, model.limit) == (64, 64)


def test_one_retry_after_holds_for_all_and_for_newcomers() -> None:
    endpoint = Endpoint(busy(30))
    model = Paced(endpoint, 2)

    async def run() -> None:
        first = asyncio.create_task(ask(model, ["refused", "in flight", "waiting"]))
        await asyncio.sleep(10)
        await ask(model, ["new"])
        await first

    passed(run())
    assert endpoint.came["waiting"] == 31
    assert endpoint.came["new"] > 31


def test_an_endless_retry_after_holds_nobody_for_ever() -> None:
    endpoint = Endpoint(busy(86_400))
    model = Paced(endpoint, 1)
    passed(ask(model, ["refused", "next"]))
    assert endpoint.came["next"] == 601


def test_after_a_429_calls_go_out_one_by_one() -> None:
    endpoint = Endpoint(*[RateHint()] * 8, busy(5))
    passed(ask(Paced(endpoint, 8), range(30)))
    together = [sorted(endpoint.came.values()).count(moment) for moment in set(endpoint.came.values()) if moment > 6]
    assert max(together) == 1


@pytest.mark.parametrize("kind", [MalformedError, RequestError, TransportError])
def test_a_place_is_given_back_after_an_error(kind: type[ModelError]) -> None:
    endpoint = Endpoint(kind("no", prompt=make_prompt()))
    assert passed(ask(Paced(endpoint, 1), ["bad", "good"])) == [kind.__name__, "good"]


def test_whoever_is_cancelled_leaves_the_line_and_the_place() -> None:
    async def run() -> list[str]:
        model = Paced(Endpoint(), 1)
        running, waiting, last = (asyncio.create_task(ask(model, [name])) for name in ("running", "waiting", "last"))
        await asyncio.sleep(0.5)
        waiting.cancel()
        running.cancel()
        await asyncio.sleep(0)
        return await last

    assert passed(run()) == ["last"]


def test_a_turn_that_comes_in_the_moment_of_cancelling_is_passed_on() -> None:
    async def run() -> list[str]:
        model = Paced(Endpoint(), 1)
        first = asyncio.create_task(ask(model, ["first"]))
        await asyncio.sleep(0.5)
        second = asyncio.create_task(model.complete(make_prompt("second")))
        third = asyncio.create_task(ask(model, ["third"]))
        first.add_done_callback(lambda _: second.cancel())
        await first
        return await third

    assert passed(run()) == ["third"]


def test_requests_go_out_as_the_headers_allow() -> None:
    """Sixty a minute, none left: one a second from then on, though four may be in flight."""
    endpoint = Endpoint(RateHint(Allowance(60, 0, 60)))
    model = Paced(endpoint, 4)

    async def run() -> None:
        await ask(model, ["tells"])
        await ask(model, range(5))

    passed(run())
    moments = [endpoint.came[str(n)] for n in range(5)]
    assert [round(after - before, 1) for before, after in pairwise(moments)] == [1, 1, 1, 1]


def test_time_in_line_does_not_count_as_the_messages_own() -> None:
    async def run() -> list[str]:
        model = Paced(Endpoint(), 1)

        async def one(name: str) -> str:
            try:
                async with patience(1.5):
                    return (await model.complete(make_prompt(name))).text
            except OutOfPatienceError:
                return "late"

        return await asyncio.gather(*(one(str(n)) for n in range(5)))

    assert passed(run()) == ["0", "1", "2", "3", "4"]


def test_a_limit_that_is_used_up_for_a_month_ends_the_run_instead_of_standing_still() -> None:
    gone = RateHint(requests=Allowance(100, 0, 30 * 86_400))
    model = Paced(Endpoint(*[gone] * 8), 8)
    assert passed(ask(model, range(8))) == [str(n) for n in range(8)]
    assert set(passed(ask(model, range(3)))) == {"EndpointError"}
