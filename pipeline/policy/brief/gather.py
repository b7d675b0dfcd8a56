"""The page "how we work", gathered from a policy: when we say no, what comes instead, what we ask, what then holds.

Only public texts, settings that they state, and the page's own words go into it; categories, ids, kinds, records and
notes never do. A text that is missing in the language is left out and named, not replaced.
"""

from collections.abc import Iterator
from datetime import date

from pipeline.policy.brief.sheet import Brief, Line, Manner, Part, Section
from pipeline.policy.brief.words import Lines, Titled, Words, matter, words_in
from pipeline.policy.facts import CATALOGUE
from pipeline.policy.upfront import Settings, fillable, filled, said
from pipeline.types.business import Business
from pipeline.types.decision import Action
from pipeline.types.policy import Alternative, Rule

_Left = list[str]


def brief(business: Business, language: str, today: date) -> Brief:
    """The page in ``language`` (one of ``words.LANGUAGES``), by the rules that are in force on ``today``."""
    words, left = words_in(language), list[str]()
    sections = (
        _noes(business, words, language, today, left),
        _instead(business, words, language, left),
        _questions(business, words, language, left),
        _turns(words, language, business.policy.settings),
        _together(words, language, business.policy.settings),
    )
    profile = business.profile
    return Brief(
        language=language,
        firm=profile.name,
        title=words.title,
        lead=words.lead,
        sections=tuple(section for section in sections if section.parts),
        contact=words.contact.replace("{address}", profile.addresses[0]) if profile.addresses else "",
        left_out=tuple(left),
    )


def _section(titled: Titled, manner: Manner, *parts: Part) -> Section:
    return Section(
        heading=titled.heading, lead=titled.lead, manner=manner, parts=tuple(part for part in parts if part.lines)
    )


def _noes(business: Business, words: Words, language: str, today: date, left: _Left) -> Section:
    """The texts of the rules that are told ahead, under plain headings, as they stand in the file."""
    groups: dict[str, list[Line]] = {}
    for rule in business.policy.rules:
        if not rule.tell_upfront or not _in_force(rule, today):
            continue
        text = rule.upfront or rule.public
        if text is None:
            left.append(f"the rule '{rule.id}' has 'tell_upfront: yes' and no public text")
            continue
        told = said(text, language, business.policy.settings)
        if told.lacks:
            left.append(f"the rule '{rule.id}' {told.lacks}")
        else:
            heading = words.categories.get(rule.category, words.other_category)
            groups.setdefault(heading, []).append(Line(words=told.words, about=matter(rule, words)))
    order = sorted(groups, key=lambda heading: heading == words.other_category)  # the nameless ones come last
    return _section(words.no, Manner.QUOTED, *(Part(heading=each, lines=tuple(groups[each])) for each in order))


def _in_force(rule: Rule, today: date) -> bool:
    return not ((rule.from_ and today < rule.from_) or (rule.until and today > rule.until))


def _instead(business: Business, words: Words, language: str, left: _Left) -> Section:
    """One plain line for each family of kinds; a kind of one's own speaks through its shortest offer."""
    offers = [offer for offer in business.policy.alternatives if Action.DECLINE in offer.on]
    kinds = {offer.kind for offer in offers}
    lines = [family.line for family in words.families if kinds.intersection(family.kinds)]
    known = {kind for family in words.families for kind in family.kinds}
    for kind in dict.fromkeys(offer.kind for offer in offers if offer.kind not in known):
        found = list(_own_words([o for o in offers if o.kind == kind], language, business.policy.settings))
        if found:
            lines.append(min(found, key=len))
        else:
            left.append(f"the kind of offer '{kind}' has no text in '{language}' that can be told ahead")
    return _section(words.instead, Manner.LISTED, _part("", lines))


def _own_words(offers: list[Alternative], language: str, settings: Settings) -> Iterator[str]:
    return (told.words for offer in offers if (told := said(offer.offer, language, settings)).words)


def _questions(business: Business, words: Words, language: str, left: _Left) -> Section:
    """What is asked at the start, and the questions of the facts that a rule reads."""
    policy = business.policy
    read = {cell.fact for rule in policy.rules for cell in rule.conditions}
    keys = dict.fromkeys(spec.question for spec in CATALOGUE if spec.name in read and spec.question)
    texts = {key: policy.questions[key].by_language.get(language, "") for key in keys if key in policy.questions}
    left += [f"the question '{key}' has no text in '{language}'" for key, text in texts.items() if not text]
    before = _part(words.before_deciding, [text for text in texts.values() if text])
    return _section(words.questions, Manner.ASKED, _fixed(words.at_the_start, language, policy.settings), before)


def _turns(words: Words, language: str, settings: Settings) -> Section:
    fixed = (_fixed(lines, language, settings) for lines in (words.changes, words.overruns, words.failures))
    return _section(words.turns, Manner.LISTED, *fixed)


def _together(words: Words, language: str, settings: Settings) -> Section:
    fixed = (_fixed(lines, language, settings) for lines in (words.check_ins, words.updates))
    return _section(words.together, Manner.LISTED, *fixed)


def _fixed(lines: Lines, language: str, settings: Settings) -> Part:
    """The page's own lines; those whose setting the policy does not have are left out."""
    told = [filled(line, language, settings) for line in lines.lines if fillable(line, settings)]
    return _part(lines.heading, told)


def _part(heading: str, lines: list[str]) -> Part:
    return Part(heading=heading, lines=tuple(Line(words=line) for line in lines))
