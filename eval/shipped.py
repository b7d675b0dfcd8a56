"""What ships to prove the prompts with: suites, the replies recorded for them, their baselines, a calibrated judge."""

from pathlib import Path

from eval.runs.plan import versions_of
from eval.types.record import Plan
from pipeline.llm.compose import ModelSpec
from pipeline.resources import shipped

SUITES = ("decline", "accept-controls", "attacks", "pushback")
RUBRIC = "decline@v1"


def plan_of(suite: str) -> Plan:
    """The run of a suite with the newest prompts and the replies recorded for it."""
    path = str(shipped("fixtures", "suites", suite))
    return Plan(
        suite=path,
        versions=versions_of([]),
        model=recorded(suite, "drafts"),
        judge=recorded(suite, "judge"),
        rubric=RUBRIC,
    )


def recorded(name: str, part: str) -> ModelSpec:
    """The replies of one set: ``drafts`` or ``judge``."""
    return ModelSpec(name="recorded", recorded=(str(shipped("fixtures", "recorded", name, part)),))


def baseline_of(suite: str) -> Path:
    """Where the baseline of a suite is stored."""
    return shipped("fixtures", "recorded", suite, "baseline.json")


def calibration() -> Path:
    """The judge of the recorded sets, held against labels."""
    return shipped("fixtures", "recorded", "calibration.json")
