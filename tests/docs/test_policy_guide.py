"""What docs/policy.md says is true: its policies load, its rows come out, its commands print what it shows."""

import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.cli.ending import run as candor
from pipeline.errors import PolicyError
from pipeline.policy.cases.load import load_table
from pipeline.policy.cases.run import run
from pipeline.policy.lint.findings import Level
from pipeline.policy.lint.run import lint
from pipeline.policy.load import default_questions
from pipeline.policy.vocabulary import dormant
from pipeline.types.business import Business
from pipeline.types.decision import Action
from pipeline.types.policy import Operator
from pipeline.types.records import Agreement, Clause, Client, Dated, PriceItem, Project, Week
from pipeline.yamltree import parse
from tests.docs.facts_table import PAGE as PATH
from tests.docs.facts_table import written
from tests.fakes import business

PAGE = PATH.read_text(encoding="utf-8")
FILES: dict[str, str] = dict(re.findall(r"^`([\w.]+)`\n\n```yaml\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL))
PIECES = [
    text for text in re.findall(r"^```yaml\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL) if text not in FILES.values()
]
SHOWN = re.findall(r"^```text\n\$ candor (.*?)\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL)
TODAY = date(2026, 11, 19)
WEEK, DAY = Week(week="2026-W48", capacity=Decimal(40), booked=Decimal(9)), Dated(what="the cover")
CLIENT = Client(
    id="weber",
    name="Weber",
    domains=("weber.example",),
    goals=("more bookings",),
    briefs=("calm and quiet",),
    agreement=Agreement(updated=TODAY, scope=(Clause(what="the menu"),), excluded=("photographs",), budget=Decimal(9)),
    revenue_share=Decimal(9),
    overdue_since=TODAY,
    approvals=(DAY,),
    our_mistakes=(DAY,),
    waiting_for=(DAY,),
    projects=(Project(name="the menu", due=TODAY),),
)


def kept(policy: str) -> Business:
    """A business that keeps every record, so that nothing sleeps."""
    small = business(policy, clients=(CLIENT,))
    partners = (small.profile.partners[0].model_copy(update={"notice": 5}),)
    more = {"focus": ("shops",), "disliked": ("weddings",), "cost_per_hour": Decimal(9), "partners": partners}
    prices = (PriceItem(item="poster", price=Decimal(9), hours=Decimal(1)),)
    return small.model_copy(
        update={"profile": small.profile.model_copy(update=more), "prices": prices, "weeks": (WEEK,)}
    )


def joined(key: str) -> str:
    """All pieces of a list that have this key, as one list."""
    return "".join(piece for piece in PIECES if piece.startswith("- ") and re.search(rf"\b{key}: ", piece))


def whole() -> str:
    """Every piece of the page in one file."""
    tops = "".join(piece for piece in PIECES if not piece.startswith("- "))
    return f"version: 1\n{tops}rules:\n{joined('decide')}alternatives:\n{joined('offer')}"


def missed(policy: str, table: str) -> list[tuple[str, ...]]:
    firm = kept(policy)
    rows = load_table(table, "policy_test.yaml", firm).rows
    assert len(rows) > 6
    return [(row.name, miss.expected, miss.got) for row in rows for miss in run(row, firm).misses]


def test_the_whole_policy_decides_as_its_rows_say_and_has_nothing_to_mend() -> None:
    policy = FILES["policy.yaml"]
    assert missed(policy, FILES["policy_test.yaml"]) == []
    assert [
        f for f in lint(kept(policy), parse(policy, "policy.yaml", PolicyError), TODAY) if f.level != Level.NOTE
    ] == []


def test_all_pieces_are_one_policy_in_which_each_reason_leads() -> None:
    assert missed(whole(), f"today: {TODAY}\nrows:\n{joined('expect')}") == []
    rules = {rule.id for rule in kept(whole()).policy.rules}
    assert not dormant(kept(whole())) & {c.fact for r in kept(whole()).policy.rules for c in r.conditions}
    assert rules - set(re.findall(r"lead: (\w+)", joined("expect"))) <= FEATURES | QUESTIONS


FEATURES = {"another_round", "summer_break", "no_pitches", "not_our_craft"}  # told before the reasons
QUESTIONS = {"client_part_open", "over_budget", "contradicts_itself"}  # shown by what they ask


@pytest.mark.slow
def test_the_pieces_together_leave_nobody_without_three_kinds() -> None:
    findings = lint(kept(whole()), parse(whole(), "policy.yaml", PolicyError), TODAY)
    assert [f for f in findings if f.level is Level.ERROR or f.code == "too_few_kinds"] == []


def test_there_are_24_reasons_each_with_a_rule() -> None:
    reasons = re.findall(r"^\*\*(\d+)\. .*?\n\n```yaml\n- id: (\w+)", PAGE, re.MULTILINE)
    assert sorted(int(number) for number, _ in reasons) == list(range(1, 25))


def test_all_words_of_conditions_questions_and_decisions_are_on_the_page() -> None:
    assert [word for word in Operator if f"`{word} " not in PAGE and word not in {"is", "one of"}] == []
    assert [key for key in default_questions() if f"`{key}`" not in PAGE] == []
    assert [action for action in Action if f"`{action}`" not in PAGE and action is not Action.SKIP] == []


def test_the_table_of_facts_is_that_of_the_catalogue() -> None:
    assert written(PAGE) == PAGE, "python -m tests.docs.facts_table writes it anew"


def test_the_commands_print_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert candor(["init", "business"]) == candor(["demo", "--out", "candor-demo"]) == 0
    shutil.copytree("business", "small", ignore=shutil.ignore_patterns("texts"))
    for name, text in FILES.items():
        Path("small", name).write_text(text, encoding="utf-8")
    text = Path("business/policy.yaml").read_text(encoding="utf-8")
    Path("new.yaml").write_text(text.replace("max_discount: 10%", "max_discount: 30%"), encoding="utf-8")
    assert len(SHOWN) > 5
    for command, lines in SHOWN:
        capsys.readouterr()
        candor(command.split())
        rest = iter([line.strip(" ─") for line in capsys.readouterr().out.splitlines()])
        assert [line for line in lines.splitlines() if line.strip() not in rest] == [], command
