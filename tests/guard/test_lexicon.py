"""Whether a phrase stands anywhere is what asking every language one by one comes to."""

import pytest

from pipeline.guard.lexicon import anywhere, folded, languages, lexicon

TEXTS = ("We can't do that, but we guarantee it.", "Das garantieren wir.", "Es gratis.", "We cannot.", "One, two.", "")


@pytest.mark.parametrize("text", TEXTS)
def test_one_pattern_answers_for_all_languages(text: str) -> None:
    groups = {group for code in languages() for group in lexicon(code).groups}
    for group in groups | {"no such group"}:
        assert anywhere(group, folded(text).text) == any(lexicon(code).has(group, text) for code in languages())
