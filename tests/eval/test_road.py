"""The shipped suite with a large language model's recorded replies, a sample of it: the whole road, offline."""

import pytest

from eval.run import replay
from eval.score import score
from eval.suite import Suite
from pipeline.resources import shipped

SUITE = Suite.load(shipped("fixtures", "suites", "road"))
SAMPLE = frozenset({"caterer", "photographer"})


def test_the_suite_has_sixty_mails_in_four_languages() -> None:
    assert len(SUITE.cases) == 60
    assert {case.language for case in SUITE.cases} == {"en", "de", "fr", "es"}


@pytest.mark.skipif(not shipped("fixtures", "recorded", "road").is_dir(), reason="no recorded set in this copy")
def test_recorded_replies_still_go_through_prompts_policy_and_guard() -> None:
    found = replay(SUITE, shipped("fixtures", "recorded", "road"), SAMPLE)
    cases = [case for case in SUITE.cases if case.industry in SAMPLE]
    scores = score(found, cases)
    assert cases
    assert scores.misses == ()
    assert scores.wrong_declines == ()
    models = {attempt.model for outcome in found.values() for attempt in outcome.attempts}
    assert models == {"recorded:large-language-model"}, "a prompt changed, and its recorded reply is not found"
