import pytest

from tests.scores.annotated import DEVSET, handled


@pytest.mark.skipif(not DEVSET.exists(), reason="the labelled mails are not at hand")
def test_the_starter_policy_handles_at_least_95_percent_of_the_noted_requests_acceptably() -> None:
    done = list(handled())
    assert len(done) == 120
    assert sum(action in case.gold.acceptable for case, action in done) >= 0.95 * len(done)
