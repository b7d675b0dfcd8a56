"""Offers that the policy itself may refuse once a mail is there: what is said of them, held against decisions."""

from collections.abc import Iterator
from itertools import combinations, product

import pytest

from pipeline.errors import PolicyError
from pipeline.policy.decide import decide
from pipeline.policy.lint.findings import Finding, Level
from pipeline.policy.lint.run import lint
from pipeline.policy.load import load_policy
from pipeline.types.business import Business
from pipeline.types.decision import Action
from pipeline.types.request import Ask, Kind, Request
from pipeline.yamltree import parse
from tests.fakes import TODAY, message
from tests.policy.derive.shop import YES, ask, day, money, percent, posters, shop

HEAD = """\
version: 1
settings: {max_discount: 10%, min_margin: 30%, lead_time: 5 working days, per_year: 1}
rules:
  - {id: discount, when: {discount_total: over max_discount}, decide: decline, public: No.}
"""
THIN = "  - {id: thin, when: {margin: under min_margin}, decide: escalate}\n"
HABIT = "  - {id: habit, when: {discounts_after: over per_year}, decide: escalate}\n"
FULL = "  - {id: full, when: {free_hours_after: under 0 hours}, decide: decline, public: No.}\n"
SOON = "  - {id: soon, when: {lead_days: under lead_time}, decide: decline, public: No.}\n"
FREE = "  - {id: free, when: {unpaid: yes}, decide: decline, public: No.}\n"
BEFORE = "price_wanted: not said, price_cut: not said, price_before: not said"
OTHERS = "".join(f"  - {{id: {k}, kind: {k}, offer: Yes, for: discount}}\n" for k in "xyz")
WITHIN = f"{{discount_asked: max_discount, {BEFORE}}}"
DATED = "alternatives:\n  - {id: dated, kind: dated, offer: 'From {earliest_date} on', for: soon}\n"
PRICED = "{deadline: earliest_date, event_day: not said, price_offered: not said}"
LATER = "{deadline: earliest_date, event_day: not said}"


def offers(instead: str, *kinds: str, for_: str = "discount") -> str:
    """Offers of a rule: one that changes the ask, and one of each further kind that changes nothing."""
    turned = f"  - {{id: turned, kind: turned, offer: Yes, for: {for_}, instead: {instead}}}\n"
    return f"alternatives:\n{turned}{plain(for_, *kinds)}"


def plain(for_: str, *kinds: str) -> str:
    return "".join(f"  - {{id: {kind}_{for_}, kind: {kind}, offer: Yes, for: {for_}}}\n" for kind in kinds)


def under(text: str, *booked: int) -> Business:
    ours = shop(*booked)
    return ours.model_copy(update={"policy": load_policy(text, "policy.yaml")})


def found(text: str, *booked: int) -> list[Finding]:
    every = lint(under(text, *booked), parse(text, "policy.yaml", PolicyError), TODAY)
    return [finding for finding in every if finding.code.endswith("too_few_kinds")]


@pytest.mark.parametrize(
    ("text", "weeks", "says"),
    [
        (HEAD + offers(WITHIN, *"bc"), (), "'turned' may be refused by 'discount' ('discount_total')"),
        (HEAD + THIN + offers(WITHIN, *"bc"), (), "by 'discount' and 'thin' ('discount_total' and 'margin')"),
        (HEAD + FREE + THIN + offers("{unpaid: no}", *"bc", for_="free") + OTHERS, (), "by 'thin' ('margin')"),
        (HEAD + SOON + THIN + offers(PRICED, *"bc", for_="soon") + OTHERS, (), "by 'discount' and 'thin'"),
        (HEAD + FULL + offers(LATER, *"bc", for_="full") + OTHERS, (40,), "by 'full' ('free_hours_after')"),
        (HEAD + SOON + offers(LATER, *"bc", for_="soon") + OTHERS, (40,), "'turned' has no day to give"),
        (HEAD + SOON + DATED + plain("soon", *"bc") + OTHERS, (40,), "'dated' has no day to give"),
        (HEAD + SOON + FULL + offers(LATER, *"bc", for_="soon") + OTHERS + plain("full", *"abc"), (40,), "by 'full'"),
    ],
)
def test_a_no_that_may_be_left_short_names_the_offer_the_rule_and_what_it_reads(
    text: str, weeks: tuple[int, ...], says: str
) -> None:
    assert [(f.code, f.level, says in f.says) for f in found(text, *weeks)] == [
        ("perhaps_too_few_kinds", Level.WARNING, True)
    ]


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        (HEAD + offers(WITHIN, *"bcd"), ()),  # three other kinds remain
        (HEAD.replace("_total", "") + HABIT + offers(f"{WITHIN[:-1]}, price_offered: not said}}", *"bc"), ()),
        (HEAD + FULL + offers(LATER, *"bc", for_="full") + OTHERS, ()),  # asleep without weeks
        (HEAD + SOON + DATED + plain("soon", *"bc") + OTHERS, ()),  # no weeks that could be full
    ],
)
def test_what_the_file_settles_is_no_doubt(text: str, weeks: tuple[int, ...]) -> None:
    assert found(text, *weeks) == []


PRICES = [{}, {"discount_asked": percent(6)}, {"discount_asked": percent(30)}, {"price_offered": money(100)}]
DAYS = [{}, {"deadline": day("2026-11-20")}, {"deadline": day("2026-11-27")}, {"deadline": day("2026-12-18")}]


def mails() -> Iterator[tuple[Ask, ...]]:
    """One ask or two, with and without a price, a day, work of ours, and pay."""
    asks = []
    for work, price, when, free in product((0, 9), PRICES, DAYS, ({}, {"unpaid": YES})):
        items = (posters(work),) if work else ()
        asks.append(ask(Kind.OTHER, *items, **price, **when, **free))  # type: ignore[arg-type]  # a fact each
    yield from ((one,) for one in asks)
    yield from ((one, two.model_copy(update={"number": 2})) for one, two in combinations(asks[::5], 2))


NO = "decline, public: No."
LEADS = ("discount", "thin", "full", "soon", "free")
TURNING: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    # the rules, those that the changing offer answers, what it changes, and the rules with plain offers of their own
    "price": (HEAD + THIN.replace("escalate", NO) + HABIT, "[discount, thin]", WITHIN, ()),
    "day": (HEAD + FULL + SOON, "[full, soon]", LATER, ("discount",)),
    "room": (HEAD + SOON, "[soon]", LATER, ("discount",)),
    "pay": (HEAD + FREE + THIN.replace("escalate", NO), "[free]", "{unpaid: no}", ("discount", "thin")),
}


@pytest.mark.parametrize("weeks", [(), (40, 40)])
@pytest.mark.parametrize("what", TURNING)
def test_every_no_that_is_left_short_was_foretold(what: str, weeks: tuple[int, ...]) -> None:
    rules, for_, instead, plainly = TURNING[what]
    text = rules + offers(instead, *"bc", for_=for_).replace(f"_{for_}", "")
    text += "".join(plain(rule, *"xyz") for rule in plainly)
    says, ours, short = [f.says.partition("Example")[0] for f in found(text, *weeks)], under(text, *weeks), set()
    for asks in mails():
        decision = decide(message("Could you?"), Request(asks=asks, language="en"), ours, TODAY)
        if decision.code == "too_few_offers":
            short |= {each.lead for each in decision.asks if each.action is Action.DECLINE}
    assert short <= {lead for lead in LEADS for one in says if f"'{lead}'" in one}
    assert short or (what in {"day", "room"} and not weeks)
