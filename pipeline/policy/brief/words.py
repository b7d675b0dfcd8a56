"""The page's own words, one file for each language in ``words/``: headings, fixed lines, and questions for the start.

A line may state a setting in braces; where a policy has no such setting, the line is left out.
"""

from functools import cache
from pathlib import Path
from typing import Any

from pipeline.types.base import Value
from pipeline.types.policy import Rule

LANGUAGES = ("en", "de", "fr", "es")


class Titled(Value):
    """A heading, and the sentences below it."""

    heading: str
    lead: str


class Lines(Value):
    """A heading, and lines below it."""

    heading: str
    lines: tuple[str, ...]


class Family(Value):
    """Kinds of alternatives that one plain line stands for."""

    line: str
    kinds: tuple[str, ...]


class Words(Value):
    """One language's file."""

    title: str
    lead: str
    contact: str
    no: Titled
    categories: dict[str, str]  # by the category of a rule
    other_category: str
    matters: dict[str, str]  # by the fact that a rule reads
    instead: Titled
    families: tuple[Family, ...]
    questions: Titled
    at_the_start: Lines
    before_deciding: str
    turns: Titled
    changes: Lines
    overruns: Lines
    failures: Lines
    together: Titled
    check_ins: Lines
    updates: Lines


@cache
def words_in(language: str) -> Words:
    """The words of ``language``, one of ``LANGUAGES``."""
    read = _read(f"words/{language}.yaml")
    families, matters = read["families"], read["matters"]
    kinds, facts = _read("kinds.yaml"), _read("matters.yaml")
    listed = [{"line": families[name], "kinds": kinds[name]} for name in kinds]
    named = {fact: matters[name] for name in facts for fact in facts[name]}
    return Words.model_validate(read | {"families": listed, "matters": named})


def matter(rule: Rule, words: Words) -> str:
    """What a rule is about, by the first of its facts that has a phrase; empty when none has."""
    facts = (cell.fact for box in (rule.when, *rule.any_) for cell in box)
    return next((words.matters[fact] for fact in facts if fact in words.matters), "")


def _read(name: str) -> Any:  # noqa: ANN401 - checked as a whole by ``Words``
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).load((Path(__file__).parent / name).read_text("utf-8"))
