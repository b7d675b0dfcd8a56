from pipeline.policy.catalogue.mail import ALWAYS
from pipeline.policy.catalogue.spec import Need
from pipeline.policy.vocabulary import dormant, kept, vocabulary
from pipeline.types.records import Client
from tests.fakes import business
from tests.policy.derive.shop import shop

RICH = Client.model_validate(
    {"id": "lark", "name": "Lark", "goals": ["more walkers"], "projects": [{"name": "fair", "due": "2026-12-01"}]}
)


def test_a_business_without_records_is_read_for_the_facts_of_every_mail() -> None:
    assert vocabulary(business(), None) == ALWAYS


def test_what_is_on_record_for_this_client_becomes_the_choices() -> None:
    asked = {spec.name: spec.choices for spec in vocabulary(shop(), RICH)}
    assert asked["item"] == ("poster", "flyers, 1,000")
    assert asked["goal_harmed"] == ("more walkers",)
    assert asked["takes_from"] == ("fair",)
    assert "approval" not in asked


def test_a_stranger_is_not_asked_about_another_clients_record() -> None:
    ours = shop().model_copy(update={"clients": (RICH,)})
    assert "goal_harmed" not in {spec.name for spec in vocabulary(ours, None)}


def test_the_focus_is_told_where_it_is_judged_by() -> None:
    asked = {spec.name: spec.meaning for spec in vocabulary(shop(focus=("posters for fairs",)), None)}
    assert asked["outside_focus"].endswith("it is for: posters for fairs")


def test_rules_about_records_that_nobody_keeps_are_dormant() -> None:
    assert {"margin", "free_hours_after", "goal_harmed", "before_we_are_free"} <= dormant(business())
    awake = shop(40).model_copy(update={"clients": (RICH,)})
    assert not {"margin", "free_hours_after", "goal_harmed"} & dormant(awake)
    assert Need.APPROVALS not in kept(awake)
