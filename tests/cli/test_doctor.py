import io
import json
from collections.abc import Iterator

import pytest

from pipeline.checkup.samples import samples
from tests.checkup.clinic import KEY, Clinic, clinic
from tests.cli.conftest import Candor

MODEL = ("--model", "openai:careful-1")


@pytest.fixture
def well() -> Iterator[tuple[Clinic, str]]:
    behaviour = Clinic()
    with clinic(behaviour) as url:
        yield behaviour, url


@pytest.mark.usefixtures("no_network")
def test_by_default_nothing_is_sent_and_the_way_to_a_model_is_shown(candor: Candor) -> None:
    call = candor("doctor")
    assert (call.code, call.err) == (0, "")
    assert "No business folder yet" in call.out
    assert "  candor init business" in call.out
    assert "works offline by word patterns alone: nothing leaves this computer" in " ".join(call.out.split())
    assert "candor doctor --model openai:qwen3:14b --base-url http://localhost:11434/v1" in call.out
    assert all(sample.title in call.out for sample in samples())
    assert "Nothing is wrong; have a look" in call.out
    assert "\x1b" not in call.out
    assert max(map(len, call.out.splitlines())) <= 100


def test_a_model_that_is_well(candor: Candor, well: tuple[Clinic, str], monkeypatch: pytest.MonkeyPatch) -> None:
    behaviour, url = well
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    candor("init", "business")
    call = candor("doctor", *MODEL, "--base-url", url)
    assert call.code == 0, call.out
    assert "The key in the variable OPENAI_API_KEY is accepted." in call.out
    assert "holds every reply to the form" in call.out
    assert "All 5 mails were decided as a careful reader would have it." in call.out
    assert "calls itself careful-1-2026-10-01" in call.out
    assert "tokens in" in call.out
    assert "1,000 such  about" in call.out
    assert KEY not in call.out + call.err
    sent = json.dumps(behaviour.asked)
    assert "Marrow & Finch" in sent  # the sample business, and nothing of the user's
    assert "Studio Example" in call.out
    assert "Studio Example" not in sent


def test_a_wrong_key_is_told_and_the_rest_is_looked_at(
    candor: Candor, well: tuple[Clinic, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-a-wrong-key-987654321")
    call = candor("doctor", *MODEL, "--base-url", well[1])
    assert call.code == 1
    assert "does not take the key in the variable OPENAI_API_KEY" in call.out
    assert "the mails below are taken offline" in call.out
    assert "In all" in call.out
    assert "sk-a" not in call.out + call.err


@pytest.mark.usefixtures("no_network")
def test_a_hosted_model_needs_a_yes_where_nobody_can_be_asked(candor: Candor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    call = candor("doctor", "--model", "openai:gpt-5-mini")
    assert (call.code, call.out) == (2, "")
    assert call.err == (
        "candor: this checkup would send five invented mails to api.openai.com, and there is nobody to ask; "
        "with --yes it does\n"
    )


def test_the_listing_for_programs(candor: Candor, well: tuple[Clinic, str], monkeypatch: pytest.MonkeyPatch) -> None:
    well[0].broken = True
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    call = candor("doctor", *MODEL, "--base-url", well[1], "--business", "nowhere", "--json")
    assert (call.code, call.err, call.out.count("\n")) == (1, "", 1)
    found = json.loads(call.out)
    assert (found["model"], found["worst"]) == ("openai:careful-1", "wrong")
    says = {finding["code"]: finding["says"] for finding in found["findings"] if finding["mark"] == "wrong"}
    assert says == {
        "no_such_folder": "There is no business folder at nowhere.",
        "failed": "No usable answer to 5 of 5 mails: the reply holds no JSON object",
    }
    assert [mail["sample"]["file"] for mail in found["mails"]] == [sample.file for sample in samples()]
    assert found["per_thousand"]["usage"]["prompt_tokens"] == 200 * found["in_all"]["usage"]["prompt_tokens"]


def test_an_unknown_option_is_a_usage_error(candor: Candor) -> None:
    assert candor("doctor", "--nonsense").code == 2
