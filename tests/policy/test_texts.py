from pathlib import Path

import pytest

from pipeline.errors import PolicyError
from pipeline.guard.lexicon import lexicon
from pipeline.policy.load import load_policy
from pipeline.policy.terms import SLOT
from pipeline.policy.texts import translated
from pipeline.resources import shipped
from pipeline.types.policy import Policy
from pipeline.values.language import guess
from pipeline.values.scan import scan
from tests.fakes import TODAY, starter_policy

SMALL = """\
version: 1
settings: {max_discount: 10%}
rules:
  - id: discount
    when: {discount_total: over max_discount}
    decide: decline
    public: "No more than {max_discount}."
  - {id: threat, when: {threat: yes}, decide: escalate}
  - {id: unpaid, when: {unpaid: yes}, decide: decline, public: {en: "No.", de: "Nein."}}
alternatives:
  - {id: smaller, kind: smaller_part, offer: "Less of it", for: [discount]}
questions: {item: "Which one?"}
"""
TEXTS = """\
rules:
  discount: "Nicht mehr als {max_discount}."
alternatives:
  smaller: "Weniger davon"
questions:
  item: "Welches?"
"""
LANGUAGES = sorted(path.stem for path in shipped("fixtures", "starter", "texts").glob("*.yaml"))
FORBIDDEN = ("guarantee", "gift", "soft_accept", "false_hope", "admission", "blame", "lecture", "acceptance", "apology")


def small(texts: str = TEXTS) -> Policy:
    return translated(load_policy(SMALL, "policy.yaml"), "de", texts, "texts/de.yaml")


def test_a_text_is_added_beside_the_policys_own() -> None:
    policy = small()
    assert policy.rules[0].public
    assert policy.rules[0].public.pick("de") == "Nicht mehr als {max_discount}."
    assert policy.rules[0].public.pick("en") == "No more than {max_discount}."
    assert policy.alternatives[0].offer.pick("de") == "Weniger davon"
    assert policy.questions["item"].pick("de") == "Welches?"
    assert policy.hash == load_policy(SMALL, "policy.yaml").hash


def test_what_is_not_translated_stays_in_the_policys_own_language() -> None:
    assert small('rules: {discount: "Nicht mehr als {max_discount}."}').alternatives[0].offer.pick("de") == "Less of it"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  discount:", "  discont:", "2:12: policy.yaml has no 'discont' (did you mean 'discount'?)"),
        ("  discount:", "  threat:", "2:11: 'threat' has no text in policy.yaml that a client reads"),
        ("  discount:", "  unpaid:", "2:11: 'unpaid' has a text in 'de' already"),
        ("{max_discount}.", "{max_discont}.", "2:13: {max_discont} stands more often here than in policy.yaml"),
        ("{max_discount}.", "{max_discount}, {max_discount}.", "2:13: {max_discount} stands more often here"),
        ("{max_discount}.", "das.", "2:13: {max_discount} is missing here: the text in policy.yaml has it"),
        ("rules:", "rule:", "2:3: unknown key 'rule' (did you mean 'rules'?)"),
        ('"Weniger davon"', "[Weniger]", "4:12: expected a text here"),
        ('\n  smaller: "Weniger davon"', " Weniger", "3:15: expected 'key: value' lines here"),
    ],
)
def test_any_fault_names_its_place(old: str, new: str, says: str) -> None:
    with pytest.raises(PolicyError) as error:
        small(TEXTS.replace(old, new, 1))
    assert str(error.value).startswith(f"texts/de.yaml:{says}")


@pytest.mark.parametrize("text", ["", "[]", "- 1", "\x00", "a: b: c"])
def test_what_is_no_file_of_texts_is_one_sentence(text: str) -> None:
    with pytest.raises(PolicyError):
        small(text)


def shipped_texts(language: str) -> dict[str, tuple[str, str]]:
    """By id, each text of the starter policy and its translation."""
    text = shipped("fixtures", "starter", "texts", f"{language}.yaml").read_text(encoding="utf-8")
    policy = translated(load_policy(starter_policy(), "policy.yaml"), language, text, f"{language}.yaml")
    texts = {f"rules.{r.id}": r.public for r in policy.rules if r.public}
    texts |= {f"alternatives.{a.id}": a.offer for a in policy.alternatives}
    return {name: (text.by_language["en"], text.by_language.get(language, "")) for name, text in texts.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_starter_policy_is_translated_and_reads_as_its_language(language: str) -> None:
    for name, (ours, theirs) in shipped_texts(language).items():
        assert theirs, name
        for text, code in ((ours, "en"), (theirs, language)):
            assert guess(SLOT.sub(" ", text)) in {code, "und"}, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_says_more_than_the_text_it_translates(language: str) -> None:
    for name, (ours, theirs) in shipped_texts(language).items():
        said = {group for group in FORBIDDEN if lexicon(language).has(group, theirs)}
        assert said <= {group for group in FORBIDDEN if lexicon("en").has(group, ours)}, name
        assert not scan(SLOT.sub(" ", theirs), language, TODAY) or scan(SLOT.sub(" ", ours), "en", TODAY), name


def test_the_studio_has_the_texts_of_the_starter() -> None:
    def files(name: str) -> dict[str, bytes]:
        folder: Path = shipped("fixtures", name, "texts")
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    assert files("studio") == files("starter")
