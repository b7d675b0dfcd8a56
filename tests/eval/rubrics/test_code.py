"""The criteria by code: no good draft has a fault, and every fault that the guard knows has one criterion."""

import pytest

from eval.rubrics import code
from eval.rubrics.first import MARKS, Reply
from eval.rubrics.load import applies
from pipeline.guard.findings import FINDINGS
from pipeline.types.decision import Action
from tests.eval.rubrics.made import RUBRIC, case
from tests.guard import good

BRIEF = {"right_length", "early_no", "one_next_step"}  # the guard's drafts are short ones


def test_every_code_of_the_guard_is_named_by_one_criterion() -> None:
    unnamed = {c: [n for n in code.CHECKS if code.named(n, {c: "x"})] for c in FINDINGS.keys() - MARKS}
    assert {c: names for c, names in unnamed.items() if len(names) != 1} == {}


@pytest.mark.parametrize("name", good.NAMES)
def test_a_draft_that_a_person_would_send_has_no_fault(name: str) -> None:
    draft = good.GOOD[name]
    reply = Reply(draft.draft, draft.decision, case().model_copy(update={"language": draft.permit.language}))
    action = Action(draft.decision.action)
    asked = [c.id for c in RUBRIC.criteria if c.id in code.CHECKS and applies(c, action) and c.id not in BRIEF]
    assert {c: fault for c in asked if (fault := code.CHECKS[c].read(reply))} == {}
