"""What the mail asks for: asks, each with its kind, its words and its facts. All that is quoted was found there."""

from enum import StrEnum
from typing import Literal

from pipeline.types.base import Value
from pipeline.types.quantities import Quantity


class Quote(Value):
    """Words of the mail: ``text`` is the part's text from ``start`` to ``end`` (characters), less the marks of quoting.

    Of an earlier mail that this one doesn't quote, both are 0.
    """

    part: Literal["subject", "body", "history"]
    start: int
    end: int
    text: str


class State(StrEnum):
    """Three-valued, plus absent: a claim nobody made is absent, a claim that could not be read is unknown."""

    KNOWN = "known"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Source(StrEnum):
    """Who says so."""

    MAIL = "mail"
    CLIENT = "client"  # the client's record
    BUSINESS = "business"  # profile, calendar, prices
    DERIVED = "derived"
    DEFAULT = "default"


class Fact(Value):
    """A named value with its state, its source and, when it comes from the mail, its quote."""

    name: str
    state: State
    value: Quantity | None = None
    source: Source = Source.MAIL
    quote: Quote | None = None
    note: str = ""  # why it is unknown, or how it was computed


class Kind(StrEnum):
    """What an ask is about, not how it ends."""

    DISCOUNT = "discount"
    RUSH_DEADLINE = "rush_deadline"
    SCOPE_ADDITION = "scope_addition"
    FREE_WORK = "free_work"
    EXTRA_REVISIONS = "extra_revisions"
    REFUND_OR_BLAME = "refund_or_blame"
    PAYMENT_TERMS = "payment_terms"
    OUT_OF_EXPERTISE = "out_of_expertise"
    UNETHICAL_OR_ILLEGAL = "unethical_or_illegal"
    AGAINST_OWN_INTEREST = "against_own_interest"
    EXPOSURE_OR_FUTURE_PROMISE = "exposure_or_future_promise"
    MEETING_OR_ACCESS = "meeting_or_access"
    STAFF_OR_SUPPLIER_BURDEN = "staff_or_supplier_burden"
    POLICY_EXCEPTION = "policy_exception"
    THREAT_OR_ULTIMATUM = "threat_or_ultimatum"
    NEW_PROJECT_INQUIRY = "new_project_inquiry"
    INFORMATION_REQUEST = "information_request"
    IN_SCOPE_REQUEST = "in_scope_request"
    OTHER = "other"


class Pressure(StrEnum):
    """Means of pressure a mail may use (``leverage`` in a Request)."""

    THREATENS_TO_LEAVE = "threatens_to_leave"
    ULTIMATUM = "ultimatum"
    FLATTERY = "flattery"
    URGENCY = "urgency"
    AUTHORITY = "authority"
    GUILT = "guilt"
    PUBLIC_REVIEW = "public_review"
    FUTURE_WORK = "future_work"


class Leverage(Value):
    """One means of pressure and the words that carry it."""

    kind: Pressure
    quote: Quote


class Sentiment(StrEnum):
    """The tone of the mail, independent of how it is handled."""

    FRIENDLY = "friendly"
    NEUTRAL = "neutral"
    ANXIOUS = "anxious"
    FRUSTRATED = "frustrated"
    ANGRY = "angry"
    HOSTILE = "hostile"


class Resistance(StrEnum):
    """What an answer to our no says against it, whatever its tone."""

    PRICE = "price"
    TIME = "time"
    FAIRNESS = "fairness"
    AUTHORITY = "authority"
    THREAT = "threat"
    EMOTION = "emotion"
    MISUNDERSTANDING = "misunderstanding"
    NEW_INFORMATION = "new_information"


class Objection(Value):
    """What a client says against our no, in words of their newest mail."""

    kind: Resistance
    quote: Quote


class Accepted(Value):
    """That a client takes an alternative of ours: their words, and what they say of which one.

    ``offer`` counts from 1 in our list; ``ours`` are the words of our earlier mail that name it, from the history.
    """

    quote: Quote
    offer: int | None = None
    ours: Quote | None = None


class Ask(Value):
    """One thing the client wants. ``number`` counts from 1 in the order of the mail."""

    number: int
    kind: Kind
    quote: Quote
    service: str = ""  # an entry of the profile's lists, ``unlisted`` or ``everyday``
    facts: tuple[Fact, ...] = ()


class Request(Value):
    """The whole reading of one mail. ``facts`` hold for every ask of it."""

    asks: tuple[Ask, ...]
    facts: tuple[Fact, ...] = ()
    aim: Quote | None = None  # what the client wants to achieve
    details: tuple[Quote, ...] = ()  # words that a good answer takes up
    leverage: tuple[Leverage, ...] = ()
    sentiment: Sentiment = Sentiment.NEUTRAL
    language: str = "und"
    dropped: tuple[str, ...] = ()  # what the model claimed and code could not find or read
    objection: Objection | None = None  # to an earlier no of ours
    accepted: Accepted | None = None  # an alternative that we offered
    cannot_tell: str = ""  # why the reader abstains; empty when it does not
