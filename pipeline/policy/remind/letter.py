"""The words for what is due: one letter to a client, in their language, of our own texts and the policy's public ones.

Its own texts are data, ``letters/de.yaml`` and so on. A client's record gives no more than the name to greet with and
the day of the last talk or agreement; a rule gives its public text with the settings filled in.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pipeline.policy.brief.words import matter, words_in
from pipeline.policy.remind.due import Due, What
from pipeline.policy.upfront import said
from pipeline.types.base import Value
from pipeline.types.business import Business
from pipeline.types.quantities import Day
from pipeline.types.records import Client
from pipeline.values.write import write


class Letter(Value):
    """What could be sent; ``body`` is empty where nothing can be said.

    ``left_out`` is for the owner: what is due and has no words in this language.
    """

    client: str
    language: str
    subject: str
    body: str
    left_out: tuple[str, ...] = ()


class _Words(Value):
    """One language's file; ``check_in`` and ``update`` have ``{since}``, ``point`` has ``{about}`` and ``{words}``."""

    subject: str
    subject_of_update: str
    subject_of_rules: str
    check_in: str
    check_in_undated: str
    update: str
    update_undated: str
    rule: str
    rules: str
    point: str
    close: str


def letter(client: Client, things: tuple[Due, ...], business: Business, language: str) -> Letter:
    """One letter about everything that is due to a client."""
    words, left = _words(language), list[str]()
    paragraphs = [*_talks(things, words, language), *_rules(things, business, words, language, left)]
    voice = business.profile.voice
    signoff = f"{voice.signoff.pick(language)}\n{business.profile.signature}"
    body = "\n\n".join([_greeting(voice.greeting.pick(language), client), *paragraphs, words.close, signoff])
    return Letter(
        client=client.id,
        language=language,
        subject=_subject(things, words),
        body=body if paragraphs else "",
        left_out=tuple(left),
    )


def _subject(things: tuple[Due, ...], words: _Words) -> str:
    """By the weightiest of what is due."""
    due = {thing.what for thing in things}
    if What.UPDATE in due:
        return words.subject_of_update
    return words.subject if What.CHECK_IN in due else words.subject_of_rules


def _greeting(greeting: str, client: Client) -> str:
    """Without a name to greet, it ends after its first word or two."""
    name = client.first_name
    words = greeting.replace("{name}", name).replace("{full_name}", name)
    return words if name else words.rstrip(" ,!:").rstrip() + ","


def _talks(things: tuple[Due, ...], words: _Words, language: str) -> Iterator[str]:
    texts = {What.CHECK_IN: (words.check_in, words.check_in_undated), What.UPDATE: (words.update, words.update_undated)}
    for thing in things:
        if thing.what in texts:
            dated, undated = texts[thing.what]
            yield dated.replace("{since}", write(Day(day=thing.since), language)) if thing.since else undated


def _rules(things: tuple[Due, ...], business: Business, words: _Words, language: str, left: list[str]) -> Iterator[str]:
    """The tested rules in one paragraph and a list of their public texts."""
    rules = {rule.id: rule for rule in business.policy.rules}
    texts = []
    for rule in (rules[thing.rule] for thing in things if thing.what is What.RULE):
        assert rule.public is not None  # or it would not be due
        told = said(rule.upfront or rule.public, language, business.policy.settings)
        about = matter(rule, words_in(language))
        left += [f"the rule '{rule.id}' {told.lacks}"] if told.lacks else []
        texts += [_point(about, told.words, words)] if told.words else []
    if texts:
        yield words.rule if len(texts) == 1 else words.rules
        yield "\n".join(f"- {text}" for text in texts)


def _point(about: str, told: str, words: _Words) -> str:
    return words.point.replace("{about}", about).replace("{words}", told) if about else told


@cache
def _words(language: str) -> _Words:
    from ruamel.yaml import YAML

    text = (Path(__file__).parent / "letters" / f"{language}.yaml").read_text("utf-8")
    return _Words.model_validate(YAML(typ="safe", pure=True).load(text))
