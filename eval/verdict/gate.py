"""What a verdict means for a pipeline that waits for it: an exit code."""

from enum import IntEnum

from eval.verdict.comparison import Comparison, Word


class Exit(IntEnum):
    """2 is taken: something to mend, such as an option or a file."""

    PASS = 0
    WORSE = 1
    NO_VERDICT = 3


def gate(comparison: Comparison) -> Exit:
    """The code. With a margin the version must be shown to be within it: what can't be told then is no verdict.

    A loss that is certain but within the margin passes; that is what a margin is for.
    """
    if comparison.verdict is Word.NONE:
        return Exit.NO_VERDICT
    if comparison.within is None:
        return Exit.WORSE if comparison.verdict is Word.WORSE else Exit.PASS
    if comparison.within:
        return Exit.PASS
    beyond = any(row.within is False and row.word is Word.WORSE for row in comparison.measured)
    return Exit.WORSE if beyond else Exit.NO_VERDICT
