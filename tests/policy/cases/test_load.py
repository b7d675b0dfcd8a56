from datetime import date
from decimal import Decimal

import pytest

from pipeline.errors import PolicyError
from pipeline.policy.cases.table import Expected, Stated
from pipeline.types.decision import Action
from pipeline.types.quantities import Duration, Order, Percent
from pipeline.types.request import Kind, State
from tests.policy.cases.shop import table

BASES = """
cases:
  rebate: {kind: discount, client: lark}
"""


def test_a_row_builds_on_its_case_and_sorts_what_it_states() -> None:
    row = table(f"""{BASES}
rows:
  - name: a rebate
    base: rebate
    with: {{discount_asked: 12%, lead_days: 3 working days, tier: standard, threat: yes, abuse: no}}
    expect: decline
    lead: discount
    not: rush
""").rows[0]
    assert (row.client, row.today, row.line) == ("lark", date(2026, 11, 19), 7)
    assert [f.name for f in row.mail] == ["threat"]
    assert [f.name for f in row.given] == ["tier"]
    assert row.asks[0].kind is Kind.DISCOUNT
    assert row.asks[0].mail[0].value == Percent(number=Decimal(12))
    assert row.asks[0].given[0].value == Duration(number=Decimal(3), unit="working_days")
    assert row.expected == Expected(action=Action.DECLINE, lead="discount", quiet=("rush",))


def test_several_asks_share_what_is_stated_with_all() -> None:
    row = table("""
rows:
  - name: two
    with: {deadline: 2026-12-01, threat: unknown}
    asks:
      - {kind: discount, discount_asked: max_discount, expect: accept}
      - {service: video, fired: [rush]}
    expect: escalate
""").rows[0]
    assert [ask.kind for ask in row.asks] == [Kind.DISCOUNT, Kind.OTHER]
    assert [ask.service for ask in row.asks] == ["everyday", "video"]
    assert [[f.name for f in ask.mail] for ask in row.asks] == [["deadline", "discount_asked"], ["deadline"]]
    assert row.mail[0].state is State.UNKNOWN
    assert row.each == (Expected(action=Action.ACCEPT), Expected(fired=("rush",)))


def test_entries_of_records_are_named_and_things_are_counted() -> None:
    facts = (
        table("""
rows:
  - {name: a, with: {client: lark, item: [60 x poster, poster], agreed: the menu, lead_days: not said}, expect: accept}
""")
        .rows[0]
        .asks[0]
    )
    assert [f.value for f in facts.mail[:2]] == [Order(item="poster", number=Decimal(60)), Order(item="poster")]
    assert (facts.mail[2].name, facts.mail[2].note) == ("agreed", "the menu")
    assert facts.given[0].state is State.ABSENT


def test_a_mail_may_ask_for_nothing() -> None:
    assert table("rows: [{name: a, asks: [], expect: skip}]").rows[0].asks == ()


def test_a_fact_on_the_row_goes_before_the_case() -> None:
    row = table(f"{BASES}\nrows: [{{name: a, base: rebate, with: {{kind: other}}, expect: accept}}]").rows[0]
    assert row.asks == (Stated(),)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{name: a, with: {discont: 3%}, expect: ask}", "2:34: unknown fact 'discont' (did you mean 'discount'?)"),
        ("{name: a, with: {discount_total: 12}, expect: ask}", "2:41: '12' is not a percentage: write 12%"),
        (
            "{name: a, with: {tier: keyy}, expect: ask}",
            "2:31: 'keyy' is not one of standard, key, new (did you mean 'key'?)",
        ),
        (
            "{name: a, with: {client: lrk}, expect: ask}",
            "2:33: 'lrk' is not a client of clients.yaml (did you mean 'lark'?)",
        ),
        (
            "{name: a, with: {service: vidio}, expect: ask}",
            "2:34: 'vidio' is not a service of profile.yaml (did you mean 'video'?)",
        ),
        (
            "{name: a, with: {item: 3 x postr}, expect: ask}",
            "2:31: 'postr' is no entry that 'item' can name (did you mean 'poster'?)",
        ),
        (
            "{name: a, with: {agreed: x}, expect: ask}",
            "2:33: 'agreed' names an entry of a record, and this client has none",
        ),
        ("{name: a, base: rebat, expect: ask}", "2:24: 'rebat' is not a case (did you mean 'rebate'?)"),
        (
            "{name: a, expect: refuse}",
            "2:26: 'refuse' is not one of skip, accept, ask, confirm, decline, escalate, end",
        ),
        ("{name: a, expect: ask, not: [rushh]}", "2:37: 'rushh' is not a rule (did you mean 'rush'?)"),
        ("{name: a, offers: [guid]}", "2:27: 'guid' is not an alternative (did you mean 'guide'?)"),
        ("{name: a, ask: tme}", "2:23: 'tme' is not a question (did you mean 'time'?)"),
        ("{name: a, kinds: three}", "2:25: 'three' is not a whole number"),
        ("{name: a, wiht: {}}", "2:24: unknown key 'wiht' (did you mean 'with'?)"),
        ("{name: a, today: soon, expect: ask}", "2:25: 'soon' is not a date like 2026-12-24"),
        ("{name: a}", "2:8: a row needs 'expect: decline', or another word of what must come of it"),
        ("{expect: ask}", "2:8: a row needs a 'name' that says what it shows"),
        (
            "{name: a, asks: [{threat: yes}], expect: ask}",
            "2:34: 'threat' is about the whole mail; write it under 'with'",
        ),
        ("{name: a, with: {kind: unknown}, expect: ask}", "2:31: 'kind' is always known: say which"),
    ],
)
def test_a_fault_says_where_and_what_is_meant(row: str, message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        table(f"rows: [{row}]\n{BASES}")
    assert str(fault.value).startswith(f"policy_test.yaml:{message}")


def test_two_rows_of_one_name_and_a_file_without_a_day() -> None:
    with pytest.raises(PolicyError, match="two rows have the name 'a'"):
        table("rows: [{name: a, expect: ask}, {name: a, expect: ask}]")
    from pipeline.policy.cases.load import load_table
    from tests.policy.cases.shop import shop

    with pytest.raises(PolicyError, match="which day it is"):
        load_table("rows: []", "policy_test.yaml", shop())


def test_where_rows_can_be_added() -> None:
    assert table("rows:\n  - {name: a, expect: ask}").indent == 2
    assert table("rows:\n- name: a\n  expect: ask").indent == 0
    assert table("rows: [{name: a, expect: ask}]").indent is None
    assert table("rows:\n  - {name: a, expect: ask}\ncases: {}").indent is None
