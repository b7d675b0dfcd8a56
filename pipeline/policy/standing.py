"""What a client asks in a later round: what they asked before stands, until they say otherwise.

An ask keeps the facts that its first mail gave it, so that saying less the second time never gets more. What they say
anew goes before. Pure; left out: what is decided on it.
"""

from collections.abc import Iterable, Iterator, Sequence

from pipeline.quotes import locate
from pipeline.types.earlier import Earlier
from pipeline.types.message import Message
from pipeline.types.quantities import Flag
from pipeline.types.replies import MailFact
from pipeline.types.request import Ask, Fact, Kind, Quote, Request, Resistance, Source, State

PRESSURE = frozenset({
    MailFact.THREAT, MailFact.ABUSE, MailFact.LEAVE_THREAT, MailFact.EARLIER_NO, MailFact.INSISTS,
})  # fmt: skip
"""Facts of how they ask. They are no news about the matter, and each round has its own."""

_VAGUE = frozenset({Kind.THREAT_OR_ULTIMATUM, Kind.POLICY_EXCEPTION, Kind.OTHER})
TAKING = frozenset({
    Kind.IN_SCOPE_REQUEST, Kind.NEW_PROJECT_INQUIRY, Kind.INFORMATION_REQUEST, Kind.OTHER,
})  # fmt: skip
"""Kinds of what belongs to an offer that is taken, or is asked beside it; none is a demand by itself."""


def standing(request: Request, earlier: Earlier | None, message: Message) -> Request:
    """The request as it now stands; with no ``earlier`` outcome on record, or an offer taken, it is the mail's own."""
    if request.accepted:
        return _without_the_taking(request)
    if earlier is None or request.cannot_tell:
        return request
    before, left = refused(earlier), _without_the_old_day(request)
    repeated = [_same(ask, before, left) or _moved_on(ask, before, left, request) for ask in left]
    asks = [_filled(ask, old, message) for ask, old in zip(left, repeated, strict=True)]
    if request.objection and not any(repeated) and not any(_same(ask, before, request.asks) for ask in request.asks):
        asks += [_again(ask, message) for ask in before]
    numbered = tuple(ask.model_copy(update={"number": number}) for number, ask in enumerate(asks, 1))
    facts = (*request.facts, *_moved(_lasting(earlier.request.facts, request.facts), message))
    aim = request.aim or (_placed(earlier.request.aim, message) if earlier.request.aim else None)
    return request.model_copy(update={"asks": numbered, "facts": _with_our_no(facts, earlier), "aim": aim})


def _without_the_old_day(request: Request) -> list[Ask]:
    """The asks but those that the history alone puts, where the newest mail names another day for the matter."""
    moved = any(fact.quote and fact.quote.part != "history" for ask in request.asks for fact in _days(ask))
    return [ask for ask in request.asks if not (moved and ask.quote.part == "history" and any(_days(ask)))]


def _days(ask: Ask) -> Iterator[Fact]:
    return (fact for fact in ask.facts if fact.name == MailFact.DEADLINE and fact.state is State.KNOWN)


def concerns(request: Request, earlier: Earlier) -> bool:
    """Whether the mail is about what we refused: a thread may go on about something else."""
    insists = any(fact.name in {MailFact.INSISTS, MailFact.EARLIER_NO} for fact in request.facts)
    repeats = any(_same(ask, refused(earlier), request.asks) for ask in request.asks)
    return repeats or insists or bool(request.objection or request.accepted or request.cannot_tell)


def refused(earlier: Earlier) -> list[Ask]:
    """The asks that our no was about."""
    return [ask for ask in earlier.request.asks if ask.number not in earlier.kept]


def news(request: Request, earlier: Earlier | None) -> tuple[str, ...]:
    """The facts that the newest mail states and that differ from what we knew when we said no.

    Words of the history are never new, and without a record every fact of the newest mail may be.
    """
    known = {_value(fact) for fact in _all(earlier.request)} if earlier else set()
    told = [fact for fact in _all(request) if fact.quote and fact.quote.part != "history"]
    return tuple(dict.fromkeys(fact.name for fact in told if _value(fact) not in known))


