import socket
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from pipeline.checkup.examine import examine
from pipeline.checkup.rows import Row
from pipeline.checkup.samples import Taken, samples
from pipeline.errors import EndpointError
from pipeline.llm.compose import ModelSpec
from pipeline.resources import shipped
from pipeline.types.outcome import Outcome
from tests.checkup.clinic import KEY, Clinic, clinic
from tests.outbox import examples

HOSTED = ModelSpec(name="openai:x", base_url="https://llm.example/v1")


class Noted:
    """A report that remembers; ``answer`` is what it says when it is asked."""

    def __init__(self, *, answer: bool = True) -> None:
        self.answer = answer
        self.asked: list[ModelSpec] = []
        self.told: list[Row] = []
        self.taken: Sequence[Taken] = ()

    @property
    def codes(self) -> list[str]:
        return [row.code for row in self.told]

    def agreed(self, spec: ModelSpec) -> bool:
        assert not self.told, "asked before anything else"
        self.asked.append(spec)
        return self.answer

    def rows(self, rows: Iterable[Row]) -> None:
        self.told.extend(rows)

    def busy(self, words: str) -> AbstractContextManager[object]:
        return nullcontext()

    def mails(self, spec: ModelSpec, mails: Sequence[Taken]) -> None:
        self.taken = mails


class Flow:
    """Takes every mail to the same end, or fails at the third."""

    def __init__(self, *, stops: bool = False) -> None:
        self.stops = stops
        self.asked: list[tuple[Path, str]] = []

    async def take(self, mail: Path, spec: ModelSpec) -> Outcome:
        self.asked.append((mail, spec.name))
        if self.stops and len(self.asked) > 3:
            raise EndpointError("the account at the endpoint has no credit left (402)")
        return examples.decline(1)


async def looked(spec: ModelSpec, *, answer: bool = True, stops: bool = False) -> tuple[Noted, Flow]:
    report, flow = Noted(answer=answer), Flow(stops=stops)
    await examine(spec, shipped("fixtures", "studio"), named=True, report=report, take=flow.take)
    return report, flow


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


@pytest.mark.usefixtures("no_network")
async def test_offline_is_looked_at_without_a_question() -> None:
    report, flow = await looked(ModelSpec())
    assert report.asked == []
    assert "offline" in report.codes
    assert [mail.sample for mail in report.taken] == list(samples())
    assert {name for _, name in flow.asked} == {"offline"}


async def test_a_model_in_the_house_takes_the_mails_without_a_question() -> None:
    with clinic(Clinic()) as url:
        report, flow = await looked(ModelSpec(name="openai:careful-1", base_url=url))
    assert report.asked == []
    assert [name for _, name in flow.asked] == ["offline"] + ["openai:careful-1"] * 5


@pytest.mark.usefixtures("no_network")
async def test_a_hosted_model_is_asked_nothing_without_consent() -> None:
    report, flow = await looked(HOSTED, answer=False)
    assert report.asked == [HOSTED]
    assert "not_sent" in report.codes
    assert {name for _, name in flow.asked} == {"offline"}


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        (ModelSpec(name="gpt"), "no model is called 'gpt'"),
        (HOSTED.model_copy(update={"api_key_env": "NO_SUCH_KEY"}), "needs a key: set the variable NO_SUCH_KEY"),
        (HOSTED.model_copy(update={"base_url": "here"}), "'here' is no address of a model"),
        (ModelSpec(name="recorded", recorded=("nowhere",)), "no recorded set at "),
    ],
)
async def test_what_is_wrong_with_the_model_is_a_finding_and_no_question(spec: ModelSpec, sentence: str) -> None:
    report, flow = await looked(spec)
    assert report.asked == []
    assert any(sentence in row.words.says for row in report.told)
    assert {"wrong_model", "instead"} <= set(report.codes)
    assert {name for _, name in flow.asked} == {"offline"}


async def test_a_host_that_does_not_answer_leaves_the_rest_to_be_looked_at() -> None:
    with socket.socket() as bound:  # and nobody listens
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}/v1"
        report, flow = await looked(ModelSpec(name="openai:x", base_url=url))
    assert "unreachable" in report.codes
    assert len(report.taken) == 5
    assert {name for _, name in flow.asked} == {"offline"}


async def test_an_endpoint_that_gives_up_ends_the_mails_and_not_the_account() -> None:
    with clinic(Clinic()) as url:
        report, _ = await looked(ModelSpec(name="openai:careful-1", base_url=url), stops=True)
    assert report.codes[-1] == "stopped"
    assert "no credit left" in report.told[-1].words.says
    assert len(report.taken) == 2
