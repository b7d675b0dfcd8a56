"""What the lint claims of a policy holds for every mail: checked against all combinations of values."""

from itertools import product

from hypothesis import example as such_as
from hypothesis import given, settings

from pipeline.policy.lint.candidates import weighed
from pipeline.policy.lint.ground import Ground
from pipeline.policy.lint.offered import possible
from pipeline.policy.lint.reach import never_leading
from pipeline.policy.lint.run import grounds
from pipeline.policy.lint.starve import Search
from pipeline.policy.lint.words import example
from pipeline.types.business import Business
from pipeline.types.decision import Action
from tests.fakes import TODAY, business
from tests.policy.lint.brute import Point, eligible, points, read, short
from tests.policy.lint.policies import policies

_RULES = """\
version: 1
rules:
  - {id: no, when: {unpaid: yes}, decide: decline, public: No.}
"""
TWO_MUST_STAY = f"""{_RULES}
  - {{id: x, when: {{pays_with: exposure}}, decide: ask}}
  - {{id: y, when: {{pays_with: goods}}, decide: ask}}
  - {{id: z, when: {{pays_with: favour}}, decide: ask}}
alternatives:
  - {{id: a, kind: a, offer: A, not_for: x}}
  - {{id: b, kind: b, offer: B, not_for: y}}
  - {{id: c, kind: c, offer: C, not_for: z}}
  - {{id: d, kind: d, offer: D, not_for: z}}
"""
THE_SECOND_CASE_OF_EACH = f"""{_RULES}
  - {{id: x, any: [{{pays_with: exposure}}, {{pays_with: goods}}], decide: ask}}
  - {{id: y, any: [{{pays_with: favour}}, {{pays_with: goods}}], decide: ask}}
alternatives:
  - {{id: a, kind: a, offer: A, not_for: x}}
  - {{id: b, kind: b, offer: B, not_for: y}}
  - {{id: c, kind: c, offer: C}}
  - {{id: d, kind: d, offer: D}}
"""
_MAIL = {"abuse"}  # facts that all asks of a mail share


def ground_of(of: Business) -> Ground:
    return next(iter(grounds(of, TODAY)))


def search(ground: Ground, asks: int) -> Search:
    return Search(ground, tuple(each.candidate(ground) for each in weighed(ground)), asks)


@settings(max_examples=50, deadline=None)
@given(policies())
@such_as(TWO_MUST_STAY)
@such_as(THE_SECOND_CASE_OF_EACH)
def test_a_refusal_is_left_short_exactly_where_some_mail_leaves_it_short(text: str) -> None:
    of = business(text)
    ground, every = ground_of(of), points(of.policy)
    hunt = search(ground, asks=1)
    for rule in of.policy.rules:
        if rule.decide is Action.DECLINE:
            led = [at for at in every if at.lead == rule.id]
            found = hunt.starved(rule)
            assert (found is not None) == any(short(of.policy, (at,)) for at in led), rule.id
            if found:
                told = example(found, hunt, ground)
                assert any(
                    set(told.fired) == set(at.fired)
                    and {i for ids in told.left.values() for i in ids} == eligible(of.policy, (at,))
                    for at in led
                )


@settings(max_examples=40, deadline=None)
@given(policies(most_facts=2, most_rules=3, most_offers=5))
def test_two_asks_of_one_mail_are_looked_at_together(text: str) -> None:
    of = business(text)
    ground, every = ground_of(of), points(of.policy)
    refused = [at for at in every if at.action is Action.DECLINE]
    allowed = {at.action.rank for at in refused}
    assert len(allowed) <= 1
    hunt = search(ground, asks=2)
    for rule in of.policy.rules:
        if rule.decide is Action.DECLINE:
            led = [at for at in refused if at.lead == rule.id]
            pairs = [(one, two) for one, two in product(led, refused) if _one_mail(of, one, two)]
            assert (hunt.starved(rule) is not None) == any(short(of.policy, pair) for pair in pairs), rule.id


def _one_mail(of: Business, one: Point, two: Point) -> bool:
    return all(one.facts[name] == two.facts[name] for name in _MAIL.intersection(read(of.policy)))


@settings(max_examples=50, deadline=None)
@given(policies())
def test_a_rule_leads_and_an_alternative_is_offered_exactly_where_some_mail_has_it_so(text: str) -> None:
    of = business(text)
    ground, every = ground_of(of), points(of.policy)
    fire = {name for at in every for name in at.fired}
    assert {rule.id for rule in of.policy.rules if ground.fires[rule.id]} == fire
    lead = {at.lead for at in every}
    covered = never_leading(ground)
    assert set(covered) == fire - lead
    for rule, others in covered.items():
        assert all(set(others) & set(at.fired) for at in every if rule in at.fired)
    offered = {name for at in every if at.action is Action.DECLINE for name in eligible(of.policy, (at,))}
    assert {each.alternative.id for each in weighed(ground) if possible(each, ground)} == offered
