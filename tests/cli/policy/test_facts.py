"""``candor policy facts``: the catalogue as a table, and schemas for editors."""

import json

import pytest

from pipeline.cli.policy.catalogue import groups
from pipeline.policy.facts import CATALOGUE
from tests.cli.conftest import Candor


def test_every_fact_stands_in_one_group() -> None:
    assert sorted(spec.name for group in groups() for spec in group.facts) == sorted(spec.name for spec in CATALOGUE)


def test_the_table_tells_all_of_a_fact(candor: Candor) -> None:
    out = candor("policy", "facts").out
    lines = out.splitlines()
    lead = next(n for n, line in enumerate(lines) if line.startswith("  lead_days"))
    told = " ".join(" ".join(lines[lead : lead + 5]).split())
    assert told.startswith("lead_days working days, e.g. 5 working days the client not mentioned working days from")
    assert "asked for by: By which day do you need it?" in told
    margin = next(n for n, line in enumerate(lines) if line.startswith("  margin "))
    told = " ".join(" ".join(lines[margin : margin + 3]).split())
    assert told.startswith("margin a percentage, e.g. 10% us not mentioned private")
    assert "needs: prices and cost_per_hour" in told
    assert all(spec.name in out for spec in CATALOGUE)


@pytest.mark.parametrize("file", ["policy", "profile", "clients", "prices", "invoices", "calendar"])
def test_a_schema_for_each_file(candor: Candor, file: str) -> None:
    schema = json.loads(candor("policy", "facts", "--schema", file).out)
    assert (schema["title"], schema["type"]) == (f"{file}.yaml", "object")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_policys_is_the_one_that_is_meant(candor: Candor) -> None:
    assert json.loads(candor("policy", "facts", "--schema").out)["title"] == "policy.yaml"


def test_another_file_has_none(candor: Candor) -> None:
    call = candor("policy", "facts", "--schema", "poems")
    assert (call.code, call.out) == (2, "")
    assert "'poems' is not one of" in call.err
