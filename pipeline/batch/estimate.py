"""What a run would ask and cost, before anything is spent. Pure arithmetic over what was counted.

Exact are the readings to be asked for, and the letters of mails whose reading is stored. Whether a mail that is not
read yet leads to a letter cannot be known: that, and the tokens, is reckoned from the folder's own calls of the same
model, else from ``usual.yaml``. What this leaves out: how long it takes.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from pipeline.batch.store import Taken
from pipeline.llm.compose import ModelSpec, parameters_of
from pipeline.llm.counting import Counting
from pipeline.llm.prices import Price, batch_share, price_of, read_on
from pipeline.types.base import Value
from pipeline.types.prompt import Usage
from pipeline.yamltree import read_shipped

ENOUGH = 20
"""Calls of a stage from which its average is taken."""
_READ, _WORD = "extract", "draft"


class Counted(Value):
    """A run that has not been made, counted in messages: ``messages`` is the sum of the four that follow it.

    ``done`` have their row; ``settled`` get one without a model; ``others`` are not chosen. Of ``todo``, ``ready`` need
    no new call.
    """

    messages: int
    done: int
    settled: int
    others: int
    todo: int
    ready: int


class StageCalls(Value):
    """The calls of one stage: already ``stored``, and ``to_ask``, with the tokens that these take in all.

    ``measured`` is whether the tokens are an average of this folder's own calls.
    """

    stage: str
    stored: int
    to_ask: int
    usage: Usage
    measured: bool


class Estimate(Counted):
    """What it would ask and cost. Without a ``model`` that is asked over the network: nothing.

    Costs are US dollars: ``cost`` of the calls as they are reckoned, ``at_most`` if every reply runs to its limit of
    ``max_tokens``, ``by_file`` through a provider's batch service; None is unknown. ``prices`` is the day of the list.
    """

    model: str = ""
    stages: tuple[StageCalls, ...] = ()
    max_tokens: int = 0
    cost: Decimal | None = None
    at_most: Decimal | None = None
    by_file: Decimal | None = None
    prices: date | None = None


class _Usual(Value):
    measured: date
    characters: Decimal
    letters: Decimal
    again: Decimal
    draft: int
    reply: dict[str, int]


def estimate(counted: Counted, counting: Counting, spec: ModelSpec, taken: dict[str, Taken]) -> Estimate:
    """The calls that were counted, those that will follow, and what they take; ``taken`` is what earlier ones took."""
    parameters = parameters_of(spec)
    stages, most = calls_of(counting, taken), parameters.max_tokens
    found = Estimate(**counted.model_dump(), model=parameters.model, stages=stages, max_tokens=most)
    price, share = price_of(spec.base_url, parameters.model), batch_share(spec.base_url)
    if price is None:
        return found
    cost = _sum(price, (stage.usage for stage in stages))
    costs = {
        "cost": cost,
        "at_most": _sum(price, (_at_length(stage, most) for stage in stages)),
        "by_file": None if share is None else cost * share,
        "prices": read_on(),
    }
    return found.model_copy(update=costs)


def _sum(price: Price, usages: Iterable[Usage]) -> Decimal:
    return sum((cost for usage in usages if (cost := price.of(usage)) is not None), Decimal(0))


def _at_length(stage: StageCalls, tokens: int) -> Usage:
    return stage.usage.model_copy(update={"completion_tokens": stage.to_ask * tokens})


def calls_of(counting: Counting, taken: dict[str, Taken]) -> tuple[StageCalls, ...]:
    """The calls that were counted, those that will follow from them, and their tokens; ``taken`` is by stage."""
    usual = _usual()
    read, worded = taken.get(_READ, Taken()), taken.get(_WORD, Taken())
    seen = read.calls >= ENOUGH
    letters = Decimal(worded.calls) / read.calls if seen else usual.letters * (1 + usual.again)
    follow = {_READ: counting.asked[_READ] * usual.again, _WORD: counting.asked[_READ] * letters}
    stages = []
    for stage, before in ((_READ, read), (_WORD, worded)):
        exact = counting.asked[stage]
        to_ask = round(exact + follow[stage])
        sent = counting.characters[stage] / exact if exact else usual.draft
        usage, measured = _tokens(stage, to_ask, sent, before)
        stages.append(
            StageCalls(stage=stage, stored=counting.stored[stage], to_ask=to_ask, usage=usage, measured=measured)
        )
    return tuple(stages)


def _tokens(stage: str, calls: int, sent: float, before: Taken) -> tuple[Usage, bool]:
    """What ``calls`` of ``sent`` characters each will take, and whether this folder's own calls say so."""
    if before.told >= ENOUGH:
        share = calls / before.told
        cached = round(before.cached_tokens * share)
        given, made = round(before.prompt_tokens * share), round(before.completion_tokens * share)
        return Usage(prompt_tokens=given, completion_tokens=made, cached_tokens=cached, calls=calls), True
    given = round(calls * Decimal(sent) / _usual().characters)
    return Usage(prompt_tokens=given, completion_tokens=calls * _usual().reply[stage], calls=calls), False


@cache
def _usual() -> _Usual:
    return _Usual.model_validate(read_shipped(Path(__file__).with_name("usual.yaml")).plain())
