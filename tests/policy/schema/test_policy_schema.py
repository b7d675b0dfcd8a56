"""Policies against the schema: ours fit, and each slip that an editor can see is marked in its place."""

import re
from pathlib import Path

import pytest

from pipeline.errors import PolicyError
from pipeline.policy.catalogue.spec import FactSpec, Type
from pipeline.policy.facts import CATALOGUE
from pipeline.policy.load import load_policy
from pipeline.policy.schema.cells import example
from pipeline.policy.schema.policy import policy_schema
from pipeline.resources import shipped
from tests.policy.schema.walk import faults, typed

POLICIES = sorted(shipped("fixtures").rglob("policy.yaml"))
RULE = "{id: it, decide: escalate, when: {unpaid: yes}}"
OFFER = "{id: it, kind: other, offer: Another way}"


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.parent.name)
def test_the_policies_that_come_with_candor_fit(path: Path) -> None:
    assert faults(typed(path.read_text(encoding="utf-8")), policy_schema()) == []


def policy(rule: str = RULE, offer: str = OFFER) -> str:
    return f"version: 1\nsettings: {{most: 10%}}\nrules:\n  - {rule}\nalternatives:\n  - {offer}\n"


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ("{id: it, decide: escalate}", "/rules/0"),
        ("{id: it, when: {unpaid: yes}}", "/rules/0/decide"),
        ("{id: it, decide: refuse, when: {unpaid: yes}}", "/rules/0/decide"),
        ("{id: it, decide: decline, when: {unpaid: yes}}", "/rules/0/public"),
        ("{id: an id, decide: ask, when: {unpaid: yes}}", "/rules/0/id"),
        ("{id: it, decide: ask, when: {unpaid: yes}, pubic: No}", "/rules/0/pubic"),
        ("{id: it, decide: ask, when: {unpayed: yes}}", "/rules/0/when/unpayed"),
        ("{id: it, decide: ask, when: {unpaid: maybe}}", "/rules/0/when/unpaid"),
        ("{id: it, decide: ask, when: {unpaid: over 10%}}", "/rules/0/when/unpaid"),
        ("{id: it, decide: ask, when: {discount_total: over 10}}", "/rules/0/when/discount_total"),
        ("{id: it, decide: ask, when: {lead_days: under 5 days}}", "/rules/0/when/lead_days"),
        ("{id: it, decide: ask, when: {overdue_days: over 5 working days}}", "/rules/0/when/overdue_days"),
        ("{id: it, decide: ask, when: {tier: [key, gold]}}", "/rules/0/when/tier"),
        ("{id: it, decide: ask, when: {round: over 2.5}}", "/rules/0/when/round"),
        ("{id: it, decide: ask, when: {unpaid: []}}", "/rules/0/when/unpaid"),
        ("{id: it, decide: ask, any: {unpaid: yes}}", "/rules/0/any"),
        ("{id: it, decide: ask, when: {unpaid: yes}, from: soon}", "/rules/0/from"),
        ("{id: it, decide: ask, when: {unpaid: yes}, if_unknown: shrug}", "/rules/0/if_unknown"),
        ("{id: it, decide: ask, when: {unpaid: yes}, public: 'A {brace'}", "/rules/0/public"),
        ("{id: it, decide: ask, when: {unpaid: yes}, tell_upfront: perhaps}", "/rules/0/tell_upfront"),
    ],
)
def test_a_slip_in_a_rule_is_marked_where_the_loader_refuses_it(rule: str, place: str) -> None:
    assert faults(typed(policy(rule)), policy_schema()) == [place]
    with pytest.raises(PolicyError):
        load_policy(policy(rule), "policy.yaml")


@pytest.mark.parametrize(
    ("offer", "place"),
    [
        ("{id: it, kind: other}", "/alternatives/0/offer"),
        ("{id: it, kind: other, offer: Way, on: ask}", "/alternatives/0/on"),
        ("{id: it, kind: other, offer: Way, round: 9}", "/alternatives/0/round"),
        ("{id: it, kind: other, offer: Way, instead: {deadline: 3 days}}", "/alternatives/0/instead/deadline"),
        ("{id: it, kind: other, offer: Way, instead: {tier: key}}", "/alternatives/0/instead/tier"),
    ],
)
def test_a_slip_in_an_offer_is_marked_where_the_loader_refuses_it(offer: str, place: str) -> None:
    assert faults(typed(policy(offer=offer)), policy_schema()) == [place]
    with pytest.raises(PolicyError):
        load_policy(policy(offer=offer), "policy.yaml")


@pytest.mark.parametrize("spec", [s for s in CATALOGUE if s.type is not Type.ORDER], ids=lambda spec: spec.name)
def test_the_example_of_each_fact_fits_and_loads(spec: FactSpec) -> None:
    value = example(spec)
    for cell in (value, f"[{value}]", f"not {value}"):
        text = policy(f"{{id: it, decide: escalate, when: {{{spec.name}: {cell}}}, any: [{{unpaid: yes}}]}}")
        assert faults(typed(text), policy_schema()) == []
        assert load_policy(text, "policy.yaml").rules[0].when[0].fact == spec.name


def test_every_key_that_the_loader_takes_is_in_the_schema() -> None:
    text = shipped("pipeline", "policy", "load.py").read_text(encoding="utf-8")
    lists = dict(re.findall(r"^(_TOP|_RULE|_ALTERNATIVE) = \[(.*?)\]", text, re.MULTILINE | re.DOTALL))
    schema = policy_schema()
    defs = schema["$defs"]
    assert isinstance(defs, dict)
    for name, part in (("_TOP", schema), ("_RULE", defs["rule"]), ("_ALTERNATIVE", defs["alternative"])):
        assert isinstance(part, dict)
        assert isinstance(part["properties"], dict)
        assert set(re.findall(r'"(\w+)"', lists[name])) == set(part["properties"])
