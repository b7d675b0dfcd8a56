"""What a mail can state: an ask's own facts those of the whole mail, and what the reading model is told they mean.

The first part is asked of every mail. The second part only makes sense beside a record that the business keeps, and is
only shown to the model where that record is kept.
"""

from pipeline.policy.catalogue.spec import FactSpec, Need, Owner, Type, Unit
from pipeline.types.replies import MailFact


def _ask(name: MailFact, type_: Type, owner: Owner, meaning: str, *choices: str, question: str = "") -> FactSpec:
    return FactSpec(
        name=name.value, type=type_, level="ask", owner=owner, meaning=meaning, choices=choices, question=question
    )


def _mail(name: MailFact, meaning: str) -> FactSpec:
    return FactSpec(name=name.value, type=Type.FLAG, level="mail", owner=Owner.JUDGEMENT, meaning=meaning)


def _entry(name: MailFact, need: Need, meaning: str, type_: Type = Type.FLAG) -> FactSpec:
    return FactSpec(
        name=name.value, type=type_, level="ask", owner=Owner.JUDGEMENT, meaning=meaning, needs=(need,), entry=True
    )


_C, _J, _M = Owner.CLIENT, Owner.JUDGEMENT, MailFact

ALWAYS: tuple[FactSpec, ...] = (
    _ask(_M.DISCOUNT_ASKED, Type.PERCENT, _C, "the reduction asked for, in per cent", question="amount"),
    _ask(_M.PRICE_BEFORE, Type.MONEY, _C, "the price as it stands, when a lower one is asked for"),
    _ask(_M.PRICE_WANTED, Type.MONEY, _C, "the lower price that the client wants to pay instead", question="amount"),
    _ask(_M.PRICE_CUT, Type.MONEY, _C, "the sum that is to be taken off a price", question="amount"),
    _ask(
        _M.DEADLINE,
        Type.DAY,
        _C,
        "the day by which the client wants this ask done; quote just the words of the date",
        question="time",
    ),
    _ask(
        _M.EVENT_DAY,
        Type.DAY,
        _C,
        "a fixed day the client's aim hangs on (event, launch, audit); we can't move it",
        question="time",
    ),
    _ask(_M.REVISION_ROUND, Type.COUNT, _C, "the number of the revision round that is asked for (a fourth round: 4)"),
    _ask(
        _M.PAYMENT_TERM,
        Type.DURATION,
        _C,
        "the time to pay that the client asks for or announces",
        question="payment",
    ),
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
)
"""Asked of every mail."""

WITH_RECORDS: tuple[FactSpec, ...] = (
    _entry(
        _M.ITEM,
        Need.PRICES,
        "an entry of the price list that this ask is for, one fact for each entry; quote the words with its number",
        Type.ORDER,
    ),
    _ask(
        _M.PRICE_OFFERED,
        Type.MONEY,
        _C,
        "the whole sum that they offer, or have, for this work; never the price of one piece",
    ).needing(Need.PRICES),
    _ask(_M.HOURS_ASKED, Type.DURATION, _C, "the working time that the mail says it would take us")
    .counted_in(Unit.HOURS)
    .needing(Need.AGREEMENT),
    _entry(_M.AGREED, Need.AGREEMENT, "the entry of our agreement that already covers this very thing"),
    _entry(_M.EXCLUDED, Need.EXCLUDED, "the entry that our agreement leaves out and that names this very thing"),
    _entry(
        _M.APPROVAL, Need.APPROVALS, "what they approved, by our record, and now want changed, redone or paid for by us"
    ),
    _entry(_M.OUR_MISTAKE, Need.MISTAKES, "the mistake of ours, on our record, that this is about"),
    _entry(
        _M.GOAL_UNSERVED,
        Need.GOALS,
        "the goal or finding on record by which this does nothing for what they want to achieve",
    ),
    _entry(
        _M.GOAL_HARMED,
        Need.GOALS,
        "the goal on record that the thing itself would work against, not just the time it takes",
    ),
    _entry(_M.BRIEF_HARMED, Need.BRIEFS, "the agreed brief that this would work against"),
    _entry(
        _M.TAKES_FROM, Need.PROJECTS, "the other project of theirs that, by their own words, may give up people or time"
    ),
    _entry(_M.WAITS_FOR, Need.WAITING, "what we still await from them and need for this"),
    _ask(_M.PART_BY, Type.DAY, _C, "the day by which they promise what we await from them").needing(Need.WAITING),
    _entry(_M.PARTNER_WORK, Need.NOTICE, "the partner whose work this needs"),
    _entry(_M.DISLIKED_WORK, Need.DISLIKED, "the kind of work on this list that this ask is").as_private(),
    _ask(
        _M.OUTSIDE_FOCUS,
        Type.FLAG,
        _J,
        "the kind of work or client lies outside of what the firm is for, and its price list does not name it",
    ).needing(Need.FOCUS),
    _ask(
        _M.UNREASONABLE, Type.FLAG, _J, "no sensible firm of this kind would be asked for it; the words that show it"
    ).needing(Need.JUDGED),
    _mail(_M.LEANS_ON_SIZE, "they use their size, or their share of our income, as pressure").needing(Need.SHARE),
)
"""Asked only where the record that they are about is kept."""
