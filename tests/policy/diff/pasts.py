"""Past outcomes, as a history holds them."""

from datetime import date

from pipeline.types.decision import Action
from pipeline.types.message import Skip
from pipeline.types.outcome import Failure
from pipeline.types.past import Decided, Past
from pipeline.types.quantities import Quantity
from pipeline.types.request import Ask, Fact, Kind, Quote, Request, State
from tests.fakes import TODAY, message

QUOTE = Quote(part="body", start=0, end=5, text="Could")


def past(
    kind: Kind = Kind.DISCOUNT, *facts: Fact, today: date = TODAY, policy: str = "", **values: Quantity | None
) -> Past:
    """One that was read: one ask with these facts."""
    named = (
        Fact(name=n, state=State.KNOWN if v is not None else State.UNKNOWN, value=v, quote=QUOTE)
        for n, v in values.items()
    )
    ask = Ask(number=1, kind=kind, quote=QUOTE, service="posters", facts=(*facts, *named))
    return Past(
        key="k" * 64,
        origin="mail.eml",
        today=today,
        action=Action.ACCEPT,
        code="no_objection",
        message=message("Could you?"),
        request=Request(asks=(ask,), language="en"),
        decision=Decided(policy=policy),
    )


def skipped() -> Past:
    mail = message("Out of office").model_copy(update={"skip": Skip.MACHINE})
    return past().model_copy(update={"message": mail, "request": None, "decision": None, "action": Action.SKIP})


def failed() -> Past:
    fault = Failure(stage="extract", kind="TransportError", message="no answer", retriable=True)
    return past().model_copy(update={"request": None, "decision": None, "failure": fault, "code": "failed"})
