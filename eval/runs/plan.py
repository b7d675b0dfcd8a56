"""What a run is to do: which versions are compared under which label, and which cases, how often.

Left out: whether the suite, the rubric and the models are there; whoever opens them says so.
"""

from collections.abc import Iterable
from itertools import product
from pathlib import Path

from eval.runs.unit import Unit
from eval.suites.suite import Suite
from eval.types.record import Plan
from pipeline.errors import UsageError
from pipeline.prompts import Prompts, load_prompts, newest

_STAGES = Prompts._fields


def versions_of(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The extract and draft version of each label: every one with every one; a stage not named takes its newest.

    A label names the stages of which there are several, or else the draft.

    Raises:
        PromptError: there is no such prompt.
        UsageError: two would have the same label, so that one would stand for both.
    """
    named = list(dict.fromkeys(names))
    for name in named:
        load_prompts(name)  # what is wrong with it is said before anything runs
    chosen = [[name for name in named if name.startswith(f"{stage}@")] or [newest(stage)] for stage in _STAGES]
    labels = [label(name) for versions in chosen for name in versions]
    if double := next((name for name in labels if labels.count(name) > 1), None):
        raise UsageError(f"two prompts would both be called {double}; give the folder of one another name")
    several = [n for n, versions in enumerate(chosen) if len(versions) > 1] or [_STAGES.index("draft")]
    return {"+".join(label(pair[n]) for n in several): pair for pair in product(chosen[0], chosen[1])}


def label(name: str) -> str:
    """``draft@v1`` for itself, ``draft@soft`` for ``draft@my/prompts/soft``."""
    stage, _, version = name.partition("@")
    return f"{stage}@{Path(version).name}"


def units_of(suite: Suite, plan: Plan) -> list[Unit]:
    """The units of a run, in the order of the suite.

    Raises:
        UsageError: a case that is named is not there, or none is left.
    """
    if unknown := sorted(set(plan.only) - {case.id for case in suite.cases}):
        raise UsageError(f"{plan.suite} has no case {', '.join(unknown)}")
    cases = [case for case in suite.cases if not plan.only or case.id in plan.only]
    chosen = [case for case in cases if plan.split in {None, case.split}]
    if not chosen:
        raise UsageError(f"{plan.suite} has no case to run")
    return [Unit(case, repeat) for case in chosen for repeat in range(plan.repeat)]
