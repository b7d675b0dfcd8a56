"""The bars that ``python -m tests.scores.mail`` prints beside its figures, held."""

import pytest

from tests.scores.mail import MAIL, html_score, quote_scores

pytestmark = pytest.mark.skipif(not MAIL.is_dir(), reason="the collections of test mail are not here")


def test_html_says_what_the_plain_text_says() -> None:
    score, _ = html_score()
    assert score.documents >= 50
    assert score.f1 >= 0.96
    assert score.leaks == 0
    assert score.empty <= 3


def test_quotes_and_signatures_come_apart_and_nothing_is_lost() -> None:
    scores, notes = quote_scores()
    replies = scores["talon, replies"]
    assert (replies.exact, replies.documents) == (12, 12)
    assert sum(score.emptied for score in scores.values()) == 0
    assert sum(score.lost for score in scores.values()) == 0, notes
    assert sum(score.leaked for score in scores.values()) <= 4, notes
