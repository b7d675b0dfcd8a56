"""Each kind of finding by an example: a policy, and what is said of it."""

from datetime import date

import pytest

from pipeline.errors import PolicyError
from pipeline.policy.lint.findings import Finding, Level
from pipeline.policy.lint.run import lint
from pipeline.yamltree import parse
from tests.fakes import TODAY, business, starter_policy
from tests.policy.derive.shop import shop

HEAD = """\
version: 1
settings: {max_discount: 10%, lead_time: 5 working days}
rules:
"""
DISCOUNT = """\
  - {id: discount, when: {discount_total: over max_discount}, decide: decline, public: 'At most {max_discount}.'}
"""
OFFERS = """\
alternatives:
  - {id: a, kind: a, offer: A}
  - {id: b, kind: b, offer: B, not_for: [late]}
  - {id: c, kind: c, offer: C, not_for: [rude]}
  - {id: d, kind: d, offer: D}
"""
LATE = "  - {id: late, when: {insists: yes}, decide: ask}\n"
RUDE = "  - {id: rude, when: {leave_threat: yes}, decide: ask}\n"


def found(text: str, today: date = TODAY) -> tuple[Finding, ...]:
    return lint(business(text), parse(text, "policy.yaml", PolicyError), today)


def about(code: str, text: str, today: date = TODAY) -> Finding:
    return next(finding for finding in found(text, today) if finding.code == code)


def codes(text: str) -> set[str]:
    return {finding.code for finding in found(text)}


def test_a_refusal_that_two_rules_together_leave_short() -> None:
    finding = about("too_few_kinds", HEAD + DISCOUNT + LATE + RUDE + OFFERS)
    assert (finding.level, finding.place) == (Level.WARNING, "policy.yaml:4:5")
    assert finding.do.endswith(" Until then, such mail goes to a person.")
    assert "discount_total: over 10%, insists: yes, leave_threat: yes" in finding.says
    assert "'discount', 'late' and 'rude' fire" in finding.says
    assert "only 2 of three kinds can be offered: a (a), d (d)" in finding.says
    assert "take 'late' and 'rude' out of 'not_for' of 'b' and 'c'" in finding.do


def test_what_is_impossible_is_no_example() -> None:
    text = HEAD + DISCOUNT + LATE + RUDE + OFFERS
    assert "too_few_kinds" not in codes(text + "impossible:\n  - {insists: yes, leave_threat: yes}\n")


def test_one_cause_is_told_once() -> None:
    other = "  - {id: free, when: {unpaid: yes}, decide: decline, public: No.}\n"
    shorts = [f for f in found(HEAD + DISCOUNT + other + LATE + RUDE + OFFERS) if f.code == "too_few_kinds"]
    assert [f.says.split(".")[0] for f in shorts] == [
        "'discount' can say no without three alternatives, and so can 'free', for one cause"
    ]


def test_what_two_asks_of_one_mail_take_from_each_other() -> None:
    apart = (
        (HEAD + DISCOUNT + LATE + RUDE + OFFERS)
        .replace("insists", "extra_scope")
        .replace("leave_threat", "missing_item")
    )
    assert (
        "in ask 1, " in about("too_few_kinds", apart + "impossible:\n  - {extra_scope: yes, missing_item: yes}\n").says
    )


def rule(cells: str, decide: str = "escalate", name: str = "extra") -> str:
    return f"  - {{id: {name}, {cells}, decide: {decide}, public: No.}}\n"


PLENTY = "alternatives:\n" + "".join(f"  - {{id: {k}, kind: {k}, offer: Yes, for: [discount]}}\n" for k in "abc")


