import pytest

from pipeline.errors import PolicyError
from pipeline.policy.load import load_policy, read_policy
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
        ("  - id: discount", "  - id: &x discount", "a text can't begin with '&'; put it in quotes: \"&x discount\""),
        ("max_discount: 10%", "max_discount: [", "policy.yaml:"),
        ("    decide: decline\n", "", "a rule needs 'decide'"),
    ],
)
def test_any_fault_means_no_policy_and_names_its_place(old: str, new: str, says: str) -> None:
    with pytest.raises(PolicyError, match=r"^policy\.yaml:\d+:\d+: ") as error:
        load_policy(SMALL.replace(old, new, 1), "policy.yaml")
    assert says in str(error.value)


@pytest.mark.parametrize("text", ["", "[]", "- 1", "\x00", "a: b: c", "{" * 1000])
def test_what_is_no_policy_at_all_is_one_sentence(text: str) -> None:
    with pytest.raises(PolicyError):
        load_policy(text, "policy.yaml")


SLOT = (
    "13:13: {max_discont} is neither a setting, nor a fact, nor a value that is computed (did you mean 'max_discount'?)"
)
EVERYTHING_WRONG = """\
version: 1
settings: {max_discount: 10%}
rules:
  - id: discount
    when: {discount_totl: over max_discount}
    decide: declin
    pubic: "No."
  - id: discount
    when: {tier: [key, stanard], threat: yes}
    any: 3
    decide: decline
    from: 2026-13-01
    public: "{max_discont} and {margin}"
    private: "{margin} of {max_discount}, {"
  - id: silly
    when: {unreasonable: yes, tier: key}
    decide: decline
    public: "No."
  - id: past
    when: {threat: yes}
    decide: end
    from: 2026-12-01
    until: 2026-11-01
alternatives:
  - {id: a, kind: x, offer: "hi", for: [silli], not_for: nope, round: 4}
  - {id: b, offer: "hi", when: {margin: []}, instead: {tier: key}}
questions: {item: "Which {item}?"}
"""


def test_every_fault_is_listed_with_its_place_in_the_order_of_the_file() -> None:
    loaded = read_policy(EVERYTHING_WRONG, "policy.yaml")
    assert loaded.policy is None
    assert [str(fault).removeprefix("policy.yaml:") for fault in loaded.faults] == [
        "5:27: unknown fact 'discount_totl' (did you mean 'discount_total'?)",
        "6:13: 'declin' is not one of ask, decline, escalate, end (did you mean 'decline'?)",
        "7:12: unknown key 'pubic' (did you mean 'public'?)",
        "8:5: the id 'discount' is used twice, first in line 4",
        "9:24: 'stanard' is not one of standard, key, new (did you mean 'standard'?)",
        "10:10: expected a list here",
        "12:11: '2026-13-01' is not a date like 2026-12-24",
        SLOT,
        "13:13: 'margin' is private and may not stand in a text that a client reads; say it under 'private'",
        "14:14: a brace stands alone here; a value is written as {max_discount}",
        "17:13: 'unreasonable' alone can't decline: nobody could check it. Add a figure or a record, or escalate",
        "23:12: 'until' is before 'from' (2026-12-01), so no day is between them",
        "25:41: no rule has the id 'silli' (did you mean 'silly'?)",
        "25:58: no rule has the id 'nope'",
        "25:71: '4' is not one of 1, 2, 3",
        "26:5: an alternative needs 'kind'",
        "26:41: 'margin' needs at least one value in its list",
        "26:62: 'tier' is not a fact of an ask",
        "27:19: a question states no values; take the braces out",
    ]


@pytest.mark.parametrize(
    ("cells", "fine"),
    [
        ("{unreasonable: yes, hours_needed: over 40 hours}", True),
        ("{unreasonable: no, kind: other}", True),
        ("{unreasonable: yes, kind: other, offers_payment: no}", False),
        ("{unreasonable: not no}", False),
    ],
)
def test_the_judgement_that_something_is_unreasonable_never_says_no_alone(cells: str, *, fine: bool) -> None:
    loaded = read_policy(SMALL.replace("{discount_total: over max_discount}", cells), "policy.yaml")
    assert bool(loaded.policy) is fine
    assert read_policy(
        SMALL.replace("{discount_total: over max_discount}", cells).replace("decline", "escalate"), "p"
    ).policy


@pytest.mark.parametrize("value", ["2 weeks", "5", "soon"])
def test_a_lead_time_is_counted_in_working_days(value: str) -> None:
    text = SMALL.replace("{max_discount: 10%}", f"{{max_discount: 10%, lead_time: {value}}}")
    with pytest.raises(PolicyError, match=r"policy.yaml:2:\d+: 'lead_time' is counted in working days"):
        load_policy(text, "policy.yaml")


