from collections import Counter

import pytest

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
        "'discount_total: over 11%' instead of 'over max_discount'",
        "without 'discount_total: over max_discount'",
        "without the exception 'tier: key, discount_total: at most 20%'",
        "exception: 'tier: not key' instead of 'key'",
        "exception: without 'tier: key'",
        "exception: 'discount_total: under 20%' instead of 'at most 20%'",
        "exception: 'discount_total: at most 21%' instead of 'at most 20%'",
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


@pytest.mark.parametrize(
    ("cell", "moved"),
    [
        ("round: at least 3", "round: at least 2"),
        ("lead_days: under 5 working days", "lead_days: under 4 working days"),
        ("price_wanted: at most 500 EUR", "price_wanted: at most 550 EUR"),
        ("deadline: over 2026-12-31", "deadline: over 2027-01-01"),
        ("round: under 0", None),  # no number is less
        ("event_day: over 9999-12-31", None),  # nor any day later
    ],
)
def test_a_limit_moves_a_step_to_the_side_that_its_boundary_leaves(cell: str, moved: str | None) -> None:
    found = mutants(shop(f"version: 1\nrules: [{{id: a, when: {{{cell}}}, decide: escalate}}]").policy)
    words = [m.words.split("'")[1] for m in found if " instead of " in m.words and m.words.startswith(f"'{cell[:5]}")]
    assert words[1:] == ([moved] if moved else [])


def test_every_change_makes_another_policy_and_no_two_the_same() -> None:
    changed = Counter(mutant.apply(POLICY).model_dump_json() for mutant in FOUND)
    assert POLICY.model_dump_json() not in changed
    assert max(changed.values()) == 1
