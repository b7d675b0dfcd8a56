"""The criteria by code: no good draft has a fault, and every fault that the guard knows has one criterion."""

import re
from pathlib import Path

import pytest

from eval.rubrics import code
from eval.rubrics.first import MARKS, Reply
from eval.rubrics.load import applies
from pipeline import guard
from pipeline.types.decision import Action
from tests.eval.rubrics.made import RUBRIC, case
from tests.guard import good

FAMILIES = "stance|offers|backing|kept|ask|grounding|privacy|form|promise"
BRIEF = {"right_length", "early_no", "one_next_step"}  # the guard's drafts are short ones


def codes() -> set[str]:
    """Every code that the guard's modules name in their first paragraph; ``.no_such`` goes on from the last family."""
    found = set()
    for path in Path(guard.__path__[0]).glob("*.py"):
        told = re.search(r"Codes?: .*?(?=What this leaves out|\n\")", path.read_text("utf-8"), re.DOTALL)
        family = ""
        for name, bare in re.findall(rf"``(?:((?:{FAMILIES})\.\w+)|\.(\w+))``", told[0] if told else ""):
            family = name.partition(".")[0] or family
            found.add(name or f"{family}.{bare}")
    return found


def test_every_code_of_the_guard_is_named_by_one_criterion() -> None:
    assert len(codes()) > 35
    unnamed = {c: [n for n in code.CHECKS if code.named(n, {c: "x"})] for c in codes() - MARKS}
    assert {c: names for c, names in unnamed.items() if len(names) != 1} == {}


@pytest.mark.parametrize("name", good.NAMES)
def test_a_draft_that_a_person_would_send_has_no_fault(name: str) -> None:
    draft = good.GOOD[name]
    reply = Reply(draft.draft, draft.decision, case().model_copy(update={"language": draft.permit.language}))
    action = Action(draft.decision.action)
    asked = [c.id for c in RUBRIC.criteria if c.id in code.CHECKS and applies(c, action) and c.id not in BRIEF]
    assert {c: fault for c in asked if (fault := code.CHECKS[c].read(reply))} == {}
