"""The catalogue of facts that a rule may read: type, who can say it, if it is private, and which question asks for it.

A name that is not here is an error in a policy file. The reading model is shown the meanings of mail facts as they
stand.
"""

from enum import StrEnum

from pipeline.types.base import Value
from pipeline.types.replies import MailFact
from pipeline.types.request import Kind


class Type(StrEnum):
    """The type of a fact's value; see ``pipeline.types.quantities``."""

    MONEY = "money"
    PERCENT = "percent"
    DURATION = "duration"
    DAY = "day"
    COUNT = "count"
    FLAG = "flag"
    CHOICE = "choice"
    WORDS = "words"


class Owner(StrEnum):
    """Who could tell us when it is unknown: the client is asked, what is ours or a judgement goes to a person."""

    CLIENT = "client"
    US = "us"
    JUDGEMENT = "judgement"


class FactSpec(Value):
    """One entry. ``level``: an ask's own fact, one of the whole mail, or one computed from records (``derived``)."""

    name: str
    type: Type
    level: str  # ask | mail | record | derived
    owner: Owner
    meaning: str
    choices: tuple[str, ...] = ()
    private: bool = False
    working: bool = False  # a duration counted in working days
    question: str = ""  # key of the question in questions.yaml; empty when it is never asked

    def asked(self, question: str) -> "FactSpec":
        """The same fact, owned by the client, who can be asked for it."""
        return self.model_copy(update={"owner": Owner.CLIENT, "question": question})

    def as_private(self) -> "FactSpec":
        """The same fact, never to be named in a text that a client reads."""
        return self.model_copy(update={"private": True})

    def in_working_days(self) -> "FactSpec":
        """The same duration, counted in working days."""
        return self.model_copy(update={"working": True})


def _ask(name: MailFact, type_: Type, owner: Owner, meaning: str, *choices: str, question: str = "") -> FactSpec:
    return FactSpec(
        name=name.value, type=type_, level="ask", owner=owner, meaning=meaning, choices=choices, question=question
    )


def _mail(name: MailFact, meaning: str) -> FactSpec:
    return FactSpec(name=name.value, type=Type.FLAG, level="mail", owner=Owner.JUDGEMENT, meaning=meaning)


def _own(name: str, type_: Type, level: str, meaning: str, *choices: str) -> FactSpec:
    return FactSpec(name=name, type=type_, level=level, owner=Owner.US, meaning=meaning, choices=choices)


_C, _J, _M = Owner.CLIENT, Owner.JUDGEMENT, MailFact

