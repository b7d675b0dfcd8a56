from pipeline.policy.cases.run import Outcome, run
from pipeline.types.decision import Action, Result
from tests.policy.cases.shop import shop, table


def outcome(row: str) -> Outcome:
    return run(table(f"rows: [{row}]").rows[0], shop())


def misses(row: str) -> list[tuple[str, str]]:
    return [(miss.expected, miss.got) for miss in outcome(row).misses]


def test_what_a_mail_says_goes_through_all_arithmetic() -> None:
    said = "{name: a, with: {price_before: 1000 EUR, price_wanted: 850 EUR}, expect: decline, lead: discount}"
    assert not outcome(said).misses
    assert not outcome("{name: a, with: {deadline: 2026-11-23}, expect: decline, lead: rush}").misses


def test_the_record_of_a_client_counts_and_what_is_stated_goes_before_it() -> None:
    key = "client: lark, discount_asked: 15%"
    assert not outcome(f"{{name: a, with: {{{key}}}, expect: accept, not: discount}}").misses
    assert not outcome(f"{{name: a, with: {{{key}, tier: standard}}, expect: decline}}").misses
    assert not outcome("{name: a, with: {discount_asked: 5%, discount_total: 11%}, expect: decline}").misses
    assert not outcome("{name: a, with: {overdue_days: 20 days, invoice_overdue: no}, expect: accept}").misses


def test_an_offer_of_another_day_is_not_held_to_the_time_that_was_stated() -> None:
    offers = {o.id for o in outcome("{name: a, with: {lead_days: 1 working day}, expect: decline}").decision.offers}
    assert "later" in offers


def test_every_expectation_is_looked_at() -> None:
    big = "{name: a, with: {discount_asked: 30%}"
    assert misses(f"{big}, expect: accept, lead: rush}}") == [("accept by rush", "decline by discount")]
    assert misses(f"{big}, fired: rush}}") == [("rush fires", "it does not")]
    assert misses(f"{big}, not: discount}}") == [("discount does not fire", "it does")]
    assert misses(f"{big}, kinds: 4}}") == [("4 kinds of offers", "3: part, guide, letter")]
    assert misses(f"{big}, offers: [part, guide]}}") == [("offers part, guide", "part, guide, letter")]
    assert misses(f"{big}, ask: time}}") == [("asks time", "nothing")]
    assert misses("{name: a, with: {threat: unknown, discount_asked: 30%}, doubts: []}") == [
        ("in doubt about nothing", "threat")
    ]


def test_each_ask_may_be_looked_at() -> None:
    row = "{name: a, asks: [{missing_item: yes, expect: ask}, {discount_asked: 30%, expect: accept}], expect: decline}"
    assert misses(row) == [("ask 2: accept", "decline by discount")]


def test_the_rules_that_a_miss_turned_on_are_told() -> None:
    told = list(outcome("{name: a, with: {discount_asked: 8%}, expect: decline, lead: discount}").traces())
    assert [(t.rule, t.result) for t in told] == [("discount", Result.NO)]
    assert told[0].conditions[0].value == "8%"


def test_a_mail_that_asks_nothing_and_one_that_is_due_on_another_day() -> None:
    assert outcome("{name: a, asks: [], expect: skip}").decision.action is Action.SKIP
    winter = "{name: a, today: 2026-12-01, with: {kind: meeting_or_access}, expect: decline, lead: winter}"
    assert not outcome(winter).misses
