"""The offline reading of a mail: one clear pattern, or "not sure".

A wrong no is worse than no draft. So a long mail, a thread, anything that smells of an approval or of a hidden
instruction, a second ask, or an ask that no pattern knows makes the reader abstain. What this leaves out: aims,
details, pressure and tone.
"""

from collections.abc import Iterator
from typing import NamedTuple

import re2

from pipeline.llm.offline.patterns import Family, Patterns, holds, languages, matches, patterns
from pipeline.types.prompt import ExtractVariables
from pipeline.types.replies import AskClaim, ExtractReply, FactClaim, MailFact
from pipeline.types.request import Sentiment
from pipeline.values.language import UNDETERMINED, guess

NOT_SURE = "the offline reader is not sure what is asked"
_LONG = 1_200  # characters of a mail in which one pattern is no longer the whole story
_QUOTE = 160  # characters up to which the sentence itself is quoted, instead of the words that matched
_SENTENCE = re2.compile(r"(?:[^.!?\n]|[.!?][^\s.!?]|\n[^\n])+[.!?]*")


class Found(NamedTuple):
    """A family, the sentence that speaks of it, the words to quote, and those for each fact."""

    family: Family
    sentence: str
    words: str
    facts: dict[str, str]

    @property
    def quote(self) -> str:
        """The sentence, unless it is long."""
        return self.sentence if len(self.sentence) <= _QUOTE else self.words


def read_mail(mail: ExtractVariables) -> ExtractReply:
    """The claims about one mail; nothing but ``cannot_tell`` unless exactly one family is there."""
    language = guess(mail.body)
    if language not in languages() or not _readable(mail):
        return _reply(language, cannot_tell=NOT_SURE)
    known = patterns(language)
    sentences = [s for s in (m[0].strip() for m in _SENTENCE.finditer(mail.body)) if s]
    found = {f.family.name: f for sentence in sentences for f in _families(known, sentence, mail.body)}
    if len(found) != 1 or not _trusted(mail, known, next(iter(found.values())), sentences):
        return _reply(language, cannot_tell=NOT_SURE)
    return _claims(language, next(iter(found.values())))


def _readable(mail: ExtractVariables) -> bool:
    """Short, and without halves of surrogate pairs, which re2 can't take."""
    text = f"{mail.subject}{mail.body}{mail.history}"
    return len(mail.body) <= _LONG and not any("\ud800" <= char <= "\udfff" for char in text)


def _families(known: Patterns, sentence: str, body: str) -> Iterator[Found]:
    asked = holds(known.asks, sentence)
    for family in known.families:
        hit = next(matches(family.patterns, sentence), None)
        if hit and (asked or not family.asked) and not holds(family.never, body):
            yield Found(family, sentence, *hit)


def _trusted(mail: ExtractVariables, known: Patterns, found: Found, sentences: list[str]) -> bool:
    """Whether nothing else in the mail speaks against the one family."""
    if found.family.whole_mail:
        return True  # a threat goes to a person, whatever else is there
    own = found.sentence if found.family.kind else ""
    others = [s for s in sentences if s != own and holds(known.asks, s) and not holds(known.closing, s)]
    single = not others and not holds(known.double, own)
    settled = found.family.in_thread or not mail.history.strip()
    return single and settled and not holds(known.wary, f"{mail.subject}\n{mail.body}\n{mail.history}")


def _claims(language: str, found: Found) -> ExtractReply:
    family = found.family
    facts = [FactClaim(name=MailFact(name), quote=words, choice=None) for name, words in found.facts.items()]
    return _reply(
        language,
        asks=[AskClaim(kind=family.kind, quote=found.quote, service=family.service, facts=facts)]
        if family.kind
        else [],
        mail_facts=[FactClaim(name=MailFact(name), quote=found.quote, choice=None) for name in family.whole_mail],
    )


def _reply(
    language: str,
    *,
    asks: list[AskClaim] | None = None,
    mail_facts: list[FactClaim] | None = None,
    cannot_tell: str | None = None,
) -> ExtractReply:
    return ExtractReply(
        asks=asks or [],
        mail_facts=mail_facts or [],
        aim=None,
        details=[],
        leverage=[],
        sentiment=Sentiment.NEUTRAL,
        language="" if language == UNDETERMINED else language,
        cannot_tell=cannot_tell,
    )
