"""What a calibration allows those who judged these records: nothing, unless it was made of them, asked the same."""

from collections.abc import Sequence

from eval.judge.calibration import plain_name, trusted
from eval.stats.agreement import Accuracy
from eval.types.calibration import Calibration
from eval.types.rubric import Rubric
from eval.verdict.measure import Trust
from eval.verdict.side import JudgedBy, Side
from pipeline.prompts import load_prompt


def trust_of(calibration: Calibration, sides: Sequence[Side], rubric: Rubric) -> Trust:
    """The trust in everybody who judged on any of ``sides``.

    Raises:
        PromptError: the judge's prompt is not there any more.
    """
    judges = {one for side in sides for one in side.judges}
    hashes = {one.origin.rubric.partition(" ")[2] for one in sides}
    if not judges or hashes != {calibration.rubric_hash} or not all(_same(one, calibration) for one in judges):
        return Trust()
    template = load_prompt(calibration.prompt)
    allowed = [trusted(calibration, one.judge, rubric, template) for one in judges]
    known = {f.criterion: Accuracy(f.good_found, f.good, f.bad_found, f.bad) for f in calibration.figures}
    return Trust(frozenset.intersection(*allowed), known)


def _same(judged: JudgedBy, calibration: Calibration) -> bool:
    return (plain_name(judged.judge), judged.prompt_hash) == (calibration.judge, calibration.prompt_hash)
