"""Many mails together: what a language's greeting is, how long a mail, who is spoken to how. Counting, and no model.

A form or a word counts when it went to three people at least. Left out: how it is written down.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from statistics import fmean, median, quantiles
from typing import Literal

from pipeline.types.base import Value
from pipeline.voice.phrases import phrases
from pipeline.voice.traits import Traits

NEEDED = 10
"""Mails of a language that are too few to say anything below."""

PEOPLE = 3
"""Recipients of a form or word below whom it may be one person's."""

_SETTLED = 0.8  # of the mails whose register shows
_OFTEN = 0.2  # of the mails
_NEVER = 30  # mails without a word before it counts as avoided
_MOST_WORDS = 6


class Forms(Value):
    """Greeting and sign-off, empty where none went to enough people."""

    greeting: str = ""
    signoff: str = ""


class Habit(Value):
    """One language: all that ``mails`` to ``people`` show. Quartiles are the lower, the middle and the upper one."""

    language: str
    mails: int
    people: int
    words: tuple[int, int, int]
    sentence: float  # words, of the middle mail
    contractions: float  # in 100 words
    exclamations: float  # a mail
    informal: int
    formal: int
    formality: Literal["informal", "formal", "match"]
    forms: dict[Literal["informal", "formal", ""], Forms]  # one for all, or one for each where both are written
    use: tuple[str, ...]
    avoid: tuple[str, ...]


class Found(Value):
    """All languages: the ones with mails enough, and how many there were of the others."""

    habits: tuple[Habit, ...]
    too_few: dict[str, int]
    lengths: tuple[int, int, int]  # quartiles over the mails of all these languages


def found(mails: Iterable[Traits]) -> Found:
    """What the mails show, the most used language first."""
    by_language: dict[str, list[Traits]] = defaultdict(list)
    for mail in mails:
        by_language[mail.language].append(mail)
    ordered = sorted(by_language.items(), key=lambda item: (-len(item[1]), item[0]))
    enough = [(language, each) for language, each in ordered if len(each) >= NEEDED]
    return Found(
        habits=tuple(_habit(language, each) for language, each in enough),
        too_few={language: len(each) for language, each in ordered if len(each) < NEEDED},
        lengths=_quartiles([mail.words for _, each in enough for mail in each]),
    )


def _habit(language: str, mails: Sequence[Traits]) -> Habit:
    informal = [mail for mail in mails if mail.formality == "informal"]
    formal = [mail for mail in mails if mail.formality == "formal"]
    words, settled = sum(mail.words for mail in mails), _settled(len(informal), len(formal))
    return Habit(
        language=language,
        mails=len(mails),
        people=len({mail.to for mail in mails}),
        words=_quartiles([mail.words for mail in mails]),
        sentence=median(mail.words / mail.sentences for mail in mails),
        contractions=100 * sum(mail.contractions for mail in mails) / words,
        exclamations=fmean(mail.exclamations for mail in mails),
        informal=len(informal),
        formal=len(formal),
        formality=settled,
        forms={"informal": _form(informal), "formal": _form(formal)}
        if informal and formal and settled == "match"
        else {"": _form(mails)},
        use=_used(mails, phrases()[language].use),
        avoid=_avoided(mails, phrases()[language].avoid),
    )


def _settled(informal: int, formal: int) -> Literal["informal", "formal", "match"]:
    """One of the two when it is plainly the habit, in mails enough; else as they write to us."""
    both = informal + formal
    if both < NEEDED:
        return "match"
    return "informal" if informal >= _SETTLED * both else "formal" if formal >= _SETTLED * both else "match"


def _form(mails: Sequence[Traits]) -> Forms:
    return Forms(
        greeting=_common([(mail.greeting, mail.to) for mail in mails]),
        signoff=_common([(mail.signoff, mail.to) for mail in mails]),
    )


def _common(said: Iterable[tuple[str, str]]) -> str:
    """The form in most mails, of those that went to people enough."""
    often, people = Counter[str](), defaultdict[str, set[str]](set)
    for form, to in said:
        often[form] += 1
        people[form].add(to)
    kept = [(count, form) for form, count in often.items() if form and len(people[form]) >= PEOPLE]
    return max(kept, default=(0, ""))[1]


def _used(mails: Sequence[Traits], words: Sequence[str]) -> tuple[str, ...]:
    """The commonest words that stand in many mails to people enough."""
    holders = {word: [mail.to for mail in mails if word in mail.used] for word in words}
    kept = [w for w, to in holders.items() if len(to) >= _OFTEN * len(mails) and len(set(to)) >= PEOPLE]
    return tuple(sorted(kept, key=lambda word: -len(holders[word]))[:_MOST_WORDS])


def _avoided(mails: Sequence[Traits], words: Sequence[str]) -> tuple[str, ...]:
    used = {word for mail in mails for word in mail.avoided}
    return tuple(word for word in words if word not in used)[:_MOST_WORDS] if len(mails) >= _NEVER else ()


def _quartiles(numbers: Sequence[int]) -> tuple[int, int, int]:
    if len(numbers) < 2:  # noqa: PLR2004 - statistics needs two
        return (0, 0, 0)
    low, middle, high = quantiles(numbers, n=4, method="inclusive")
    return round(low), round(middle), round(high)
