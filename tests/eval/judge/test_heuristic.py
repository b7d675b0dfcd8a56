import pytest

from eval.judge.ask import judge
from eval.judge.heuristic import HeuristicJudge
from eval.judge.pair import prefer
from eval.judge.subject import Subject, from_text
from eval.rubrics.judged import Judged
from eval.rubrics.load import load_rubric
from eval.types.record import Judgement
from pipeline.errors import RequestError
from pipeline.prompts import load_prompt
from tests.eval.judge.asked import subject

RUBRIC, TEMPLATE = load_rubric("decline@v1"), load_prompt("judge@v1")
MAIL = "Could you take 30% off the wedding buffet? My daughter's guests will never notice smaller plates."
CANDID = """Hello Ida,

I see why you want every guest at your daughter's wedding to eat well. We can't take 30% off the buffet: it would cost
you two cooks, and your guests would wait for their plates.

You could have two courses instead of three, or a standing buffet, or the cake from your own baker.

Which of these suits you?

Rosa"""
RUDE = "Ida, no. If you were serious you'd pay. Kindly get a calculator. Two courses or nothing."
SOFT = "Dearest Ida, I'd hate to let you down, whatever you decide is fine, no worries! Perhaps we might find a way."
FALSE = "Hi Ida! What a magical evening! Regrettably our system has blocked all rates. Various things might be options."


async def judged(draft: str, mail: str = MAIL, language: str = "en") -> Judgement:
    told = from_text(language=language, subject="Wedding", mail=mail, draft=draft)
    return await judge(told, RUBRIC, TEMPLATE, HeuristicJudge())


@pytest.mark.parametrize(
    ("draft", "where"),
    [
        (CANDID, "radical_candor"),
        (RUDE, "obnoxious_aggression"),
        (SOFT, "ruinous_empathy"),
        (FALSE, "manipulative_insincerity"),
    ],
)
async def test_plain_examples_land_in_their_quadrants(draft: str, where: str) -> None:
    judgement = await judged(draft)
    candor = next(criterion for criterion in RUBRIC.criteria if criterion.id == "candor")
    assert judgement.fault == ""
    assert Judged(judgement, RUBRIC).score(candor).why == where


async def test_it_says_who_it_is() -> None:
    assert (await judged(CANDID)).judge == "heuristic"


@pytest.mark.parametrize("draft", ["", " \n", "?", "No.", "Oh 🙂" * 50, "- a\n- b\n- c", "x" * 9_000])
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it"])
async def test_whatever_the_draft_it_answers_without_contradiction(draft: str, language: str) -> None:
    fault = (await judged(draft, language=language)).fault
    assert not fault if any(map(str.isalnum, draft)) else "contradicts" not in fault


async def test_it_prefers_the_same_draft_in_both_orders() -> None:
    pair, model = load_prompt("pair@v1"), HeuristicJudge()
    told: Subject = subject(mail=MAIL)
    assert (await prefer(told, CANDID, FALSE, pair, model)).better == "first"
    assert (await prefer(told, FALSE, CANDID, pair, model)).better == "second"
    assert (await prefer(told, CANDID, CANDID, pair, model)).better == "same"


async def test_it_writes_no_drafts() -> None:
    prompt = load_prompt("judge@v1").render(subject().variables(()))
    with pytest.raises(RequestError):
        await HeuristicJudge().complete(prompt.model_copy(update={"variables": type("Other", (), {})()}))
