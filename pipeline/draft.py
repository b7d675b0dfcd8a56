"""Stage 3: a Decision becomes a Draft. The model words sentences around slots; code fills them and sets the letter.

The writer never sees the mail, only verified quotes of it; nothing private is in its variables, so none can leak.
"""

from dataclasses import dataclass

from pipeline.letter import Letter
from pipeline.llm.model import Model, parse_reply
from pipeline.moves import moves_for
from pipeline.prompts import Template
from pipeline.slots import SLOT, Slot, fill
from pipeline.types.decision import Action, Text
from pipeline.types.draft import Draft, Sentence
from pipeline.types.outcome import Attempt
from pipeline.types.prompt import (
    AskLine,
    DraftVariables,
    OfferLine,
    Prompt,
    QuestionLine,
    ReasonLine,
    SlotLine,
    Usage,
)
from pipeline.types.replies import DraftReply, SentenceClaim

_LENGTH = (110, 230)  # words of a body, where the profile says nothing
_VERDICTS = {
    Action.ACCEPT: "yes",
    Action.ASK: "needs an answer first",
    Action.CONFIRM: "yes, the offer they take (backing: accepted)",
    Action.DECLINE: "no",
    Action.END: "no, and we part",
}


@dataclass(frozen=True)
class Written:
    """A draft and what it took."""

    draft: Draft
    attempt: Attempt
    usage: Usage
    reply: str


async def write(letter: Letter, template: Template, model: Model, previous: str, problems: tuple[str, ...]) -> Written:
    """Word one draft; ``previous`` and ``problems`` are the first reply and its findings when this is the repair.

    Raises:
        ModelError: no reply that fits the schema.
    """
    told = {"moves": moves_for(letter, template.moves), "previous": previous, "problems": problems}
    variables = variables_of(letter).model_copy(update=told)
    prompt: Prompt = template.render(variables)
    completion = await model.complete(prompt)
    reply = parse_reply(completion, DraftReply, prompt)
    draft = set_letter(reply, letter, template.name, completion.model)
    attempt = Attempt(stage="draft", model=completion.model, call=completion.call)
    return Written(draft, attempt, completion.usage, completion.text)


def variables_of(letter: Letter) -> DraftVariables:
    """What the writer is told."""
    request, decision, language = letter.request, letter.decision, letter.request.language
    manner = letter.manner
    shortest, longest = manner.shortest or _LENGTH[0], manner.longest or _LENGTH[1]
    return DraftVariables(
        action=decision.action.value,
        language=language,
        firm=letter.business.profile.name,
        services=letter.business.profile.services,
        not_offered=letter.business.profile.not_offered,
        voice=letter.business.profile.voice.guidance,
        aim=_one_line(request.aim.text) if request.aim else "",
        details=tuple(_one_line(q.text) for q in request.details),
        sentiment=request.sentiment.value,
        pressure=tuple(lever.kind.value for lever in request.leverage),
        asks=tuple(_asks(letter)),
        reasons=tuple(
            ReasonLine(id=r.rule, text=_named(r.text, f"rule.{r.rule}", language), for_asks=r.asks)
            for r in decision.reasons
        ),
        offers=tuple(
            OfferLine(
                id=o.id,
                kind=o.kind,
                text=_named(o.text, f"offer.{o.id}", language),
                for_asks=o.asks,
                slots=tuple(f"offer.{o.id}.{t.name}" for t in o.terms),
                made=o.id in decision.made,
            )
            for o in decision.offers
        ),
        questions=tuple(QuestionLine(id=q.id, text=q.text.pick(language)) for q in decision.questions),
        slots=tuple(SlotLine(name=s.name, words=s.words) for s in letter.slots.values()),
        address=manner.formality,
        shortest=shortest // decision.round,
        longest=longest // decision.round,
        use=manner.use,
        avoid=manner.avoid,
        round=decision.round,
        objection=decision.objection,
    )


def set_letter(reply: DraftReply, letter: Letter, prompt: str, model: str) -> Draft:
    """Fill the slots and set greeting, paragraphs, the list of offers and the sign-off."""
    language = letter.request.language
    sentences = tuple(_sentence(claim, letter.slots) for claim in reply.sentences)
    greeting, signoff = letter.greeting, letter.signoff
    body = "\n\n".join([greeting, *_paragraphs(sentences), signoff])
    return Draft(
        subject=letter.message.subject,
        body=body,
        greeting=greeting,
        signoff=signoff,
        sentences=sentences,
        language=language,
        prompt=prompt,
        model=model,
    )


def _asks(letter: Letter) -> list[AskLine]:
    decided = {a.ask: a for a in letter.decision.asks}
    verdicts = _VERDICTS
    if letter.decision.action is Action.CONFIRM:  # what they order with it is no grant beside it
        verdicts = _VERDICTS | {Action.ACCEPT: _VERDICTS[Action.CONFIRM]}
    return [
        AskLine(
            number=ask.number,
            kind=ask.kind.value,
            quote=_one_line(ask.quote.text),
            verdict=verdicts.get(decided[ask.number].action, "no"),
            reasons=tuple(filter(None, [decided[ask.number].lead])),
        )
        for ask in letter.request.asks
    ]


def _named(text: Text, owner: str, language: str) -> str:
    """The policy's text, its short slots written out as the draft's: ``{lead_time}`` as ``{rule.late.lead_time}``."""
    return SLOT.sub(lambda m: f"{{{owner}.{m[1]}}}", text.pick(language))


def _sentence(claim: SentenceClaim, known: dict[str, Slot]) -> Sentence:
    template = _one_line(claim.text)
    return Sentence(
        template=template, text=fill(template, known), backing=claim.backing.strip(), paragraph=claim.new_paragraph
    )


def _paragraphs(sentences: tuple[Sentence, ...]) -> list[str]:
    """Sentences joined to paragraphs; those of one offer become one numbered item of one list."""
    paragraphs: list[str] = []
    items: list[str] = []
    last = ""
    for sentence in sentences:
        offer = sentence.backing if sentence.backing.startswith("offer:") else ""
        if offer and offer == last:
            items[-1] += f" {sentence.text}"
        elif offer:
            items.append(sentence.text)
        else:
            if items:
                paragraphs.append(_list(items))
                items = []
            if paragraphs and not last and not sentence.paragraph:
                paragraphs[-1] += f" {sentence.text}"
            else:
                paragraphs.append(sentence.text)
        last = offer
    return [*paragraphs, _list(items)] if items else paragraphs


def _list(items: list[str]) -> str:
    if len(items) == 1:
        return items[0]
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))


def _one_line(text: str) -> str:
    return " ".join(text.split())
