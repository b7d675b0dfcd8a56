"""A model judges one draft by a rubric's questions, and what it says is held against the draft and against itself.

A question left out, answered twice or made up, and words that do not stand in the draft, are told to the judge once; a
contradiction is not, since it would only be talked away. Whatever is wrong in the end is a fault, and a fault is an
error, never a pass. Left out: what the answers come to.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from eval.judge.subject import Subject
from eval.judge.twice import ask_twice
from eval.rubrics.load import questions_of
from eval.types.record import Answer, Judgement
from eval.types.rubric import Criterion, Rubric
from pipeline.llm.model import Model
from pipeline.prompts import Template
from pipeline.types.judging import AnswerClaim, JudgeReply
from pipeline.values.text import plain

_EDGES = " \"'.,;:!?()[]-"


async def judge(subject: Subject, rubric: Rubric, template: Template, model: Model) -> Judgement:
    """One judgement, in at most two calls.

    Raises:
        PendingError: the model's reply is not here yet.
        EndpointError: no further call can succeed.
    """
    questions = questions_of(rubric, subject.action, subject.offers)
    ids = tuple(question.id for question in questions)
    known = {criterion.id: criterion for criterion in rubric.criteria}

    def faults(reply: JudgeReply) -> tuple[str, ...]:
        return (*_miscounted(reply.answers, ids), *_misquoted(reply.answers, known, subject.draft))

    asked = await ask_twice(template, subject.variables(questions), JudgeReply, model, faults)
    judgement = Judgement(
        judge=asked.model,
        prompt=template.name,
        prompt_hash=template.hash,
        rubric=f"{rubric.name}@{rubric.version}",
        rubric_hash=rubric.hash,
        fault=asked.fault,
        usage=asked.usage,
    )
    if asked.reply is None:
        return judgement
    if fault := contradiction(asked.reply, rubric):
        return judgement.model_copy(update={"fault": fault})
    send = asked.reply.send
    answers = tuple(_answer(claim) for claim in asked.reply.answers)
    return judgement.model_copy(update={"answers": answers, "send": send.answer, "send_reason": send.reason})


def contradiction(reply: JudgeReply, rubric: Rubric) -> str:
    """The first pair of answers that cannot both be meant, in one sentence; empty when there is none."""
    said = {f"{parts(claim.id)[0]}={claim.answer}" for claim in reply.answers} | {f"send={reply.send.answer}"}
    for one, other in rubric.contradictions:
        if one in said and other in said:
            return f"the judge contradicts itself: {one} and {other}"
    return ""


def parts(question: str) -> tuple[str, int | None]:
    """``fits:2`` as the criterion and the number of the alternative; a bare id has none."""
    criterion, _, number = question.partition(":")
    return criterion, int(number) if number else None


def stands_in(quote: str, draft: str) -> bool:
    """Whether the words stand in the draft, whatever its quotes, dashes, case and line breaks."""
    folds = (_one_line, _words)  # the second takes ten times as long, and is seldom needed
    return any(bool(words := fold(quote).strip(_EDGES)) and words in fold(draft) for fold in folds)


def _miscounted(answers: list[AnswerClaim], ids: tuple[str, ...]) -> Iterator[str]:
    given = Counter(claim.id for claim in answers)
    for each in ids:
        if given[each] != 1:
            yield f"the question {each} is answered {given[each]} times and not once"
    for each in given:
        if each not in ids:
            yield f"nobody asked {each[:40]!r}"


def _misquoted(answers: list[AnswerClaim], known: Mapping[str, Criterion], draft: str) -> Iterator[str]:
    for claim in answers:
        criterion = known.get(claim.id.partition(":")[0])
        if criterion and claim.answer == criterion.quotes and not stands_in(claim.quote, draft):
            said = f"the words {claim.quote[:80]!r} do not stand in the draft" if claim.quote.strip() else "no words"
            yield f"{claim.id} is answered {claim.answer}, which needs words of the draft: {said}"


def _answer(claim: AnswerClaim) -> Answer:
    criterion, number = parts(claim.id)
    return Answer(criterion=criterion, of=number, reason=claim.reason, quote=claim.quote, answer=claim.answer)


def _one_line(text: str) -> str:
    return " ".join(text.split())


@lru_cache(maxsize=256)  # a draft is searched once a question
def _words(text: str) -> str:
    return _one_line(plain(text).casefold())
