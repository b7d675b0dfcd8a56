from collections import Counter

from pipeline.policy.cases.mutate import mutants
from tests.policy.cases.shop import shop

POLICY = shop().policy
FOUND = mutants(POLICY)


def of(name: str) -> list[str]:
    return [mutant.words for mutant in FOUND if mutant.old.id == name]


def test_the_changes_to_a_rule_in_words() -> None:
    assert of("discount") == [
        "the rule is dropped",
        "'discount_total: at least max_discount' instead of 'over max_discount'",
        "without 'discount_total: over max_discount'",
        "without the exception 'tier: key, discount_total: at most 20%'",
        "exception: 'tier: not key' instead of 'key'",
        "exception: without 'tier: key'",
        "exception: 'discount_total: under 20%' instead of 'at most 20%'",
        "exception: without 'discount_total: at most 20%'",
        "it decides ask instead of decline",
        "it decides escalate instead of decline",
        "'if_unknown' is ignore instead of ask",
        "'if_unknown' is escalate instead of ask",
    ]
    assert {"without 'from: 2026-12-01'", "without 'until: 2027-02-28'"} <= set(of("winter"))
    assert "without the case 'missing_item: yes'" in of("unclear")


def test_the_changes_to_an_alternative_in_words() -> None:
    assert of("later") == ["no more for 'rush'", "no more for 'winter'", "even when 'discount' fires"]
    assert of("call") == ["without 'tier: not new'"]
    assert of("guide") == []


def test_every_change_makes_another_policy_and_no_two_the_same() -> None:
    changed = Counter(mutant.apply(POLICY).model_dump_json() for mutant in FOUND)
    assert POLICY.model_dump_json() not in changed
    assert max(changed.values()) == 1
