"""Which of two drafts for one mail is better, asked of a model in one order.

The caller asks in both orders: only an answer that points to the same draft twice says anything. Left out: the keys and
names of what is compared.
"""

from typing import Literal, NamedTuple

from eval.judge.subject import Subject
from eval.judge.twice import ask_twice
from pipeline.llm.model import Model
from pipeline.prompts import Template
from pipeline.types.judging import PairReply, PairVariables
from pipeline.types.prompt import Usage


class Preference(NamedTuple):
    """What a judge said; with a ``fault`` it preferred nothing."""

    better: Literal["first", "second", "same", ""]
    reason: str
    fault: str
    judge: str
    usage: Usage


async def prefer(subject: Subject, first: str, second: str, template: Template, model: Model) -> Preference:
    """The better one of two drafts, in at most two calls; ``subject`` says all the rest.

    Raises:
        PendingError: the model's reply is not here yet.
        EndpointError: no further call can succeed.
    """
    variables = PairVariables(
        firm=subject.firm,
        language=subject.language,
        subject=subject.subject,
        mail=subject.mail,
        decision=subject.decision,
        first=first,
        second=second,
    )
    asked = await ask_twice(template, variables, PairReply, model)
    better = asked.reply.better if asked.reply else ""
    return Preference(better, asked.reply.reason if asked.reply else "", asked.fault, asked.model, asked.usage)
