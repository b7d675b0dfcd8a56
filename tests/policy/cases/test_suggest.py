import random
from functools import cache

import pytest

from pipeline.business.folder import load_business
from pipeline.policy.cases.coverage import Base
from pipeline.policy.cases.examine import Examined, examine, percent
from pipeline.policy.cases.load import load_table
from pipeline.policy.cases.table import Expected, Row, Table, of_the_mail, placed
from pipeline.policy.cases.write import extended
from pipeline.policy.facts import BY_NAME
from pipeline.policy.lint.space import Space
from pipeline.resources import shipped
from pipeline.types.business import Business
from pipeline.types.decision import Action, Decision
from pipeline.types.request import Fact
from tests.policy.cases.shop import POLICY, TODAY, shop

EMPTY = Table(name="policy_test.yaml", today=TODAY, rows=())


def examined(policy: str = POLICY) -> Examined:
    return examine(EMPTY, shop(policy))


def row(name: str, policy: str = POLICY) -> Row:
    return next(row for row in examined(policy).suggested.rows if row.name == name)


def test_what_is_suggested_notices_every_change_that_a_mail_could_tell() -> None:
    ours, first = shop(), examined()
    text = extended("", EMPTY, first.suggested.rows)
    again = examine(load_table(text, "policy_test.yaml", ours), ours)
    assert not again.failed
    assert again.survivors == again.suggested.left == ()
    assert percent(again.whole) == 100
    assert again.whole.of == len(first.survivors)


def test_rows_read_again_are_the_same_rows() -> None:
    rows = examined().suggested.rows
    text = extended("", EMPTY, rows)
    read = load_table(text, "policy_test.yaml", shop())
    assert [r.model_copy(update={"line": 0}) for r in read.rows] == list(rows)
    more = extended(text, read, rows[:1])
    assert more.startswith(text)
    assert "# Confirm these" in more


def test_the_nearest_hit_the_nearest_miss_and_the_exception_are_among_them() -> None:
    names = {row.name for row in examined().suggested.rows}
    assert {
        "discount: tier standard; discount total 10.5%",
        "discount: tier standard; discount total 10%",
        "discount: tier key; discount total 20%",
        "discount: tier key; discount total 20.5%",
        "rush: lead days 5 working days",
        "rush: information request, lead days 3 working days",
    } <= names


def test_a_no_that_lacks_offers_is_suggested_as_what_it_is() -> None:
    few = POLICY.replace('  - {id: guide, kind: guide, offer: "A guide"}\n', "")
    name = "winter: meeting or access, as long as it has fewer than three kinds of offers"
    assert row(name, few).expected == Expected(action=Action.ESCALATE, lead="too_few_offers")


def test_dates_of_a_rule_are_tried_on_both_sides() -> None:
    days = {row.today.isoformat() for row in examined().suggested.rows if row.name.startswith("winter")}
    assert days >= {"2026-11-19", "2026-12-01", "2027-03-01"}


def test_an_offer_is_forbidden_by_what_a_second_ask_brings() -> None:
    beside = next(row for row in examined().suggested.rows if row.name.startswith("later:") and len(row.asks) == 2)
    assert beside.expected.offers is not None
    assert "later" not in beside.expected.offers


@pytest.mark.parametrize(
    ("rule", "equal"),
    [
        ("when: {threats_total: over 2}", "'if_unknown' is ignore instead of ask"),  # always known
        ("when: {threat: yes}", "'if_unknown' is escalate instead of ask"),  # nobody can be asked for it
        ("when: {before_we_are_free: yes}", "the rule is dropped"),  # no record fills it
        ("any: [{abuse: yes}, {abuse: yes, threat: yes}]", "without the case 'abuse: yes, threat: yes'"),
    ],
)
def test_a_change_that_is_none_is_proven_and_left_out(rule: str, equal: str) -> None:
    policy = f"version: 1\nrules: [{{id: a, {rule}, decide: escalate}}]"
    assert equal in {mutant.words for mutant in examined(policy).suggested.equal}


def test_no_mail_of_hundreds_tells_what_is_proven_to_be_no_change() -> None:
    ours = load_business(shipped("fixtures", "studio"))
    equal = _of("studio").suggested.equal
    others = [ours.model_copy(update={"policy": mutant.apply(ours.policy)}) for mutant in equal]
    mails, touched = _mails(ours, 25), 0
    for base in mails:
        for mutant, other in zip(equal, others, strict=True):
            if base.touched(mutant):
                touched += 1
                assert _seen(base.under(other)) == _seen(base.decision), (mutant.words, base.row)
    assert touched > len(equal)


def _mails(ours: Business, number: int) -> list[Base]:
    """Mails of one and of two asks, drawn from all values that the policy tells apart."""
    space, draw = Space.of(ours.policy), random.Random(7)
    found = []
    for _ in range(number):
        whole = {n: cells[0].fact for n, cells in space.cells.items() if of_the_mail(BY_NAME[n])}
        whole |= {n: draw.choice(space.cells[n]).fact for n in whole if draw.random() < 0.2}
        asks = [placed(_drawn(space, draw, whole)) for _ in range(draw.choice([1, 2]))]
        first = asks[0]
        row = Row(name="any", line=0, today=TODAY, mail=first.mail, given=first.given, asks=tuple(a.ask for a in asks))
        found.append(Base.of(row, ours))
    return found


def _drawn(space: Space, draw: random.Random, whole: dict[str, Fact]) -> list[Fact]:
    own = (name for name in space.cells if name not in whole)
    return [*whole.values(), *(draw.choice(space.cells[n]).fact for n in own if draw.random() < 0.3)]


def _seen(decision: Decision) -> tuple[object, ...]:
    asks = tuple((ask.action, ask.lead, ask.fired) for ask in decision.asks)
    offers = {offer.id for offer in decision.offers}
    return decision.action, decision.code, asks, offers, {q.id for q in decision.questions}, decision.doubts


@pytest.mark.parametrize(("name", "least"), [("starter", 95), ("studio", 100)])
def test_the_shipped_tables_hold_and_notice_nearly_everything(name: str, least: int) -> None:
    found = _of(name)
    assert [(o.row.name, o.misses) for o in found.failed] == []
    assert percent(found.whole) >= least, [(m.old.id, m.words) for m in found.survivors]


@cache
def _of(name: str) -> Examined:
    folder = shipped("fixtures", name)
    ours = load_business(folder)
    text = (folder / "policy_test.yaml").read_text(encoding="utf-8")
    return examine(load_table(text, "policy_test.yaml", ours), ours)