CATALOGUE: tuple[FactSpec, ...] = (
    _ask(_M.DISCOUNT_ASKED, Type.PERCENT, _C, "the reduction asked for, in per cent"),
    _ask(_M.PRICE_BEFORE, Type.MONEY, _C, "the price as it stands, when a lower one is asked for"),
    _ask(_M.PRICE_WANTED, Type.MONEY, _C, "the lower price that the client wants to pay instead"),
    _ask(_M.PRICE_CUT, Type.MONEY, _C, "the sum that is to be taken off a price"),
    _ask(
        _M.DEADLINE, Type.DAY, _C, "the day by which the client wants this ask done; quote just the words of the date"
    ),
    _ask(
        _M.EVENT_DAY,
        Type.DAY,
        _C,
        "a fixed day the client's aim hangs on (event, launch, audit); we can't move it",
    ),
    _ask(_M.REVISION_ROUND, Type.COUNT, _C, "the number of the revision round that is asked for (a fourth round: 4)"),
    _ask(_M.PAYMENT_TERM, Type.DURATION, _C, "the time to pay that the client asks for or announces"),
    _ask(_M.AMOUNT, Type.MONEY, _C, "any other sum that belongs to this ask (a refund, a budget, a fee they'd pay)"),
    _ask(_M.QUANTITY, Type.WORDS, _C, "how much of what is asked for, number and thing together"),
    _ask(
        _M.UNPAID,
        Type.FLAG,
        _J,
        "they expect this work without paying for it: free, included, as goodwill, within an existing price, "
        "as a favour",
    ),
    _ask(
        _M.PAYS_WITH,
        Type.CHOICE,
        _J,
        "something else than money is offered for work",
        "exposure",
        "later_work",
        "goods",
        "favour",
    ),
    _ask(_M.OFFERS_PAYMENT, Type.FLAG, _J, "they say that they will pay the usual price for this ask"),
    _ask(_M.EXTRA_SCOPE, Type.FLAG, _J, "this goes beyond what the mail or its history says was agreed or ordered"),
    _ask(_M.ROUNDS_USED_UP, Type.FLAG, _J, "mail or history says that the included revision rounds are used up"),
    _ask(
        _M.WRONGDOING,
        Type.CHOICE,
        _J,
        "doing it would break a law or rule, deceive someone, or harm someone's rights",
        "unlawful",
        "deceptive",
        "harms_others",
    ),
    _ask(
        _M.FAULT,
        Type.CHOICE,
        _J,
        "for a complaint, refund or claim of damage: who caused it, by what the mail and its history say",
        "client",
        "us",
        "unclear",
        "nobody",
        question="evidence",
    ),
    _ask(
        _M.CLIENT_PART_MISSING,
        Type.FLAG,
        _J,
        "material, access or an approval that only the client can give is missing or late",
    ),
    _ask(_M.AGAINST_AIM, Type.FLAG, _J, "by the mail's own words, doing this would work against what the client wants"),
    _ask(
        _M.BURDENS_PEOPLE,
        Type.FLAG,
        _J,
        "an unreasonable load on our people, suppliers or other clients (nights, unsafe shifts, bumping others)",
    ),
    _ask(
        _M.BEYOND_TERMS,
        Type.FLAG,
        _J,
        "it would set aside a term, limit or procedure that holds for every client (access, hours, contract, payment)",
    ),
    _ask(
        _M.MISSING_ITEM,
        Type.FLAG,
        _J,
        "it can't be decided or done because we can't tell what exactly is meant",
        question="item",
    ),
    _ask(_M.MISSING_TIME, Type.FLAG, _J, "work is asked for and it can't be planned without a date", question="time"),
    _ask(
        _M.MISSING_EVIDENCE,
        Type.FLAG,
        _J,
        "a fault or damage is claimed and what happened is not clear yet",
        question="evidence",
    ),
    _ask(
        _M.MISSING_TERMS, Type.FLAG, _J, "it refers to terms or a price that the mail does not state", question="terms"
    ),
    _ask(
        _M.CONTRADICTION,
        Type.FLAG,
        _J,
        "the mail contradicts itself on what is wanted, so that only one can hold",
        question="contradiction",
    ),
    _mail(_M.THREAT, "harm is announced and tied to a demand: bad reviews, leak, false report, chargeback, damage"),
    _mail(_M.ABUSE, "insults or intimidation of people (anger about the matter is not abuse)"),
    _mail(_M.LEAVE_THREAT, "they say they will go elsewhere or end the relationship if we don't do it"),
    _mail(
        _M.EARLIER_NO, "our own earlier written no to this very thing, quoted in the history or admitted in the mail"
    ),
    _mail(_M.INSISTS, "they insist on the same thing although we said no before"),
    _mail(_M.OVERDUE, "an invoice of ours is past due, by the mail or its history"),
    _own("kind", Type.CHOICE, "ask", "what the ask is about", *(k.value for k in Kind)),
    _own("client_known", Type.FLAG, "record", "the sender is in clients.yaml"),
    _own("tier", Type.CHOICE, "record", "the client's tier", "standard", "key", "new").as_private(),
    _own("overdue_days", Type.DURATION, "record", "days since the oldest open invoice fell due"),
    _own("discount", Type.PERCENT, "derived", "the discount of this ask, from a percentage or two prices").asked(
        "amount"
    ),
    _own("discount_total", Type.PERCENT, "derived", "all discounts of the mail, added up").asked("amount"),
    _own("lead_days", Type.DURATION, "derived", "working days from today (not counted) to the deadline")
    .in_working_days()
    .asked("time"),
    _own("round", Type.COUNT, "derived", "the revision round asked for, by the mail or by the record"),
    _own(
        "expertise",
        Type.CHOICE,
        "derived",
        "whether the service asked for is in profile.yaml",
        "offered",
        "not_offered",
        "unlisted",
        "everyday",
    ),
    _own("invoice_overdue", Type.FLAG, "derived", "an invoice is past due, by the mail or by the record"),
    _own("threats_total", Type.COUNT, "derived", "threats to leave so far, today's included").as_private(),
    _own("before_we_are_free", Type.FLAG, "derived", "the deadline lies before our first free day").asked("time"),
    _own("date_is_fixed", Type.FLAG, "derived", "the client's aim hangs on a day before our earliest delivery"),
)

BY_NAME: dict[str, FactSpec] = {spec.name: spec for spec in CATALOGUE}
IN_HISTORY: frozenset[str] = frozenset(
    {
        _M.EARLIER_NO, _M.OVERDUE, _M.ROUNDS_USED_UP, _M.REVISION_ROUND, _M.PRICE_BEFORE, _M.AMOUNT, _M.EXTRA_SCOPE,
        _M.FAULT, _M.CLIENT_PART_MISSING, _M.AGAINST_AIM, _M.CONTRADICTION, _M.EVENT_DAY,
    }
)  # fmt: skip
"""Facts that may stand in earlier mails of the thread; all others count only in the newest one."""
MAIL_FACTS: tuple[FactSpec, ...] = tuple(s for s in CATALOGUE if s.name in set(MailFact))
