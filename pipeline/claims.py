"""What a model claims of a mail becomes facts: every quote is found, and its value is read from the quote itself.

A fact whose words are not where it may stand, or that code can't read, is unknown; one that was not asked for is
dropped. Only of a closed list of choices is the model's word taken.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import re2

from pipeline.dated import written_on
from pipeline.policy.catalogue.spec import FactSpec, Type
from pipeline.policy.facts import BY_NAME, IN_HISTORY
from pipeline.quotes import find
from pipeline.types.message import Message
from pipeline.types.quantities import Choice, Count, Day, Flag, Order, Percent, Quantity, Words
from pipeline.types.replies import FactClaim, MailFact
from pipeline.types.request import Fact, Quote, Source, State
from pipeline.values.counts import vague
from pipeline.values.read import read

Vocabulary = Mapping[str, FactSpec]
_NAME = re2.compile(r"\b(?:\d[A-Z]|[A-Z]\d)\b")  # 3D, A4: a name, no number
_PERCENT = re2.compile(r"(?i)\d\s*(?:%|per ?cent|prozent|pour cent|por ciento)")
_WHOLE = 100
_WEEKS = timedelta(weeks=5)
_ONLY_NOW = frozenset({
    MailFact.THREAT, MailFact.ABUSE, MailFact.LEAVE_THREAT, MailFact.INSISTS, MailFact.OFFERS_PAYMENT,
    MailFact.PRICE_OFFERED, MailFact.PARTNER_WORK,
})  # fmt: skip
"""Facts that count in the newest mail alone, even where it repeats what stands in the history."""

_SIDE_BY_SIDE = {MailFact.EVENT_DAY, MailFact.PAYS_WITH, MailFact.WRONGDOING, MailFact.QUANTITY, MailFact.AMOUNT}


@dataclass(frozen=True)
class Page:
    """A mail to find quotes in: its language, the day that "tomorrow" counts from, and the facts it was read for.

    ``again``: it repeats an ask of its history, so that what it doesn't say anew stands there.
    """

    message: Message
    language: str
    day: date
    known: Vocabulary
    again: bool = False

    def quote(self, words: str) -> Quote | None:
        """Where words of an ask stand."""
        return find(words, self.message, history=self.again)

    def new(self, words: str) -> Quote | None:
        """Where words stand that count in the newest mail alone."""
        return find(words, self.message, history=False)

    def facts(self, claims: Iterable[FactClaim], dropped: list[str]) -> tuple[Fact, ...]:
        """One fact of each name, but one for each entry of the price list; what is lost goes to ``dropped``."""
        found: dict[str, Fact] = {}
        for claim in claims:
            spec = self.known.get(claim.name)
            if spec is None:
                dropped.append(f"{claim.name}: was not asked for")
                continue
            fact = self._fact(claim, spec, dropped)
            slot = f"{claim.name} {claim.choice}" if spec.type is Type.ORDER else claim.name
            found[slot] = _agreed(found.get(slot), fact)
        return tuple(found.values())

    def _fact(self, claim: FactClaim, spec: FactSpec, dropped: list[str]) -> Fact:
        anywhere = claim.name in IN_HISTORY or (self.again and claim.name not in _ONLY_NOW)
        quote = find(claim.quote, self.message, history=anywhere)
        if quote is None:
            note = f"the words '{claim.quote[:80]}' are not where this fact may stand"
            dropped.append(f"{claim.name}: {note}")
            return Fact(name=claim.name, state=State.UNKNOWN, note=note)
        value = self._value(claim, spec, quote)
        if value is None:
            note = f"'{quote.text[:60]}' can't be read as a {spec.type}"
            return Fact(name=claim.name, state=State.UNKNOWN, source=Source.MAIL, quote=quote, note=note)
        note = (claim.choice or "") if spec.entry else ""
        return Fact(name=claim.name, state=State.KNOWN, value=value, source=Source.MAIL, quote=quote, note=note)

    def _value(self, claim: FactClaim, spec: FactSpec, quote: Quote) -> Quantity | None:
        listed = claim.choice in spec.choices
        match spec.type:
            case Type.FLAG:
                return Flag(yes=True) if listed or not spec.entry else None
            case Type.CHOICE:
                return Choice(name=claim.choice) if claim.choice and listed else None
            case Type.ORDER:
                return self._order(claim.choice, quote) if claim.choice and listed else None
            case Type.WORDS:
                return Words(text=" ".join(quote.text.split())[:80])
            case Type.DAY:
                return self._date(quote)
            case Type.PERCENT:
                return read(Type.PERCENT.value, quote.text, self.language, self.day) or self._short(quote)
            case type_:
                return read(type_.value, quote.text, self.language, self.day)

    def _short(self, quote: Quote) -> Percent | None:
        """A percentage without its sign ("meet us at 30"), where the mails that this one answers spoke of one."""
        number = self._count(quote.text) if _PERCENT.search(self.message.history) else None
        return Percent(number=Decimal(number)) if number is not None and 0 < number < _WHOLE else None

    def _date(self, quote: Quote) -> Quantity | None:
        """A date as seen from the mail that names it; one that any mail would mean alike needs no such day."""
        seen = written_on(quote, self.message, self.language, self.day)
        days = (seen,) if seen else (self.day, self.day - _WEEKS)
        values = [read(Type.DAY.value, quote.text, self.language, day) for day in days]
        return values[0] if all(value == values[0] for value in values) else None

    def _order(self, item: str, quote: Quote) -> Order | None:
        """How many things the words name: one where they name no number, None where that can't be told."""
        words = _NAME.sub(" ", quote.text)
        counted = self._count(words)
        if counted is None and (self._numbered(words) or vague(words, self.language)):
            return None
        return Order(item=item, number=Decimal(1 if counted is None else counted))

    def _numbered(self, words: str) -> bool:
        """Whether there is any number in the words, be it more than one."""
        return any(map(str.isdigit, words)) or any(self._count(word) is not None for word in words.split())

    def _count(self, words: str) -> int | None:
        counted = read("count", words, self.language, self.day)
        return counted.number if isinstance(counted, Count) else None


def by_level(claims: list[FactClaim]) -> tuple[list[FactClaim], list[FactClaim]]:
    """Those of the whole mail, and those of an ask, wherever the model put them."""
    mails = [claim for claim in claims if BY_NAME[claim.name].level == "mail"]
    return mails, [claim for claim in claims if claim not in mails]


def _agreed(first: Fact | None, second: Fact) -> Fact:
    """One fact told twice: the first where both may hold side by side, the earlier of two days, else unknown.

    Side by side stand a mention in the programme and six tickets; the same words are not both at once.
    """
    if first is None or first.value == second.value:
        return first or second
    if second.name in _SIDE_BY_SIDE and first.quote != second.quote:
        return first
    if isinstance(first.value, Day) and isinstance(second.value, Day):
        return first if first.value.day <= second.value.day else second
    return Fact(name=second.name, state=State.UNKNOWN, quote=first.quote, note="the reading gives it two values")