def _all(request: Request) -> list[Fact]:
    facts = (*request.facts, *(fact for ask in request.asks for fact in ask.facts))
    return [fact for fact in facts if fact.state is State.KNOWN and fact.name not in PRESSURE]


def _value(fact: Fact) -> tuple[str, str]:
    return fact.name, fact.value.model_dump_json() if fact.value else ""


def _without_the_taking(request: Request) -> Request:
    """Words that take an offer are no ask of their own, unless they want a value or what we'd give nobody."""
    taken = request.accepted.quote if request.accepted else None
    asks = [ask for ask in request.asks if not (ask.kind in TAKING and not ask.facts and _overlap(ask.quote, taken))]
    numbered = tuple(ask.model_copy(update={"number": number}) for number, ask in enumerate(asks, 1))
    return request.model_copy(update={"asks": numbered})


def _overlap(one: Quote, other: Quote | None) -> bool:
    return other is not None and one.part == other.part and one.start < other.end and other.start < one.end


def _same(ask: Ask, before: Sequence[Ask], asked: Sequence[Ask]) -> Ask | None:
    """The earlier ask that this one repeats: of its kind, or the only one where the words name no matter."""
    alike = next((old for old in before if old.kind is ask.kind), None)
    vague = ask.kind in _VAGUE and len(before) == len(asked) == 1
    return alike or (before[0] if vague else None)


def _moved_on(ask: Ask, before: Sequence[Ask], asked: Sequence[Ask], request: Request) -> Ask | None:
    """The one ask that we refused, where they say what is new and the one ask they put names another day for it.

    Its other facts stand, so that a new day is all that it gets.
    """
    says_news = request.objection is not None and request.objection.kind is Resistance.NEW_INFORMATION
    single = len(before) == len(asked) == 1 and ask.quote.part != "history"
    return before[0] if says_news and single and any(_days(ask)) and any(_days(before[0])) else None


def _filled(ask: Ask, old: Ask | None, message: Message) -> Ask:
    """The ask with what the earlier one says and it doesn't."""
    if old is None:
        return ask
    facts = (*ask.facts, *_moved(_lasting(old.facts, ask.facts), message))
    return ask.model_copy(update={"kind": old.kind, "service": ask.service or old.service, "facts": facts})


def _again(ask: Ask, message: Message) -> Ask:
    """An ask of the earlier mail that stands although the new one doesn't put it again."""
    return ask.model_copy(
        update={"quote": _placed(ask.quote, message), "facts": _moved(_lasting(ask.facts, ()), message)}
    )


def _lasting(old: Iterable[Fact], new: Iterable[Fact]) -> list[Fact]:
    said = {fact.name for fact in new}
    return [fact for fact in old if fact.name not in said and fact.name not in PRESSURE]


def _moved(facts: Iterable[Fact], message: Message) -> tuple[Fact, ...]:
    """Facts of the earlier mail, their words pointed at where this one quotes them."""
    return tuple(
        fact.model_copy(update={"quote": _placed(fact.quote, message)}) if fact.quote else fact for fact in facts
    )


def _placed(quote: Quote, message: Message) -> Quote:
    """The words of an earlier mail: in the history, or nowhere in particular where it doesn't quote them."""
    start, end = locate(quote.text, message.history) or (0, 0)
    return Quote(part="history", start=start, end=end, text=quote.text)


def _with_our_no(facts: tuple[Fact, ...], earlier: Earlier) -> tuple[Fact, ...]:
    """Our own record says that we said no, whether or not the mail quotes it."""
    if any(fact.name == MailFact.EARLIER_NO and fact.state is State.KNOWN for fact in facts):
        return facts
    note = f"our no of {earlier.today.isoformat()}"
    ours = Fact(name=MailFact.EARLIER_NO, state=State.KNOWN, value=Flag(yes=True), source=Source.BUSINESS, note=note)
    return (*(fact for fact in facts if fact.name != MailFact.EARLIER_NO), ours)
