"""How many calls may be in flight, after so many answers of one kind and another."""

from pipeline.llm.aimd import Aimd


def answers(aimd: Aimd, number: int, now: float, used: float = 1.0) -> None:
    aimd.entered(round(used * aimd.limit))
    for _ in range(number):
        aimd.answered(began=now, now=now)


def rounds(aimd: Aimd, number: int, now: float, used: float = 1.0) -> list[int]:
    """The limit after each clean round."""
    limits = []
    for _ in range(number):
        answers(aimd, max(aimd.limit, 4), now, used)
        limits.append(aimd.limit)
    return limits


def test_it_doubles_each_clean_round_up_to_the_cap() -> None:
    assert rounds(Aimd(100), 5, now=0) == [16, 32, 64, 100, 100]


def test_a_small_cap_is_where_it_begins() -> None:
    assert Aimd(4).limit == 4
    assert rounds(Aimd(1), 2, now=0) == [1, 1]


def test_a_limit_that_was_not_used_does_not_grow() -> None:
    assert rounds(Aimd(100), 3, now=0, used=0.5) == [8, 8, 8]


def test_the_first_429_takes_it_back_to_what_was_proven() -> None:
    aimd = Aimd(100)
    rounds(aimd, 2, now=0)
    aimd.limited(began=0, now=1, wait=None)
    assert aimd.limit == 16


def test_one_cut_for_all_calls_of_one_width() -> None:
    aimd = Aimd(100)
    rounds(aimd, 2, now=0)
    for _ in range(32):
        aimd.limited(began=0, now=1, wait=None)
    assert aimd.limit == 16


def test_a_cut_that_was_far_too_little_is_followed_by_another_at_once() -> None:
    aimd = Aimd(100)
    rounds(aimd, 3, now=0)
    aimd.limited(began=0, now=1, wait=None)
    for _ in range(6):
        aimd.limited(began=1.5, now=2, wait=None)
    assert aimd.limit == 25


def test_growth_waits_near_what_was_too_much() -> None:
    aimd = Aimd(100, start=50)
    aimd.limited(began=0, now=0, wait=None)
    grown = [rounds(aimd, 40, now=seconds)[-1] for seconds in (1, 10, 20, 30, 40, 60)]
    assert grown == [40, 47, 49, 50, 50, 60]


def test_a_429_that_costs_a_long_pause_is_seldom_risked() -> None:
    aimd = Aimd(100, start=50)
    aimd.limited(began=0, now=0, wait=60)
    assert rounds(aimd, 40, now=60)[-1] == 42


def test_few_429s_that_a_cut_does_not_end_are_borne() -> None:
    aimd = Aimd(100, start=50)
    aimd.limited(began=0, now=0, wait=None)
    for _ in range(3):
        aimd.entered(40)
        aimd.limited(began=1, now=1, wait=None)
        answers(aimd, 19, now=1)
    assert aimd.borne
    assert aimd.limit == 50  # the cut was for nothing
    aimd.limited(began=1, now=2, wait=None)
    assert aimd.limit == 50


def test_it_never_falls_below_one() -> None:
    aimd = Aimd(3)
    for moment in range(100):
        aimd.limited(began=moment, now=moment, wait=None)
    assert aimd.limit == 1
