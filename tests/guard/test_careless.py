"""What a careless model slips into a good letter is refused: a no that turns, a vow, a hint, blame, our own affairs.

``careless.yaml`` lists the sentences; all of them are by the hand that wrote the phrases, so that their share tells
nothing of mail never met (``tests.guard.unsafe`` does). The half called ``held`` was counted only at the end, and its
share is asserted with room, so that it can't sink unseen.
"""

import pytest

from pipeline.types.verdict import Severity
from tests.guard.good import FOLDER, GOOD, Case

BASES = {"en": "english_discount", "de": "german_rush", "fr": "french_scope", "es": "spanish_free_work"}
HELD = 17  # of twenty
Slip = tuple[str, str, str, str]  # language, what is wrong, what backs it, the words


def slips(half: str) -> list[Slip]:
    """One half of the file."""
    from ruamel.yaml import YAML

    told = YAML(typ="safe").load(FOLDER.with_name("careless.yaml"))[half]
    return [(str(language), str(wrong), str(backing), str(words)) for language, wrong, backing, words in told]


def slipped(case: Case, backing: str, words: str) -> Case:
    """The letter with the sentence behind the last one of its kind."""
    places = [number for number, line in enumerate(case.lines) if line[0].partition(":")[0] == backing]
    if not places:
        return case.adding("ask:1" if backing == "ask" else backing, words, at=1)
    return case.adding(case.lines[places[-1]][0], words, at=places[-1] + (backing != "courtesy"))


def refused(slip: Slip) -> bool:
    """Whether the guard blocks the letter for it."""
    language, _, backing, words = slip
    return any(f.severity is Severity.BLOCK for f in slipped(GOOD[BASES[language]], backing, words).inspect().findings)


@pytest.mark.parametrize("slip", slips("known"), ids=lambda slip: " ".join(slip[:3]))
def test_a_known_slip_is_refused(slip: Slip) -> None:
    assert refused(slip)


def test_most_slips_of_the_other_half_are_refused() -> None:
    assert sum(map(refused, slips("held"))) >= HELD
