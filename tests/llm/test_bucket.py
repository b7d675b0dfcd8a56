"""What is left of a limit, as the endpoint last told and as calls have gone out since."""

import pytest

from pipeline.llm.bucket import Bucket
from pipeline.llm.hints import Allowance


def test_nobody_waits_for_an_unknown_limit() -> None:
    bucket = Bucket()
    bucket.take(1_000_000, now=0)
    assert bucket.wait(1_000_000, now=0) == 0


def test_what_went_out_since_is_counted() -> None:
    bucket = Bucket()
    first, *_ = [bucket.take(1, now=0) for _ in range(8)]
    bucket.told(Allowance(60, 9.5, 50), first, now=0)  # so many after the first, and seven have gone since
    assert [bucket.wait(amount, now=0) for amount in (2, 3)] == [0, 1]


@pytest.mark.parametrize(
    ("allowance", "rate"),
    [
        (Allowance(10_000, 4000, 36), 10_000 / 60),  # by the minute
        (Allowance(14_400, 14_371, 179.56), 29 / 179.56),  # by the day, as Groq tells: two minutes win thirty requests
        (Allowance(600, 599, 0.1), 10),  # the first answer: too little to go by
        (Allowance(600, 300, None), 10),  # nothing said: by the minute
    ],
)
def test_a_rate_follows_whatever_span_the_limit_is_for(allowance: Allowance, rate: float) -> None:
    bucket = Bucket()
    bucket.told(allowance, bucket.take(1, now=0), now=1)
    assert bucket.rate == pytest.approx(rate, rel=0.05)


def test_an_older_answer_says_nothing_new() -> None:
    bucket = Bucket()
    old, new = bucket.take(1, now=0), bucket.take(1, now=5)
    bucket.told(Allowance(60, 50, 10), new, now=6)
    bucket.told(Allowance(60, 0, 60), old, now=7)
    assert bucket.wait(40, now=7) == 0


def test_more_than_the_whole_limit_waits_until_it_is_full_and_owes_the_rest() -> None:
    bucket = Bucket()
    bucket.told(Allowance(6000, 0, 60), bucket.take(0, now=0), now=0)
    assert bucket.wait(9000, now=0) == pytest.approx(60, rel=0.01)
    bucket.take(9000, now=60)
    assert bucket.wait(1000, now=60) == pytest.approx(40.5, rel=0.01)


def test_an_estimate_is_settled() -> None:
    bucket = Bucket()
    bucket.told(Allowance(6000, 6000, 0), bucket.take(0, now=0), now=0)
    bucket.take(6000, now=0)
    assert bucket.wait(5000, now=0) == pytest.approx(50.5, rel=0.01)
    bucket.take(-5600, now=0)
    assert bucket.wait(5000, now=0) == 0


def test_a_small_bucket_is_left_nearly_full_for_requests_that_come_in_together() -> None:
    bucket = Bucket()
    bucket.told(Allowance(20, 16, 4 / 60), bucket.take(1, now=0), now=0)
    assert [bucket.wait(amount, now=0) > 0 for amount in (1, 2)] == [False, True]


def test_a_limit_that_holds_for_shorter_spans_is_kept_evenly() -> None:
    """600 a minute, 590 left, and the endpoint turns us away: it means ten a second."""
    bucket = Bucket()
    bucket.told(Allowance(600, 590, 1), bucket.take(1, now=0), now=0)
    bucket.even()
    bucket.told(Allowance(600, 580, 2), bucket.take(1, now=1), now=1)
    bucket.take(1, now=1)
    assert bucket.wait(1, now=1) == pytest.approx(0.1, rel=0.05)
    bucket.told(Allowance(600, 590, 1), bucket.take(1, now=2), now=2)
    assert bucket.wait(1, now=2) == pytest.approx(0.1, rel=0.05)  # room that it tells of is not believed


def test_it_is_empty_by_the_endpoints_own_words_alone() -> None:
    bucket = Bucket()
    assert not bucket.empty
    bucket.told(Allowance(600, 30, 57), bucket.take(1, now=0), now=0)
    assert bucket.empty