@pytest.mark.parametrize("value", ["1001 days", "99999 years", "-1 days", "soon", "14"])
def test_patience_has_bounds(value: str) -> None:
    text = SMALL.replace("{max_discount: 10%}", f"{{max_discount: 10%, stale_after: {value}}}")
    with pytest.raises(PolicyError, match=r"policy.yaml:2:\d+: 'stale_after' is a time such as 14 days"):
        load_policy(text, "policy.yaml")
    assert load_policy(text.replace(value, "4 weeks"), "policy.yaml").settings["stale_after"].type == "duration"


def test_a_setting_has_no_fact_s_name_so_that_a_text_never_states_one_for_the_other() -> None:
    text = SMALL.replace("max_discount: 10%", "max_discount: 10%, margin: 30%")
    with pytest.raises(PolicyError, match=r"2:39: 'margin' is a fact; give the setting a name of its own"):
        load_policy(text, "policy.yaml")


def test_the_quotes_of_a_word_processor_are_no_part_of_a_text() -> None:
    with pytest.raises(PolicyError, match="7:18: these curly quotes would be printed"):
        load_policy(SMALL.replace('"No more than {max_discount}."', "“No more than that.”"), "policy.yaml")


def test_capitals_make_no_other_kind() -> None:
    text = SMALL + "  - {id: a, kind: Smaller_Part, offer: A}\n"
    assert {each.kind for each in load_policy(text, "policy.yaml").alternatives} == {"smaller_part"}


def test_a_word_that_is_wrong_once_is_told_once_though_a_list_stands_behind_it() -> None:
    text = SMALL.replace("{discount_total: over max_discount}", "{Kind: [discount, free_work]}")
    assert len(read_policy(text, "policy.yaml").faults) == 1


@pytest.mark.parametrize("cell", ["over 99999999999999999999999999%", "over 1e400%"])
def test_a_figure_beyond_all_reason_is_no_percentage(cell: str) -> None:
    with pytest.raises(PolicyError, match="is not a percentage"):
        load_policy(SMALL.replace("over max_discount", cell), "policy.yaml")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (
            "10 days",
            (
                "2:26: 'max_discount' is '10 days', and line 5 compares 'discount_total' with it: "
                "expected a percentage, e.g. 10%"
            ),
        ),
        ("10 percent", "2:26: 'max_discount' is '10 percent', and line 5 compares 'discount_total' with it: write 10%"),
        ("10", "2:26: 'max_discount' is '10', and line 5 compares 'discount_total' with it: write 10%"),
        ('""', "2:26: a setting is one value, e.g. 10% or 5 working days"),
    ],
)
def test_a_setting_of_the_wrong_unit_is_named_where_it_stands_and_once(written: str, says: str) -> None:
    text = SMALL.replace("max_discount: 10%", f"max_discount: {written}")
    twice = text.replace("    decide:", "    unless: {discount_total: at least max_discount}\n    decide:")
    assert [str(fault) for fault in read_policy(twice, "policy.yaml").faults] == [f"policy.yaml:{says}"]


def test_a_setting_that_can_not_be_read_is_not_blamed_on_the_rules_that_use_it() -> None:
    text = SMALL.replace("max_discount: 10%", "max_discount: 10%, lead_time: 5 days")
    text = text.replace("{discount_total: over", "{lead_days: under lead_time, discount_total: over")
    assert len(read_policy(text, "policy.yaml").faults) == 1


def test_a_map_without_a_space_behind_its_colons_is_told_what_to_write() -> None:
    with pytest.raises(PolicyError, match="2:11: a space is missing behind the colon: write 'max_discount: 10%'"):
        load_policy(SMALL.replace("settings: {max_discount: 10%}", "settings: max_discount:10%"), "policy.yaml")


@pytest.mark.parametrize(
    ("written", "told", "words"),
    [
        ("yes", True, None),
        ("no", False, None),
        ('"At most {max_discount}, for everybody."', True, {"en": "At most {max_discount}, for everybody."}),
        (
            "{en: At most a tenth., de: Höchstens ein Zehntel.}",
            True,
            {"en": "At most a tenth.", "de": "Höchstens ein Zehntel."},
        ),
    ],
)
def test_a_rule_may_be_told_upfront_in_words_of_its_own(
    written: str, *, told: bool, words: dict[str, str] | None
) -> None:
    rule = load_policy(SMALL.replace("    public:", f"    tell_upfront: {written}\n    public:"), "policy.yaml").rules[
        0
    ]
    assert (rule.tell_upfront, rule.upfront and rule.upfront.by_language) == (told, words)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("true", "7:19: 'true' is neither yes nor no, nor a text: write yes, no or a whole sentence"),
        (
            '"Free from {earliest_date}."',
            "7:19: {earliest_date} is known only once a mail has come, and this text is told",
        ),
        ('"A margin of {margin}."', "7:19: 'margin' is private and may not stand in a text that a client reads"),
    ],
)
def test_a_text_that_is_told_upfront_states_settings_alone(written: str, says: str) -> None:
    text = SMALL.replace("    public:", f"    tell_upfront: {written}\n    public:")
    assert [str(fault)[: len(says) + 12] for fault in read_policy(text, "policy.yaml").faults] == [
        f"policy.yaml:{says}"
    ]
