"""What no verdict is given on: records of a model that reads no prompt, or two sides that were not measured alike."""

from eval.types.rubric import Rubric
from eval.verdict.side import Side
from pipeline.errors import UsageError

OFFLINE = "offline"


def refuse(baseline: Side, candidate: Side, rubric: Rubric) -> None:
    """Nothing, where the two may be compared.

    Raises:
        UsageError: they may not, with the reason.
    """
    one, other = baseline.origin, candidate.origin
    if OFFLINE in {one.model, other.model}:
        raise UsageError(
            "the model offline does not read prompts, so its records say nothing of them; take another model"
        )
    if one.suite != other.suite:
        raise UsageError(
            f"{one.version} and {other.version} were run on different states of the suite; run the baseline anew"
        )
    name = f"{rubric.name}@{rubric.version}"
    for rubric_of in (one.rubric, other.rubric):
        if rubric_of.split(" ")[0] != name:
            raise UsageError(f"these records were scored by {rubric_of.split(' ')[0]}, not by {name}")
    if one.rubric != other.rubric:
        raise UsageError(f"{one.version} and {other.version} were scored by different texts of {name}; score both anew")
