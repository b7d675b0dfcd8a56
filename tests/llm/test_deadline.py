"""How long an answer is waited for, after so many others."""

import pytest

from pipeline.llm.transport import Deadline


def after(*answers: float, longest: float = 300) -> float:
    deadline = Deadline(longest)
    for seconds in answers:
        deadline.answered(seconds)
    return deadline.seconds


@pytest.mark.parametrize(
    ("answers", "longest", "seconds"),
    [
        ([], 300, 300),
        ([0.5] * 31, 300, 300),  # too few to tell
        ([0.5] * 32, 300, 30),
        ([0.5] * 31 + [20], 300, 80),
        ([100] * 40, 300, 300),  # what the user says is the most
        ([20] * 5 + [0.5] * 128, 300, 30),  # long ago
        ([0.5] * 40, 10, 10),
    ],
)
def test_four_times_the_slowest_of_late(answers: list[float], longest: float, seconds: float) -> None:
    assert after(*answers, longest=longest) == seconds
