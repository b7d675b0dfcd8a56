"""What choices add up to: only what holds in both orders, intervals over clusters, and what length may have done."""

from eval.pairs.tally import Lengths, tally
from eval.types.record import Choice
from tests.eval.verdict.made import choice

SIDES = ("ours", "page")


def both(case: int, winner: str) -> list[Choice]:
    """One case in both orders, with the same winner."""
    orders = (SIDES, SIDES[::-1])
    return [choice(case, *order, {order[0]: "first", order[1]: "second"}.get(winner, "same")) for order in orders]


def lengths(cases: int, one: int = 100, other: int = 80) -> dict[str, Lengths]:
    return {f"c{case:03}": Lengths(one, other) for case in range(cases)}


def test_each_side_has_its_share_and_its_part_of_what_was_decided() -> None:
    made = [row for case in range(40) for row in both(case, "ours" if case < 24 else "page" if case < 36 else "")]
    found = tally(SIDES, made, lengths(40), alone=3)
    assert [share.hits for share in found.won] == [24, 12]
    assert (found.n, found.neither, found.held, found.alone) == (40, 4, 40, 3)
    assert (found.decided.hits, found.decided.n) == (24, 36)
    assert found.decided.low < 24 / 36 < found.decided.high
    assert 0.03 < found.p < 0.1
    assert (found.longer.hits, found.longer.n) == (24, 36), "the longer draft is ours, everywhere"
    assert found.words == (100, 80)
    assert [(part.name, part.won, part.n) for part in found.languages] == [("de", (6, 3), 10), ("en", (18, 9), 30)]


def test_a_choice_that_turns_with_the_order_is_for_neither_and_one_with_a_fault_is_left_out() -> None:
    turned = [choice(1, "ours", "page", "first"), choice(1, "page", "ours", "first")]
    broken = [choice(2, "ours", "page", "first"), choice(2, "page", "ours", "", fault="no JSON")]
    found = tally(SIDES, [*turned, *broken, *both(3, "page")], lengths(4))
    assert (found.n, found.neither, found.held, found.faults) == (2, 1, 1, 1)
    assert [share.hits for share in found.won] == [0, 1]


def test_cases_of_one_source_are_not_so_many() -> None:
    made = [row for case in range(40) for row in both(case, "ours" if case % 10 < 7 else "page")]
    alike = [
        row.model_copy(update={"about": row.about.model_copy(update={"cluster": f"s{int(row.about.case[1:]) % 10}"})})
        for row in made
    ]
    apart = [row.model_copy(update={"about": row.about.model_copy(update={"cluster": row.about.case})}) for row in made]
    one, other = (tally(SIDES, rows, lengths(40)).decided for rows in (apart, alike))
    assert one.value == other.value == 0.7
    assert other.high - other.low > 1.5 * (one.high - one.low)


def test_where_nothing_holds_nothing_is_said() -> None:
    found = tally(SIDES, [], {})
    assert (found.n, found.decided.n, found.p) == (0, 0, 1.0)
