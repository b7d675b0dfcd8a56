"""A question put to a model, and put once more when the reply cannot be used. What went wrong in the end is a sentence.

Left out: retries of the network, which are the model's own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from pipeline.errors import MalformedError, ModelError
from pipeline.llm.model import Model, parse_reply
from pipeline.prompts import Template
from pipeline.types.judging import JudgeVariables, PairVariables
from pipeline.types.prompt import Usage

_Reply = TypeVar("_Reply", bound=BaseModel)


@dataclass(frozen=True)
class Asked(Generic[_Reply]):
    """What came of it: a reply without fault, or none and the fault."""

    reply: _Reply | None
    fault: str
    model: str
    usage: Usage


async def ask_twice(
    template: Template,
    variables: JudgeVariables | PairVariables,
    schema: type[_Reply],
    model: Model,
    faults: Callable[[_Reply], tuple[str, ...]] = lambda _: (),
) -> Asked[_Reply]:
    """At most two calls; the second is told what was wrong with the first.

    Raises:
        PendingError: the model's reply is not here yet.
        EndpointError: no further call can succeed.
    """
    name, usage, problems = "", Usage(), tuple[str, ...]()
    for _ in range(2):
        prompt = template.render(variables.model_copy(update={"problems": problems}))
        try:
            completion = await model.complete(prompt)
            reply = parse_reply(completion, schema, prompt)
        except ModelError as error:
            name, usage = error.model or name, usage + error.usage
            if not isinstance(error, MalformedError):
                problems = (*problems, str(error))  # what was wrong with the first reply is why it was asked again
                break
            problems = (str(error),)
        else:
            name, usage, problems = completion.model, usage + completion.usage, faults(reply)
            if not problems:
                return Asked(reply, "", name, usage)
    return Asked(None, "; ".join(problems), name, usage)