@pytest.mark.parametrize(
    ("more", "code", "says"),
    [
        (
            rule("when: {discount_total: over 20%}, unless: {discount_total: over 5%}"),
            "unreachable",
            "'unless' holds, too",
        ),
        (
            rule("when: {round: under 1}, any: [{round: over 2}]"),
            "unreachable",
            "round can't be both 'under 1' and 'over 2'",
        ),
        (rule("when: {goodwill_after: over 3 hours, unpaid: no}"), "unreachable", "how these facts are derived"),
        (rule("when: {event_day: over 9999-12-31}"), "unreachable", "event_day is never 'over 9999-12-31'"),
        (rule("when: {deadline: under 0001-01-01}"), "unreachable", "deadline is never 'under 0001-01-01'"),
        (rule("any: [{threat: yes}, {round: under 0}]"), "dead_case", "case 2 of 'any' in 'extra'"),
        (rule("when: {threat: yes}, unless: {threat: no}"), "dead_exception", "never applies"),
        (
            rule("when: {discount_total: over 30%}", "decline"),
            "subsumed",
            "'discount' (line 4) fires, too, and stands before",
        ),
        (
            rule("when: {discount_total: over 10%}", "decline"),
            "duplicate",
            "fires exactly where 'discount' (line 4) does",
        ),
        (rule("when: {margin: under 25%}"), "dormant", "'extra' sleeps: "),
        (rule("when: {burdens_people: yes}", "ask"), "no_question", "no question about 'burdens_people'"),
        ("", "no_language", "greeted in 'de'"),
        (
            rule("when: {round: over 2}, tell_upfront: yes").replace("No.", "'Round {round} is too many.'"),
            "untellable",
            "'extra' is told upfront, and its text states 'round' of one mail",
        ),
    ],
)
def test_what_a_rule_can_be_told(more: str, code: str, says: str) -> None:
    assert says in about(code, HEAD + DISCOUNT + more + PLENTY).says


def test_all_missing_records_are_told_in_one_run() -> None:
    notes = [f for f in found(HEAD + DISCOUNT + rule("when: {margin: under 25%}") + PLENTY) if f.level is Level.NOTE]
    assert [(f.code, f.says) for f in notes if f.code != "unread"] == [
        ("no_language", "clients are greeted in 'de', but no text is written in it"),
        ("dormant", "'extra' sleeps: prices are not on record"),
        ("dormant", "'extra' sleeps: cost_per_hour is not on record"),
    ]


def test_texts_that_are_missing_here_and_there_are_one_finding() -> None:
    text = HEAD + DISCOUNT.replace("'At most {max_discount}.'", "{en: No., de: Nein., fr: Non.}")
    text += PLENTY.replace("{id: a, kind: a, offer: Yes", "{id: a, kind: a, offer: {en: Yes, de: Ja}")
    says = about("missing_text", text).says
    assert says.startswith("a text is missing in 'de' for 'b' and 'c'")
    assert "; in 'fr' for 'a', 'b' and 'c'" in says


def test_records_that_nothing_reads_are_one_finding() -> None:
    finding = [
        f for f in lint(shop(10), parse(starter_policy(), "policy.yaml", PolicyError), TODAY) if f.code == "unread"
    ]
    assert len(finding) == 1
    assert "; prices (" in finding[0].says
    assert "calendar (" in finding[0].says


def test_a_weaker_rule_that_a_stronger_one_always_covers() -> None:
    text = HEAD + DISCOUNT + rule("when: {discount_total: over 5%}") + PLENTY
    assert "'discount' can never decide anything: wherever it fires, 'extra'" in about("subsumed", text).says


@pytest.mark.parametrize(
    ("offer", "code", "says"),
    [
        ("{id: x, kind: x, offer: X, for: [extra]}", "never_offered", "no rule that it answers is ever the reason"),
        ("{id: x, kind: x, offer: 'Ask {partner}', when: {round: 1}, not_for: [discount]}", "never_offered", "'x'"),
        ("{id: x, kind: x, offer: X, instead: {discount_asked: 15%}}", "refused_offer", "meets 'discount' again"),
        ("{id: x, kind: x, offer: X, for: [discount], instead: {discount_asked: 5%}}", "", ""),
        ("{id: x, kind: x, offer: 'From {earliest_date}'}", "refused_offer", "may be refused by 'slow'"),
    ],
)
def test_what_an_alternative_can_be_told(offer: str, code: str, says: str) -> None:
    slow = rule("when: {lead_days: under 9 working days}", "escalate", "slow")
    text = HEAD + DISCOUNT + rule("when: {threat: yes}") + slow + PLENTY + f"  - {offer}\n"
    told = [f for f in found(text) if f.place == "policy.yaml:11:5"]
    assert [(f.code, says in f.says) for f in told] == ([(code, True)] if code else [])


