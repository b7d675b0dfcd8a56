"""The criteria that read the words of a draft: the no and its place, promises, language, length, the next step.

They use the guard's lexicons, but neither its reading of the draft nor its exceptions. Left out: a no in words that no
lexicon holds, and languages that have none; there the answer is None, which is neither a pass nor a fault.
"""

import re
from collections.abc import Iterator

from eval.rubrics.first import Reply
from pipeline.guard.lexicon import languages, lexicon
from pipeline.types.decision import Action
from pipeline.types.draft import Draft
from pipeline.values.language import guess

Fault = str | None

_SLOT = re.compile(r"\{[^{}]*\}")
_BLANK = "□"
_EARLY = 0.4  # of the letter's words
_LENGTHS = {Action.DECLINE: (110, 230), Action.ASK: (35, 180), Action.CONFIRM: (10, 110), Action.END: (60, 200)}
"""Words of a letter, greeting and name apart."""

_STEPS = 2  # sentences of a close


def clear_no(reply: Reply) -> Fault:
    """Some sentence about an ask or its reason refuses."""
    if reply.draft.language not in languages():
        return None
    return "" if _refusing(reply.draft) else "no sentence refuses"


def early_no(reply: Reply) -> Fault:
    """The first refusing sentence begins early, and before the offers."""
    if reply.draft.language not in languages():
        return None
    refusing = _refusing(reply.draft)
    if not refusing:
        return "no sentence refuses"
    lengths = [len(sentence.text.split()) for sentence in reply.draft.sentences]
    before = sum(lengths[: refusing[0]])
    if any(sentence.backing.startswith("offer:") for sentence in reply.draft.sentences[: refusing[0]]):
        return "the offers come before the no"
    return "" if before <= _EARLY * sum(lengths) else f"{before} of {sum(lengths)} words come before the no"


def no_promise(reply: Reply) -> Fault:
    """No assurance or gift outside of what is offered and granted."""
    known = lexicon(reply.draft.language)
    for sentence, own in zip(reply.draft.sentences, _own(reply.draft), strict=True):
        if sentence.backing.partition(":")[0] not in {"offer", "kept"}:
            for group in ("guarantee", "gift"):
                for hit in known.affirmed(group, own, known):
                    return f"'{hit.words}'"
    return ""


def fair_words(reply: Reply) -> Fault:
    """No phrase of blame or admission, and one apology at most."""
    known = lexicon(reply.draft.language)
    sorry = 0
    for own in _own(reply.draft):
        for group in ("blame", "admission"):
            for hit in known.affirmed(group, own, known):
                return f"'{hit.words}'"
        kind = {hit.start for hit in known.find("sympathy", own)}
        sorry += sum(hit.start not in kind for hit in known.find("apology", own))
    return "" if sorry <= 1 else f"{sorry} apologies"


def right_language(reply: Reply) -> Fault:
    """As far as it can be told, the language that the case says."""
    found = guess(" ".join(_own(reply.draft)).replace(_BLANK, " "))
    return "" if found in {"und", reply.case.language} else f"reads as {found}, and the mail is {reply.case.language}"


def right_length(reply: Reply) -> Fault:
    """Words of the sentences, within the bounds of the action; a later round is shorter."""
    least, most = _LENGTHS[reply.decision.action]
    least = least if reply.decision.round == 1 else least // 2
    count = sum(len(sentence.text.split()) for sentence in reply.draft.sentences)
    return "" if least <= count <= most else f"{count} words, and {least} to {most} are wanted"


def one_next_step(reply: Reply) -> Fault:
    """Behind the last offer: one or two sentences, and not more than one question."""
    offers = [n for n, sentence in enumerate(reply.draft.sentences) if sentence.backing.startswith("offer:")]
    if not offers:
        return None
    close = reply.draft.sentences[offers[-1] + 1 :]
    if not close:
        return "it ends with the offers"
    asked = sum("?" in sentence.text for sentence in close)
    return "" if asked <= 1 and len(close) <= _STEPS else f"{len(close)} sentences and {asked} questions close it"


def _refusing(draft: Draft) -> list[int]:
    """Numbers of the sentences about an ask or a rule that refuse, what only sounds like it blanked out."""
    known = lexicon(draft.language)
    found = []
    for number, (sentence, own) in enumerate(zip(draft.sentences, _own(draft), strict=True)):
        if not sentence.backing.startswith(("ask:", "rule:")):
            continue
        text = own
        for hit in known.find("no_refusal", own):
            text = text[: hit.start] + "_" * (hit.end - hit.start) + text[hit.end :]
        if known.has("refusal", text):
            found.append(number)
    return found


def _own(draft: Draft) -> Iterator[str]:
    """Every sentence with its slots blanked: the model's own words."""
    return (_SLOT.sub(_BLANK, sentence.template) for sentence in draft.sentences)
