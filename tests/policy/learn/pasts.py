"""Past outcomes of a print shop, as short as a history can be."""

from datetime import UTC, date, datetime
from decimal import Decimal

from pipeline.types.answered import Answered, AskSeen, DecidedThen, DraftSeen, FactSeen, SentenceSeen
from pipeline.types.decision import Action
from pipeline.types.message import Address
from pipeline.types.quantities import Money, Percent, Quantity
from pipeline.types.request import Ask, Kind, Quote, Request, State
from tests.fakes import TODAY, message

QUOTE = Quote(part="body", start=0, end=5, text="Could")


def asked(
    number: int,
    lead: str = "",
    *,
    on: date = date(2026, 11, 18),
    sender: str = "mia@lark.example",
    kind: Kind = Kind.DISCOUNT,
    action: Action = Action.DECLINE,
    code: str = "",
    fired: tuple[str, ...] = (),
    unknown: tuple[str, ...] = (),
    offers: tuple[str, ...] = (),
    **facts: Quantity | None,
) -> Answered:
    """One mail with one ask; ``number`` makes the mail its own. A fact of None could not be read."""
    seen = tuple(
        FactSeen(name=name, state=State.KNOWN if value else State.UNKNOWN, value=value) for name, value in facts.items()
    )
    ask = AskSeen(
        ask=1, action=action, lead=lead, fired=fired or ((lead,) if lead else ()), unknown=unknown, facts=seen
    )
    mail = message("Could you?", sender=sender).model_copy(
        update={
            "key": f"{number:064x}",
            "sender": Address(address=sender),
            "sent": datetime(on.year, on.month, on.day, 9, tzinfo=UTC),
        }
    )
    return Answered(
        key=f"{number:064x}",
        origin="mail.eml",
        today=max(TODAY, on),
        action=action,
        code=code or lead or "no_objection",
        message=mail,
        request=Request(asks=(Ask(number=1, kind=kind, quote=QUOTE),), language="en"),
        decision=DecidedThen(asks=(ask,)),
        draft=DraftSeen(sentences=tuple(SentenceSeen(backing=f"offer:{offer}") for offer in offers)),
    )


def percent(number: int) -> Percent:
    return Percent(number=Decimal(number))


def euros(number: int) -> Money:
    return Money(amount=Decimal(number), currency="EUR")
