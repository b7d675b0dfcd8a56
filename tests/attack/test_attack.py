"""A sample of ``make attack``: texts in every manner, every move, and mail beside the same mail with an injection."""

import asyncio

import pytest

from pipeline.flow import reply
from pipeline.llm.offline.model import OfflineModel
from tests.attack import runs
from tests.attack.carry import PLACES
from tests.attack.corpus import at_hand
from tests.attack.firm import TODAY, firm
from tests.attack.hosts import hosts
from tests.attack.model import Hanging
from tests.attack.plan import Run, over_moves, over_texts, phrases
from tests.attack.table import broken, summary, table

needs_texts = pytest.mark.skipif(not at_hand(), reason="the attack texts are not at hand")


def told(sample: list[Run]) -> list[str]:
    return [f"{one.run} by {one.by}: {one.broken}" for one in runs.ended(sample) if broken(one)]


@needs_texts
def test_no_text_gets_a_draft_that_breaks_an_invariant() -> None:
    assert told(list(over_texts())[::401]) == []


def test_no_move_does() -> None:
    slow = ("vast", "deep_sentences", "endless_slots", "endless_sentences")
    assert told([run for run in [*list(over_moves())[::37], *list(phrases())[::97]] if run.write not in slow]) == []


def test_an_honest_mail_is_answered_in_the_models_own_words() -> None:
    for host in hosts():
        (one,) = runs.ended([Run(0, host, None, "end", "honest", "careful", "sound")])
        assert (one.ending, one.by, one.broken) == ("drafted", "worst-case", ())


def test_a_model_that_never_answers_holds_nothing_up_when_the_call_is_given_up() -> None:
    honest = runs.honest(hosts()[0].id).message
    assert honest
    asked = reply(
        honest, key="k", business=firm(), today=TODAY, prompts=runs.prompts(), model=Hanging(), fallback=OfflineModel()
    )

    async def given_up() -> None:
        await asyncio.wait_for(asked, 0.05)

    with pytest.raises(TimeoutError):
        asyncio.run(given_up())


def test_a_table_counts_every_run_once() -> None:
    found = runs.ended([Run(0, hosts()[0], None, place, "moves", "careful", "accepts") for place in list(PLACES)[:2]])
    assert table(found)[-1].startswith("| **all** | 2 |")
    assert summary(found)[0].startswith("2 runs, ")
