"""Three complete example businesses: each loads, its policy is sound, and its sample mails are decided as labelled."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from pydantic import BaseModel

from pipeline.business.folder import load_business
from pipeline.errors import PolicyError
from pipeline.inbox.read import from_bytes
from pipeline.policy.cases.examine import examine
from pipeline.policy.cases.load import load_table
from pipeline.policy.cases.values import facts, spec_of
from pipeline.policy.decide import decide
from pipeline.policy.lint.findings import Level
from pipeline.policy.lint.run import lint
from pipeline.quotes import find
from pipeline.resources import shipped
from pipeline.types.business import Business
from pipeline.types.decision import Action, Decision
from pipeline.types.message import Message
from pipeline.types.request import Ask, Fact, Kind, Request
from pipeline.yamltree import Node, parse

FOLDER = Path(str(shipped("fixtures", "businesses")))
NAMES = ("studio", "software", "caterer")
TODAY = date(2026, 11, 19)
LANGUAGES = {"en", "de", "fr", "es"}
REASONS = {
    "unreasonable", "illogical", "out_of_scope", "unethical", "against_client_objectives",
    "against_campaign_objectives", "jeopardises_other_work", "late", "team_or_supplier_problem", "no_capacity",
    "not_our_goals", "not_profitable", "no_impact", "no_fun", "false_opportunity", "constant_discounts",
    "client_responsibility_unmet", "overdue_payment", "client_mistake", "taken_for_granted", "size_as_club",
    "intimidation", "budget_exceeded", "agreement_outdated",
}  # fmt: skip


class Label(BaseModel):
    """What must come of a mail: the action, the rule that is told first (or the decision's code), every reason."""

    mail: str
    action: Action
    lead: str
    reasons: tuple[str, ...] = ()
    note: str = ""


class Noted(BaseModel):
    """An ask as a careful reader noted it; values in the words of a cell."""

    kind: Kind
    quote: str
    service: str = "everyday"
    facts: dict[str, str | list[str]] = {}


class Read(BaseModel):
    """A mail as a careful reader noted it."""

    mail: str
    asks: tuple[Noted, ...]
    mail_facts: dict[str, str] = {}


@cache
def business(name: str) -> Business:
    return load_business(FOLDER / name)


def labels(name: str) -> tuple[Label, ...]:
    return tuple(Label.model_validate_json(line) for line in lines(name, "labels.jsonl"))


def lines(name: str, file: str) -> list[str]:
    return (FOLDER / name / file).read_text(encoding="utf-8").splitlines()


def message(name: str, mail: str) -> Message:
    return from_bytes((FOLDER / name / "inbox" / mail).read_bytes(), mail)


def request(read: Read, letter: Message, ours: Business) -> Request:
    """What the reader noted, as a verified reading; every quote stands in the mail."""
    asks = tuple(noted(number, ask, letter, ours) for number, ask in enumerate(read.asks, 1))
    return Request(asks=asks, facts=stated(read.mail_facts, letter, ours))


def noted(number: int, ask: Noted, letter: Message, ours: Business) -> Ask:
    quote = find(ask.quote, letter, history=False)
    assert quote is not None, ask.quote
    assert ask.service in {*ours.profile.services, *ours.profile.not_offered, "everyday", "unlisted"}
    return Ask(number=number, kind=ask.kind, quote=quote, service=ask.service, facts=stated(ask.facts, letter, ours))


def stated(written: Mapping[str, str | list[str]], letter: Message, ours: Business) -> tuple[Fact, ...]:
    client = ours.client_of(letter.sender)
    found: list[Fact] = []
    for name, words in written.items():
        cell = node(words)
        found += facts(spec_of(name, cell, ()), cell, ours, client)
    return tuple(found)


def node(words: str | list[str]) -> Node:
    if isinstance(words, str):
        return Node("facts.jsonl", 1, 1, text=words)
    return Node("facts.jsonl", 1, 1, items=tuple(node(each) for each in words))


def decided(name: str) -> Iterator[tuple[Label, Decision]]:
    ours = business(name)
    reads = [Read.model_validate(json.loads(line)) for line in lines(name, "facts.jsonl")]
    for label, read in zip(labels(name), reads, strict=True):
        assert read.mail == label.mail
        letter = message(name, label.mail)
        yield label, decide(letter, request(read, letter, ours), ours, TODAY)


@pytest.mark.parametrize("name", NAMES)
def test_every_labelled_mail_is_decided_as_its_label_says(name: str) -> None:
    missed = [
        (label.mail, label.action.value, label.lead, decision.action.value, decision.code)
        for label, decision in decided(name)
        if (decision.action, decision.code) != (label.action, label.lead)
    ]
    assert missed == []


@pytest.mark.parametrize("name", NAMES)
def test_every_no_gives_a_reason_and_offers_three_kinds(name: str) -> None:
    for label, decision in decided(name):
        if decision.action is Action.DECLINE:
            assert decision.reasons, label.mail
            assert len({offer.kind for offer in decision.offers}) >= 3, label.mail


@pytest.mark.parametrize("name", NAMES)
def test_every_mail_of_the_inbox_is_labelled(name: str) -> None:
    assert [label.mail for label in labels(name)] == sorted(p.name for p in (FOLDER / name / "inbox").iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_at_least_fourteen_reasons_occur_and_some_that_are_none(name: str) -> None:
    found = [reason for label in labels(name) for reason in label.reasons]
    assert set(found) <= REASONS
    assert len(set(found)) >= 14
    assert any(label.action is Action.ACCEPT and label.lead == "no_objection" for label in labels(name))
    assert any(label.lead == "obliged" for label in labels(name))


def test_all_reasons_occur_over_the_three() -> None:
    assert {reason for name in NAMES for label in labels(name) for reason in label.reasons} == REASONS


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_written_in_four_languages(name: str) -> None:
    policy = business(name).policy
    texts = [*(r.public for r in policy.rules if r.public), *(a.offer for a in policy.alternatives)]
    assert [text for text in texts if set(text.by_language) != LANGUAGES] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_check_of_a_policy_finds_neither_error_nor_warning(name: str) -> None:
    tree = parse((FOLDER / name / "policy.yaml").read_text(encoding="utf-8"), "policy.yaml", PolicyError)
    assert [found for found in lint(business(name), tree, TODAY) if found.level is not Level.NOTE] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_rows_hold_and_notice_nearly_every_slip_of_the_pen(name: str) -> None:
    text = (FOLDER / name / "policy_test.yaml").read_text(encoding="utf-8")
    examined = examine(load_table(text, "policy_test.yaml", business(name)), business(name))
    assert [outcome.row.name for outcome in examined.failed] == []
    assert examined.whole.noticed >= examined.whole.of * 0.95
