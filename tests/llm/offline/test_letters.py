"""The composer's letters on the road that production takes: extract, decide, slots, draft, guard."""

from functools import cache
from pathlib import Path

import pytest

from pipeline.flow import reply
from pipeline.llm.offline.model import OfflineModel
from pipeline.llm.offline.wording import languages, wording
from pipeline.prompts import load_prompts
from pipeline.types.business import Business
from pipeline.types.decision import Action
from pipeline.types.outcome import Outcome
from pipeline.types.request import Kind, Sentiment
from tests.fakes import TODAY, ask, business, message, reading
from tests.llm.offline.mails import ToldReader

PROMPTS = load_prompts()
FOUR = Path(__file__).parent / "four_languages.yaml"
YES = "do it"  # words for a flag
ASKS = {
    "wrongdoing": ask("unethical_or_illegal", YES, ("wrongdoing", YES, "deceptive")),
    "their_mistake": ask("refund_or_blame", YES, ("fault", YES, "client")),
    "paid_in_promises": ask("exposure_or_future_promise", YES, ("pays_with", YES, "exposure")),
    "unpaid_work": ask("free_work", YES, ("unpaid", YES)),
    "discount": ask("discount", "25% off", ("discount_asked", "25%")),
    "payment_terms": ask("payment_terms", "pay at 120 days", ("payment_term", "120 days")),
    "out_of_expertise": ask("out_of_expertise", YES, service="video"),
    "revisions": ask("extra_revisions", "a third round", ("revision_round", "third round")),
    "out_of_scope": ask("scope_addition", YES, ("extra_scope", YES)),
    "lead_time": ask("rush_deadline", "by Friday", ("deadline", "Friday"), service="posters"),
    "against_their_aim": ask("against_own_interest", YES, ("against_aim", YES)),
    "burdens_people": ask("staff_or_supplier_burden", YES, ("burdens_people", YES)),
    "beyond_terms": ask("policy_exception", YES, ("beyond_terms", YES)),
}
KEPT = ask("information_request", "send the invoice again")
OPEN = ask("new_project_inquiry", YES, ("missing_item", YES), ("missing_time", YES), service="posters")
BODY = "Please do it: 25% off, a third round, by Friday, pay at 120 days, send the invoice again. We open in May."
PAIRS = {
    "two refusals": (ASKS["discount"], ASKS["lead_time"]),
    "one reason in two asks": (ASKS["unpaid_work"], ask("free_work", "a third round", ("unpaid", "do it"))),
    "one refused, one kept": (ASKS["out_of_scope"], KEPT),
    "one refused, one open": (ASKS["payment_terms"], OPEN),
}


@cache
def shop(policy: str | None = None) -> Business:
    return business(policy)


async def letter(told: dict[str, object], *, body: str = BODY, policy: str | None = None) -> Outcome:
    """What the flow makes of a mail that was read as ``told``."""
    model = ToldReader(told)
    return await reply(
        message(body),
        key="k",
        business=shop(policy),
        today=TODAY,
        prompts=PROMPTS,
        model=model,
        fallback=OfflineModel(),
    )


def refused(outcome: Outcome) -> list[str]:
    assert outcome.verdict
    return [f"{finding.code}: {finding.excerpt}" for finding in outcome.verdict.findings]


@pytest.mark.parametrize("rule", ASKS)
async def test_the_letter_of_every_starter_rule_passes_the_guard(rule: str) -> None:
    outcome = await letter(reading(ASKS[rule], aim="We open in May"))
    assert (outcome.action, outcome.code, refused(outcome)) == (Action.DECLINE, rule, [])


@pytest.mark.parametrize("pair", PAIRS)
async def test_letters_about_two_asks_pass_the_guard(pair: str) -> None:
    outcome = await letter(reading(*PAIRS[pair]))
    assert (outcome.action, refused(outcome)) == (Action.DECLINE, [])


async def test_a_mail_that_only_asks_back_passes_the_guard() -> None:
    outcome = await letter(reading(OPEN, sentiment="anxious"))
    assert (outcome.action, refused(outcome)) == (Action.ASK, [])


async def test_the_last_letter_passes_the_guard() -> None:
    told = [{"name": name, "quote": YES, "choice": None} for name in ("abuse", "earlier_no")]
    outcome = await letter(reading(ASKS["discount"], mail_facts=told))
    assert (outcome.action, refused(outcome)) == (Action.END, [])


@pytest.mark.parametrize("language", languages())
async def test_every_refusal_in_every_voice_passes_the_guard(language: str) -> None:
    feelings = list(Sentiment)
    heard = set()
    for number, kind in enumerate(Kind):
        quote = f"wish {chr(97 + number)}"  # what is quoted picks the voice
        claim = ask(kind.value, quote, ("unpaid", "wish"))
        told = reading(
            claim, language=language, aim="wish" if number % 2 else None, sentiment=feelings[number % 6].value
        )
        outcome = await letter(told, body=quote, policy=FOUR.read_text(encoding="utf-8"))
        assert refused(outcome) == []
        assert outcome.draft
        heard.add(outcome.draft.sentences[-1].template)
    assert heard == {voice.next for voice in wording(language).voices}


@pytest.mark.parametrize("language", languages())
async def test_questions_partings_and_mixed_answers_pass_the_guard(language: str) -> None:
    policy = FOUR.read_text(encoding="utf-8")
    unpaid, unclear = (ask("free_work", "wish", (fact, "wish")) for fact in ("unpaid", "missing_time"))
    abuse = [{"name": "abuse", "quote": "wish", "choice": None}]
    for told, action in (
        (reading(unclear, language=language), Action.ASK),
        (reading(unpaid, KEPT, unclear, language=language), Action.DECLINE),
        (reading(unpaid, language=language, mail_facts=abuse), Action.END),
    ):
        outcome = await letter(told, body="wish: send the invoice again", policy=policy)
        assert (outcome.action, refused(outcome)) == (action, [])


async def test_a_policy_in_another_language_than_the_mail_leaves_the_letter_to_a_person() -> None:
    outcome = await letter(reading(ASKS["discount"], language="de"), body="25% off")
    assert outcome.draft is None
    assert refused(outcome)
