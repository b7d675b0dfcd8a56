from datetime import date
from decimal import Decimal

import click
import pytest

from pipeline.batch.estimate import Estimate, StageCalls
from pipeline.cli.foresee import foresee
from pipeline.types.prompt import Usage

PRINTED = """
  1,204 mails. Nothing has been asked, and nothing written.

  Done            600   have their row already
  No model        403   need none: newsletters, bounces, copies, mails that were answered
  To do           151   for the model; of 31 all replies are stored
  Not chosen       50   wait for another run

  calls               stored    to ask     tokens in    tokens out
  read a mail             34       120       590,000        46,000
  word a letter           31        90       320,000        49,000

  Tokens      about 900,000 in, 94,000 out; by what the sample inbox takes
  Cost        about $0.41, by the list price of gpt-5-mini on 22 November 2026
  By file     about $0.21 through the provider's batch service (--engine files)
  Or more     $1.91 if every reply runs to its limit of 4,000 tokens, as those of a model that
              thinks before it answers can

"""


def stage(name: str, stored: int, to_ask: int, given: int, made: int, *, measured: bool = False) -> StageCalls:
    usage = Usage(prompt_tokens=given, completion_tokens=made, calls=to_ask)
    return StageCalls(stage=name, stored=stored, to_ask=to_ask, usage=usage, measured=measured)


FOUND = Estimate(
    messages=1204,
    done=600,
    settled=403,
    others=50,
    todo=151,
    ready=31,
    model="gpt-5-mini",
    stages=(stage("extract", 34, 120, 585_432, 45_600), stage("draft", 31, 90, 315_000, 48_600)),
    max_tokens=4000,
    cost=Decimal("0.4137"),
    at_most=Decimal("1.9051"),
    by_file=Decimal("0.20685"),
    prices=date(2026, 11, 22),
)


def printed(found: Estimate, capsys: pytest.CaptureFixture[str], budget: str = "") -> str:
    foresee(found, as_json=False, budget=Decimal(budget) if budget else None)
    return capsys.readouterr().out


def test_a_page_says_what_is_to_do_and_what_it_costs(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(FOUND, capsys) == PRINTED


def test_tokens_that_were_measured_need_no_second_figure(capsys: pytest.CaptureFixture[str]) -> None:
    stages = tuple(each.model_copy(update={"measured": True}) for each in FOUND.stages)
    out = printed(FOUND.model_copy(update={"stages": stages}), capsys)
    assert "by the calls in this folder" in out
    assert "Or more" not in out


@pytest.mark.parametrize(
    ("budget", "line"),
    [
        ("5.00", "Budget      $5.00 holds all of it by this estimate\n"),
        ("1.00", "Budget      $1.00 holds all of it by this estimate, though not if replies run to their limit\n"),
        ("0.10", "Budget      $0.10 would end after about 60 of the 151 mails to do; the rest would wait\n"),
    ],
)
def test_a_budget_is_held_against_the_plan(capsys: pytest.CaptureFixture[str], budget: str, line: str) -> None:
    assert line in printed(FOUND, capsys, budget)


def test_without_a_price_there_are_tokens_only(capsys: pytest.CaptureFixture[str]) -> None:
    unknown = {"model": "mine", "cost": None, "at_most": None, "by_file": None, "prices": None}
    out = printed(FOUND.model_copy(update=unknown), capsys)
    assert "Cost        not known: no list price of mine at this address" in out
    assert "$" not in out
    told = printed(FOUND.model_copy(update=unknown), capsys, "5.00")
    assert "Budget      $5.00 cannot be held against a cost that is not known" in told


def test_a_model_that_asks_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(Estimate(messages=3, done=0, settled=1, others=0, todo=2, ready=2), capsys)
    assert "This model makes no calls, and costs nothing." in out
    assert "stored" not in out


def test_nothing_to_ask(capsys: pytest.CaptureFixture[str]) -> None:
    stages = (stage("extract", 0, 0, 0, 0), stage("draft", 0, 0, 0, 0))
    done = FOUND.model_copy(update={"stages": stages, "todo": 0, "ready": 0})
    assert "No calls, and no cost." in printed(done, capsys)


def test_as_json_it_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    foresee(FOUND, as_json=True)
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert Estimate.model_validate_json(out) == FOUND


def test_whoever_stops_it_hears_that_nothing_happened(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(click.Abort):
        foresee(None, as_json=False)
    assert capsys.readouterr().err == "candor: stopped; nothing was asked or written\n"
