"""What the tests of this room share: a small policy with every kind of line, and the shop it belongs to."""

from datetime import date

from pipeline.policy.cases.load import load_table
from pipeline.policy.cases.table import Table
from pipeline.types.business import Business
from pipeline.types.records import Agreement, Clause, Client, PriceItem
from tests.fakes import business

POLICY = """
version: 1
settings: {max_discount: 10%, lead_time: 5 working days}
rules:
  - id: threat
    when: {threat: yes}
    decide: escalate
  - id: discount
    when: {discount_total: over max_discount}
    unless: {tier: key, discount_total: at most 20%}
    decide: decline
    public: "{max_discount} is the most."
  - id: rush
    when: {lead_days: under lead_time, kind: not information_request}
    decide: decline
    public: "It takes {lead_time}."
  - id: winter
    when: {kind: meeting_or_access}
    from: 2026-12-01
    until: 2027-02-28
    decide: decline
    public: "We meet again in spring."
  - id: unclear
    any: [{missing_item: yes}, {missing_time: yes}]
    decide: ask
alternatives:
  - {id: later, kind: date, offer: "From {earliest_date} on", for: [rush, winter], not_for: [discount]}
  - {id: part, kind: part, offer: "A part of it", for: [rush, discount]}
  - {id: call, kind: call, offer: "A call", when: {tier: not new}}
  - {id: guide, kind: guide, offer: "A guide"}
  - {id: letter, kind: letter, offer: "A letter"}
"""
KEY = Client(
    id="lark", name="Lark", tier="key", domains=("lark.example",), agreement=Agreement(scope=(Clause(what="the menu"),))
)


def shop(policy: str = POLICY) -> Business:
    """The print shop, one client, two prices."""
    prices = (PriceItem.model_validate({"item": "poster", "price": 100, "hours": 2}),)
    return business(policy, clients=(KEY,)).model_copy(update={"prices": prices})


def table(rows: str, policy: str = POLICY) -> Table:
    """A table of these rows, on a Thursday."""
    return load_table(f"today: 2026-11-19\n{rows}", "policy_test.yaml", shop(policy))


TODAY = date(2026, 11, 19)
