import pytest

from pipeline.errors import PolicyError
from pipeline.policy.load import load_policy
from tests.fakes import starter_policy

SMALL = """\
version: 1
settings: {max_discount: 10%}
rules:
  - id: discount
    when: {discount_total: over max_discount}
    decide: decline
    public: {en: "No more than {max_discount}.", de: "Nicht mehr als {max_discount}."}
alternatives:
  - {id: smaller, kind: smaller_part, offer: "Less of it", for: [discount]}
"""


def test_a_policy_keeps_its_lines_and_languages() -> None:
    policy = load_policy(SMALL, "policy.yaml")
    assert policy.rules[0].line == 4
    assert policy.rules[0].public is not None
    assert policy.rules[0].public.pick("de") == "Nicht mehr als {max_discount}."
    assert policy.alternatives[0].offer.by_language == {"en": "Less of it"}


def test_comments_and_layout_do_not_change_the_hash() -> None:
    assert load_policy(SMALL, "a").hash == load_policy("# mine\n" + SMALL, "b").hash
    assert load_policy(SMALL, "a").hash != load_policy(SMALL.replace("10%", "11%"), "a").hash


def test_the_starter_policy_has_what_a_first_day_needs() -> None:
    policy = load_policy(starter_policy(), "policy.yaml")
    assert len(policy.rules) >= 10
    assert {"unpaid_work", "discount", "lead_time", "revisions", "wrongdoing", "out_of_expertise", "overdue"} <= {
        r.id for r in policy.rules
    }
    assert set(policy.questions) >= {"item", "time", "evidence", "terms", "amount"}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("version: 1", "version: 2", "version: 1"),
        ("decide: decline", "decide: accept", "'accept' is not one of ask, decline, escalate, end"),
        ("    public: {en", "    pubic: {en", "unknown key 'pubic' (did you mean 'public'?)"),
        ("for: [discount]", "for: [discont]", "(did you mean 'discount'?)"),
        ("settings: {max", "settings: {max_discount: 5%, max", "given twice"),
        ("  - id: discount", "  - id: &x discount", "anchors and aliases are not allowed"),
        ("max_discount: 10%", "max_discount: [", "policy.yaml:"),
        ("    decide: decline\n", "", "a rule needs 'decide'"),
    ],
)
def test_any_fault_means_no_policy_and_names_its_place(old: str, new: str, says: str) -> None:
    with pytest.raises(PolicyError, match=r"^policy\.yaml:\d+:\d+: ") as error:
        load_policy(SMALL.replace(old, new, 1), "policy.yaml")
    assert says in str(error.value)


@pytest.mark.parametrize("text", ["", "[]", "- 1", "\x00", "a: b: c", "{" * 3000])
def test_what_is_no_policy_at_all_is_one_sentence(text: str) -> None:
    with pytest.raises(PolicyError):
        load_policy(text, "policy.yaml")
