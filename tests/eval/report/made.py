"""A made-up run for the tests of the report: so many cases, two versions, of which the second cares less."""

from random import Random

from eval.rubrics.candor import quadrant
from eval.types.record import About, Choice, Judgement, Mark, Record, Score
from eval.types.rubric import Rubric
from pipeline.types.outcome import Outcome
from pipeline.types.prompt import Usage
from tests.outbox.examples import DECLINE_BODY, asking, decline, draft, escalated, trap, yes

HOSTILE = "<script>alert(1)</script><img src=https://evil.example/x onerror=alert(2)>\u202e"
_KINDS = ("discount", "rush_deadline", "free_work", "scope_addition", "refund_or_blame")
_EXTRA = "We know how much this festival means to the town. "
_WHYS = {
    "warm": "No sentence is about this client's own situation.",
    "clear_no": "No sentence refuses in plain words.",
    "fits": "The second alternative comes after the festival.",
}


def records(rubric: Rubric, cases: int, versions: tuple[str, ...] = ("draft@v1", "draft@v2")) -> tuple[Record, ...]:
    """``cases`` cases under each version, the same ones for the same arguments."""
    return tuple(_record(rubric, number, version, at) for number in range(cases) for at, version in enumerate(versions))


def choices(cases: int) -> tuple[Choice, ...]:
    """Every case asked in both orders; every fourth turns with the order."""
    made = []
    for number in range(cases):
        for first, second in (("draft@v1", "draft@v2"), ("draft@v2", "draft@v1")):
            turns = number % 4 == 0
            better = "first" if turns or first == "draft@v1" else "second"
            made.append(
                Choice.model_validate(
                    {"key": f"{number}{first}", "about": about(number), "first": first, "second": second, "repeat": 1}
                    | {"judge": "openai:large", "better": better}
                )
            )
    return tuple(made)


def about(number: int) -> About:
    """Case ``number``."""
    language = ("en", "de", "fr", "es")[number % 4]
    kind = _KINDS[number % len(_KINDS)]
    return About(case=f"{kind}-{language}-{number}", language=language, business="larkspur", cluster="", kind=kind)


def _record(rubric: Rubric, number: int, version: str, at: int) -> Record:
    random = Random(f"{number}/{version}")
    outcome = _outcome(number, version, random)
    scores = tuple(_scores(rubric, outcome, random, at))
    judged = Judgement(
        judge="openai:large",
        prompt="judge@v1",
        prompt_hash="h",
        rubric="decline@v1",
        rubric_hash=rubric.hash,
        send="gap" if at else "yes",
        send_reason=f"It names the festival. {HOSTILE}" if number % 7 == 0 else "It names the festival.",
        fault="the reply answers 'warm' twice" if number % 31 == 5 else "",
        usage=Usage(prompt_tokens=3100, completion_tokens=900, calls=1),
    )
    return Record(
        key=f"{number}/{version}",
        suite="s",
        about=about(number),
        version=version,
        prompts={version: str(at)},
        model="openai:small",
        repeat=1,
        rubric=f"{rubric.name}@{rubric.version} {rubric.hash}",
        outcome=outcome,
        judgement=judged if outcome.draft else None,
        scores=scores,
    )


def _outcome(number: int, version: str, random: Random) -> Outcome:
    if number % 23 == 7:
        return escalated(number)
    made = {5: trap, 11: asking, 17: yes}.get(number % 19, decline)(number)
    if made.draft is None or number % 19 == 11:
        return made
    body = DECLINE_BODY.replace("Three things", _EXTRA * random.randint(0, 6) + "Three things")
    body = f"{body}\n{HOSTILE}" if number % 7 == 0 else body
    return made.model_copy(update={"draft": draft(body, prompt=version)})


def _scores(rubric: Rubric, outcome: Outcome, random: Random, at: int) -> list[Score]:
    care, challenge = (max(1, min(5, round(random.gauss(mean, 0.9)))) for mean in ((4.2, 3.2)[min(at, 1)], 4.1))
    made = []
    for criterion in rubric.criteria:
        name = criterion.id
        value = {"care": care, "challenge": challenge}.get(name)
        if criterion.applies and outcome.action not in criterion.applies:
            mark = Mark.NA
        elif outcome.failure:
            mark = Mark.ERROR
        elif name == "candor":
            mark = Mark.PASS if quadrant(care, challenge) == "radical_candor" else Mark.FAIL
        elif value is not None:
            mark = Mark.PASS if value >= 3 else Mark.FAIL
        else:
            loss = 0.3 if at and name in _WHYS else 0.04
            mark = Mark.FAIL if random.random() < loss else Mark.PASS
        why = "" if mark in {Mark.PASS, Mark.NA} else _WHYS.get(name, f"{criterion.says} Not here. {HOSTILE}")
        quote = "no, we can't take 25 % off the offer" if name == "clear_no" and mark is Mark.FAIL else ""
        made.append(
            Score(
                criterion=name, mark=mark, value=value if mark in {Mark.PASS, Mark.FAIL} else None, why=why, quote=quote
            )
        )
    return made
