"""What a model may reply, one type a stage. The JSON Schema sent to an endpoint is derived from these.

They are claims, not facts: ``extract`` and ``draft`` check every field before it becomes a ``Request`` or a ``Draft``.
Every field is required, so that the strict dialects accept the schema; "nothing" is an empty list or null.
"""

from enum import StrEnum

from pydantic import Field

from pipeline.types.base import Value
from pipeline.types.request import Kind, Pressure, Resistance, Sentiment


class MailFact(StrEnum):
    """The names of all facts that a mail can state. ``pipeline.policy.facts`` says what each means."""

    DISCOUNT_ASKED = "discount_asked"
    PRICE_BEFORE = "price_before"
    PRICE_WANTED = "price_wanted"
    PRICE_CUT = "price_cut"
    DEADLINE = "deadline"
    EVENT_DAY = "event_day"
    REVISION_ROUND = "revision_round"
    PAYMENT_TERM = "payment_term"
    AMOUNT = "amount"
    QUANTITY = "quantity"
    UNPAID = "unpaid"
    PAYS_WITH = "pays_with"
    OFFERS_PAYMENT = "offers_payment"
    EXTRA_SCOPE = "extra_scope"
    ROUNDS_USED_UP = "rounds_used_up"
    WRONGDOING = "wrongdoing"
    FAULT = "fault"
    CLIENT_PART_MISSING = "client_part_missing"
    AGAINST_AIM = "against_aim"
    BURDENS_PEOPLE = "burdens_people"
    BEYOND_TERMS = "beyond_terms"
    MISSING_ITEM = "missing_item"
    MISSING_TIME = "missing_time"
    MISSING_EVIDENCE = "missing_evidence"
    MISSING_TERMS = "missing_terms"
    CONTRADICTION = "contradiction"
    THREAT = "threat"
    ABUSE = "abuse"
    LEAVE_THREAT = "leave_threat"
    EARLIER_NO = "earlier_no"
    INSISTS = "insists"
    OVERDUE = "overdue"
    # Asked for only where the business keeps the record they are about:
    ITEM = "item"
    PRICE_OFFERED = "price_offered"
    HOURS_ASKED = "hours_asked"
    AGREED = "agreed"
    EXCLUDED = "excluded"
    APPROVAL = "approval"
    OUR_MISTAKE = "our_mistake"
    GOAL_UNSERVED = "goal_unserved"
    GOAL_HARMED = "goal_harmed"
    BRIEF_HARMED = "brief_harmed"
    TAKES_FROM = "takes_from"
    WAITS_FOR = "waits_for"
    PART_BY = "part_by"
    PARTNER_WORK = "partner_work"
    DISLIKED_WORK = "disliked_work"
    OUTSIDE_FOCUS = "outside_focus"
    UNREASONABLE = "unreasonable"
    LEANS_ON_SIZE = "leans_on_size"


class FactClaim(Value):
    """A fact with the verbatim words that state it; ``choice`` only for facts with a list of choices."""

    name: MailFact
    quote: str
    choice: str | None


class AskClaim(Value):
    """One ask: its kind, the words that make it, the service it needs, its facts."""

    kind: Kind
    quote: str
    service: str
    facts: list[FactClaim]


class LeverageClaim(Value):
    """A means of pressure and its words."""

    kind: Pressure
    quote: str


class ExtractReply(Value):
    """The reading of one mail. All quotes are verbatim words of its subject, body or history."""

    asks: list[AskClaim]
    mail_facts: list[FactClaim]
    aim: str | None
    details: list[str]
    leverage: list[LeverageClaim]
    sentiment: Sentiment
    language: str = Field(description="two-letter ISO 639-1 code of the newest mail")
    cannot_tell: str | None


class ObjectionClaim(Value):
    """What they say against our earlier no, by its main kind, and its words in the newest mail."""

    kind: Resistance
    quote: str


class AcceptedClaim(Value):
    """That they take an alternative we offered: their words in the newest mail, and which one it is."""

    quote: str
    offer: int | None = Field(description="its number in the list of our earlier mail, if it has one")
    ours: str | None = Field(description="the words of our earlier mail that name it")


class ReadingReply(ExtractReply):
    """The reading of one mail that may answer an earlier no of ours; both are null where there is none."""

    objection: ObjectionClaim | None
    accepted: AcceptedClaim | None


class SentenceClaim(Value):
    """One sentence with ``{slots}`` for every value, and the id of what backs it."""

    text: str
    backing: str
    new_paragraph: bool


class DraftReply(Value):
    """The body of a reply, without greeting, sign-off and subject."""

    sentences: list[SentenceClaim]
