"""What the offline tests share: the variables of a mail and of a letter, and a model that only writes offline."""

import json

from pipeline.llm.offline.model import OfflineModel
from pipeline.types.prompt import (
    AskLine,
    Completion,
    DraftVariables,
    ExtractVariables,
    OfferLine,
    Prompt,
    ReasonLine,
    SlotLine,
)
from tests.fakes import filled


def mail(body: str, *, subject: str = "A question", history: str = "") -> ExtractVariables:
    return ExtractVariables(
        firm="Plum & Press",
        services=("posters",),
        not_offered=("video",),
        facts=(),
        sent="Wednesday 2026-11-18",
        sender="Mia Lark",
        subject=subject,
        body=body,
        history=history,
    )


def refusal(**changes: object) -> DraftVariables:
    """A refused discount of a quarter, with four offers of which two are of one kind."""
    text = "Below {rule.discount.max_discount} we would have to cut the hours that make the result good for you."
    letter = DraftVariables(
        action="decline",
        language="en",
        firm="Plum & Press",
        voice="",
        aim="",
        details=(),
        sentiment="neutral",
        pressure=(),
        asks=(
            AskLine(number=1, kind="discount", quote="could you take 25% off?", verdict="no", reasons=("discount",)),
        ),
        reasons=(ReasonLine(id="discount", text=text, for_asks=(1,)),),
        offers=(
            offer("smaller", "part", "A smaller scope at the usual rates that fits what they want to spend"),
            offer("less", "part", "Less of everything, so that their budget holds"),
            offer("stages", "stages", "The project in stages that are ordered and paid apart"),
            offer("trade", "trade", "{offer.trade.max_discount} off when the whole is ordered at once"),
        ),
        questions=(),
        slots=(SlotLine(name="ask.1.quote", words="could you take 25% off"),),
    )
    return letter.model_copy(update=changes)


def offer(name: str, kind: str, text: str, *asks: int) -> OfferLine:
    return OfferLine(id=name, kind=kind, text=text, for_asks=asks or (1,), slots=())


class ToldReader:
    """Gives the reading it was told, and leaves the writing to the offline model."""

    def __init__(self, reading: dict[str, object]) -> None:
        self.reading = reading

    async def complete(self, prompt: Prompt) -> Completion:
        if prompt.stage == "extract":
            return Completion(text=json.dumps(filled(self.reading, prompt.schema_)), model="told", call="told")
        return await OfflineModel().complete(prompt)