@pytest.mark.parametrize(
    ("offer", "instead"),
    [
        ("30% off the whole", "{discount_asked: 30%, price_wanted: not said, price_cut: not said}"),
        ("{big_off} off the whole", "{discount_asked: big_off, price_wanted: not said, price_cut: not said}"),
        ("{en: Less for all, de: 'Alles für 1.500 €'}", "{price_wanted: 1500 EUR, discount_asked: not said}"),
        ("The small one for {small_sum}", "{price_wanted: small_sum, discount_asked: not said}"),
        ("{max_discount} off the whole", ""),  # as much as the rule itself allows
        ("The 3 that matter most, by {quote_date}, in 2 weeks", ""),
    ],
)
def test_a_price_that_is_held_against_no_rule_is_told_with_what_to_write(offer: str, instead: str) -> None:
    text = HEAD.replace("{max", "{big_off: 25%, small_sum: 300 EUR, max") + DISCOUNT + PLENTY
    offer = offer if offer.startswith("{en") else f"'{offer}'"
    line = f"  - {{id: x, kind: x, for: [discount], offer: {offer}"
    told = [f for f in found(text + line + "}\n") if f.code == "unheld_offer"]
    assert [(f.level, f.place, f"instead: {instead}" in f.do) for f in told] == (
        [(Level.WARNING, "policy.yaml:9:5", True)] if instead else []
    )
    assert "unheld_offer" not in codes(f"{text}{line}, instead: {instead or '{unpaid: no}'}}}\n")


def test_a_filler_may_not_make_up_the_third_kind() -> None:
    offers = PLENTY.replace(
        "  - {id: c, kind: c, offer: Yes, for: [discount]}", "  - {id: talk, kind: talk, offer: Talk}"
    )
    finding = about("filler", HEAD + DISCOUNT + offers)
    assert finding.level is Level.WARNING
    assert "without 'talk', offered whatever the matter is, 'discount' would not have three kinds" in finding.says


def test_a_setting_that_nobody_uses_and_a_private_limit_that_is_told() -> None:
    text = HEAD.replace("{max", "{floor: 25%, spare: 2, max") + DISCOUNT
    text += "  - {id: poor, when: {margin: under floor}, decide: escalate, public: 'Under {floor}.'}\n" + PLENTY
    assert "uses the setting 'spare'" in about("unused_setting", text).says
    assert "{floor}, your limit for 'margin', which is private" in about("private_limit", text).says


def test_a_sum_in_a_currency_that_our_prices_never_have() -> None:
    small = "  - {id: small, when: {list_price: under 300 USD}, decide: escalate}\n"
    says = about("other_currency", HEAD + DISCOUNT + small + PLENTY).says
    assert says == "'small' holds 'list_price', which is in EUR, against 300 USD"
    assert "other_currency" not in codes(HEAD + DISCOUNT + small.replace("USD", "EUR") + PLENTY)


def test_a_rule_of_the_past_and_one_of_the_future() -> None:
    past = "  - {id: old, when: {threat: yes}, decide: escalate, until: 2026-01-31}\n"
    assert "'old' ended on 2026-01-31" in about("ended", HEAD + DISCOUNT + past + PLENTY).says
    none = DISCOUNT.replace("{id: discount,", "{id: discount, from: 2027-01-01,") + PLENTY.replace(
        "id: c, kind: c", "id: c, kind: a"
    )
    assert "'discount' can say no without three" in about("too_few_kinds", HEAD + none).says


def test_the_shipped_policies_have_no_other_error() -> None:
    assert [f for f in found(starter_policy()) if f.level is Level.ERROR] == []
