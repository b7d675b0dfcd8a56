import pytest
import re2

from pipeline.llm.offline.expressions import Lists, Part, PatternError, part, rule
from pipeline.llm.offline.families import families
from pipeline.llm.offline.patterns import language, languages
from pipeline.llm.offline.shelf import FOLDER, place
from pipeline.llm.offline.trees import Held, whole
from pipeline.types.replies import MailFact

SIGNS = {"mask", "request", "need", "order", "question", "closing", "alarm", "pays", "relaxed"}
STRENGTHS = {"plain", "sure", "maybe", "never", "spoils", "history"}


def found(pattern: str, text: str) -> bool:
    lists = Lists({"drink": "tea|coffee", "cup": "cup of {drink}"})
    expression = part(pattern, lists).within(Held(text))
    return expression is not None and expression.search(text) is not None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("gratis*", "is it gratisse"),
        ("*kosten", "alle reisekosten"),
        ("free of charge", "free, of charge"),
        ("make .. tea", "make us a little tea"),
        ("a {cup}", "a cup of tea"),
        ("gratuité", "la gratuite"),
        ("pay (you )?later", "pay later"),
        ("groß", "gross"),
        ("GDPR", "gdpr"),
        (r"\?", "can you?"),
        ("((tea)?|milk) ?please", "please"),
        ("re(print){0,2}s?", "res"),
    ],
)
def test_the_signs_of_a_pattern(pattern: str, text: str) -> None:
    assert found(pattern, text)


@pytest.mark.parametrize(("pattern", "text"), [("fee", "coffee"), ("(rat*)", "operating"), ("tea", "teapot")])
def test_a_pattern_matches_whole_words(pattern: str, text: str) -> None:
    assert not found(pattern, text)


def test_a_rule_says_where_each_part_must_stand() -> None:
    parts = rule("free & !@far & +tea & ~{drink} & !~milk", Lists({"drink": "tea|coffee"})).parts
    assert [(part.wanted, part.reach) for part in parts] == [
        (True, 0),
        (False, 0),
        (True, 1),
        (True, None),
        (False, None),
    ]
    assert parts[1].words == "@far"


def test_a_text_leaves_of_a_list_what_stands_in_it() -> None:
    lists = Lists({"drink": "tea|coffee|cocoa( with cream)?"})
    left = Held("a cup of cocoa, or tea").left(part("cups? of {drink}", lists).tree)
    assert left
    assert left.count("|") == 1
    assert not Held("a cup of milk").may(part("{drink}", lists).tree)
    assert Held("milk").may(part(r"\d+ (cups )?|{drink}", lists).tree)


@pytest.mark.parametrize(
    "pattern", ["make & @ask|put", "make & (today|@day)", "@ask|put", "bis @day", "@dya", "{nothing}"]
)
def test_a_mark_among_words_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        rule(pattern, Lists())


def test_the_place_of_a_pattern_is_its_file_and_line() -> None:
    assert place("en", "it says 'no such pattern'") == "en"
    written = language("en").signs["closing"][0].written
    assert place("en", written).startswith("en/signs.yaml:")


@pytest.mark.parametrize("code", languages())
def test_a_language_knows_every_family_and_quotes_only_facts(code: str) -> None:
    known = language(code)
    names = {family.name for family in families()}
    assert names - {"expertise", "contradiction"} <= set(known.families) <= names
    assert set(known.signs) >= SIGNS
    for strengths in known.families.values():
        assert set(strengths) <= STRENGTHS
    for several in (
        *known.signs.values(),
        *known.topics.values(),
        *(r for f in known.families.values() for r in f.values()),
    ):
        for one in several:
            assert not one.parts[0].words.startswith("@") or one.parts[0].wanted
            for own in one.parts:
                if not own.mark:
                    check(own, one.written)


def check(own: Part, written: str) -> None:
    pattern = re2.compile(f"{own.edges[0]}(?:{whole(own.tree.ways)}){own.edges[1]}")
    assert not pattern.search(""), f"matches nothing at all: {written}"
    assert set(pattern.groupindex) <= {fact.value for fact in MailFact} | {"aim"}, written


@pytest.mark.parametrize("code", languages())
def test_trades_have_the_same_names_in_every_language(code: str) -> None:
    assert set(language(code).topics) <= set(language("en").topics)


def test_families_claim_facts_of_the_catalogue() -> None:
    for family in families():
        for fact in filter(None, (family.fact, family.otherwise)):
            assert fact in {known.value for known in MailFact}


def test_every_language_folder_is_complete() -> None:
    for code in languages():
        stems = {path.stem.partition("_")[0] for path in (FOLDER / code).iterdir()}
        assert stems == {"families", "signs", "topics", "words"}
