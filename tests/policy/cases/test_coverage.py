from pipeline.policy.cases.coverage import Base, changed, cover, noticed
from pipeline.policy.cases.mutate import Mutant, mutants
from pipeline.policy.cases.run import misses, run
from pipeline.types.business import Business
from tests.policy.cases.shop import shop, table

FIRES_ONCE = """
rows:
  - {name: a threat, with: {threat: yes}, expect: escalate}
  - {name: a large discount, with: {discount_asked: 50%}, expect: decline}
  - {name: a rush, with: {lead_days: 1 working day}, expect: decline}
  - {name: a visit in winter, today: 2026-12-24, with: {kind: meeting_or_access}, expect: decline}
  - {name: what, with: {missing_item: yes}, expect: ask}
"""


def left(rows: str, name: str) -> list[str]:
    ours = shop()
    coverage = cover([run(row, ours) for row in table(rows).rows], ours)
    return [mutant.words for mutant in coverage.survivors if mutant.old.id == name]


def test_a_row_far_from_the_limit_notices_no_limit() -> None:
    assert "'discount_total: at least max_discount' instead of 'over max_discount'" in left(FIRES_ONCE, "discount")
    assert "the rule is dropped" not in left(FIRES_ONCE, "discount")


def test_the_row_at_the_limit_does() -> None:
    at_limit = f"{FIRES_ONCE}  - {{name: at the limit, with: {{discount_asked: 10%}}, expect: accept}}"
    assert "'discount_total: at least max_discount' instead of 'over max_discount'" not in left(at_limit, "discount")


def test_a_limit_that_moved_by_a_step_is_noticed_by_the_row_just_beyond_it() -> None:
    moved = "'discount_total: over 11%' instead of 'over max_discount'"
    beyond = f"{FIRES_ONCE}  - {{name: just beyond, with: {{discount_asked: 11%}}, expect: decline}}"
    assert moved in left(FIRES_ONCE, "discount")
    assert moved not in left(beyond, "discount")


def test_a_row_that_fails_notices_nothing() -> None:
    wrong = "rows: [{name: a, with: {threat: yes}, expect: accept}]"
    assert "the rule is dropped" in left(wrong, "threat")


def test_only_rows_that_a_change_could_touch_are_decided_anew() -> None:
    ours = shop()
    base = Base.of(table("rows: [{name: a, with: {threat: yes}, expect: escalate}]").rows[0], ours)
    touching = {mutant.old.id for mutant in mutants(ours.policy) if base.touched(mutant)}
    assert "threat" in touching
    assert "winter" not in touching


def test_no_row_that_is_passed_over_would_have_noticed() -> None:
    """The short way and the long way agree: every change, every row, decided from scratch."""
    ours = shop()
    rows = table(FIRES_ONCE + "  - {name: b, with: {client: lark, discount_asked: 15%}, offers: []}").rows
    bases = [Base.of(row, ours) for row in rows]
    assert [noticed(m, bases, changed(ours, m)) for m in mutants(ours.policy)] == [
        any(found(base, m, ours) for base in bases) for m in mutants(ours.policy)
    ]


def found(base: Base, mutant: Mutant, ours: Business) -> bool:
    return any(misses(base.row, run(base.row, changed(ours, mutant)).decision))
