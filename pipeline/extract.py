"""Stage 1: a mail becomes a Request. The model quotes; code finds every quote and reads every value from it.

An ask whose words are not in the mail is dropped and named; a fact whose words are not there, or that code can't
read, is unknown. Only in an answer to a no of ours may an ask stand in the quoted history. At most two calls.
"""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pipeline.claims import Page, Vocabulary, by_level
from pipeline.errors import MalformedError
from pipeline.llm.model import Model, parse_reply
from pipeline.policy.vocabulary import vocabulary
from pipeline.prompts import Template
from pipeline.rebuttal import rebuttal
from pipeline.types.business import Business, Profile
from pipeline.types.message import MOST_READ, Message
from pipeline.types.outcome import Attempt
from pipeline.types.prompt import ExtractVariables, FactLine, Usage
from pipeline.types.replies import ExtractReply
from pipeline.types.request import Ask, Leverage, Request
from pipeline.values.language import UNDETERMINED, guess

_BODY, _HISTORY, _SUBJECT = MOST_READ, 4_000, 300  # characters of a mail that a model is shown
_SURE = 50  # letters from which the guessed language outweighs the model's word
_MANY = 12  # asks, and facts an ask, beyond which a reply is no reading any more


class Reading(NamedTuple):
    """A Request and what it took."""

    request: Request
    attempts: tuple[Attempt, ...]
    usage: Usage


async def extract(message: Message, business: Business, template: Template, model: Model, today: date) -> Reading:
    """Read one mail.

    Raises:
        ModelError: no usable reply in two calls.
    """
    known = {spec.name: spec for spec in vocabulary(business, business.client_of(message.sender))}
    variables = _variables(message, business.profile, known)
    attempts: list[Attempt] = []
    usage = Usage()
    for final in (False, True):
        prompt = template.render(variables)
        try:
            completion = await model.complete(prompt)
            request = verified(parse_reply(completion, _replies(template), prompt), message, known, today)
        except MalformedError as error:
            if final:
                raise
            usage += error.usage
            problems: tuple[str, ...] = (str(error),)
            attempts.append(Attempt(stage="extract", model=error.model, call="", problems=problems))
        else:
            usage += completion.usage
            problems = request.dropped
            attempts.append(Attempt(stage="extract", model=completion.model, call=completion.call, problems=problems))
            if final or not problems:
                return Reading(request, tuple(attempts), usage)
        variables = variables.model_copy(update={"problems": problems})
    raise AssertionError("the second call either returns or raises")


def _replies(template: Template) -> type[ExtractReply]:
    """What this version of the prompt wants filled in."""
    assert issubclass(template.reply, ExtractReply), f"{template.name} is no prompt of this stage"
    return template.reply


def _variables(message: Message, profile: Profile, known: Vocabulary) -> ExtractVariables:
    return ExtractVariables(
        firm=profile.name,
        services=profile.services,
        not_offered=profile.not_offered,
        facts=tuple(_line(s.name, s.meaning, s.choices) for s in known.values()),
        sent=message.sent.strftime("%A %Y-%m-%d") if message.sent else "unknown",
        sender=message.sender.name or message.sender.address,
        subject=message.subject[:_SUBJECT],
        body=message.body[:_BODY],
        history=message.history[:_HISTORY],
    )


@lru_cache(maxsize=1024)  # mails are asked for the same facts
def _line(name: str, meaning: str, choices: tuple[str, ...]) -> FactLine:
    return FactLine(name=name, meaning=meaning, choices=choices)


def verified(reply: ExtractReply, message: Message, known: Vocabulary, today: date) -> Request:
    """Keep of a reply what the mail bears out; ``today`` is used for relative dates when the mail has no date.

    A reading that lost an ask, or that is longer than a careful one can be, is not relied on: it can't tell.
    """
    dropped: list[str] = []
    language = _language(reply, message)
    again, objection, accepted = rebuttal(reply, message, dropped)
    page = Page(message, language, message.sent.date() if message.sent else today, known, again)
    whole, shared = by_level(reply.mail_facts)
    asks: list[Ask] = []
    for claim in reply.asks[:_MANY]:
        mails, own = by_level(claim.facts)
        whole += mails
        quote = page.quote(claim.quote)
        if quote is None:
            dropped.append(f"ask: the words '{claim.quote[:80]}' are not in the mail")
        else:
            facts = page.facts((*own, *shared), dropped)
            asks.append(
                Ask(number=len(asks) + 1, kind=claim.kind, quote=quote, service=claim.service[:80], facts=facts)
            )
    lost = "; ".join(dropped) if len(asks) < len(reply.asks[:_MANY]) else _too_long(reply)
    facts = page.facts(whole, dropped)
    aim = page.quote(reply.aim) if reply.aim else None
    return Request(
        asks=tuple(asks),
        facts=facts,
        aim=aim,
        details=tuple(q for words in reply.details[:_MANY] if (q := page.new(words))),
        leverage=tuple(Leverage(kind=c.kind, quote=q) for c in reply.leverage[:_MANY] if (q := page.new(c.quote))),
        sentiment=reply.sentiment,
        language=language,
        objection=objection,
        accepted=accepted,
        dropped=tuple(dropped),
        cannot_tell=(reply.cannot_tell or lost)[:400],
    )


def _too_long(reply: ExtractReply) -> str:
    most = max([len(reply.asks), len(reply.mail_facts) // 2, *(len(ask.facts) // 2 for ask in reply.asks)])
    return f"the reading names more than {_MANY} asks, or twice as many facts of one" if most > _MANY else ""


def _language(reply: ExtractReply, message: Message) -> str:
    """The model's word, unless the text is long enough to tell and tells otherwise."""
    said = reply.language.lower().partition("-")[0]
    guessed = message.language if message.language != UNDETERMINED else guess(message.body)  # whoever read it guessed
    letters = sum(c.isalpha() for c in message.body)
    named = said.isalpha() and len(said) == len("en")
    if guessed != UNDETERMINED and (letters >= _SURE or not named):
        return guessed
    return said if named else "en"
