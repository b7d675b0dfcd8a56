"""Agreement, kappa, and what a judge gets wrong."""

import pytest

from eval.stats.agreement import Accuracy, accuracy, agree


def test_kappa_of_a_printed_example() -> None:
    """Cohen's kappa over 50 applicants: 20 and 15 agreed, 5 and 10 not."""
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    found = agree(pairs)
    assert (found.agreement.value, found.kappa, found.base) == pytest.approx((0.7, 0.4, 0.5))
    assert (found.low, found.high) == pytest.approx((0.155, 0.645), abs=0.02)


def test_a_constant_answer_is_worth_nothing_however_often_it_is_right() -> None:
    found = agree([(1, 1)] * 85 + [(0, 1)] * 15)
    assert (found.agreement.value, found.base) == (0.85, 0.85)
    assert found.kappa == pytest.approx(0)
    assert agree([(1, 1)] * 30).kappa == 0.0


def test_few_labels_without_a_miss_do_not_prove_it() -> None:
    found = agree([(1, 1)] * 15 + [(0, 0)] * 15)
    assert found.kappa == 1.0
    assert 0.75 < found.low < 0.95


def test_on_a_scale_a_near_miss_weighs_less() -> None:
    near, far = [(n, min(5, n + 1)) for n in (1, 2, 3, 4, 5)], [(1, 5), (2, 2), (3, 3), (4, 4), (5, 5)]
    assert agree(near, ordered=True).kappa > agree(near).kappa
    assert agree(far, ordered=True).kappa < agree(far).kappa


def test_no_label_no_agreement() -> None:
    assert agree([])[1:] == (0.0, -1.0, 1.0, 0.0)


def test_mistakes_by_kind() -> None:
    known = accuracy([(True, True)] * 9 + [(True, False)] + [(False, False)] * 3 + [(False, True)] * 2)
    assert known == Accuracy(9, 10, 3, 5)
    assert (known.sensitivity, known.specificity) == (0.9, 0.6)
    assert Accuracy(0, 0, 0, 0).sensitivity == Accuracy(0, 0, 0, 0).specificity == 0.0
