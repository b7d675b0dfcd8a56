from pathlib import Path

import pytest

from pipeline.business.folder import load_business
from pipeline.errors import BusinessError, UsageError
from pipeline.resources import shipped
from pipeline.types.message import Address
from tests.fakes import starter_policy

PROFILE = """\
name: Plum & Press
addresses: [Hello@PlumPress.example]
services: [posters]
signature: Ada
voice: {greeting: {en: "Hi {name},"}, signoff: {en: "Warmly,"}}
working_days: [mon, tue]
booked_until: 2026-12-01
"""
CLIENTS = """\
clients:
  - {id: lark, name: Lark, addresses: [Mia@Lark.example]}
  - {id: heron, name: Heron, domains: [heron.example]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "profile.yaml").write_text(PROFILE)
    (tmp_path / "clients.yaml").write_text(CLIENTS)
    (tmp_path / "policy.yaml").write_text(starter_policy())
    return tmp_path


def test_a_folder_becomes_a_business(folder: Path) -> None:
    business = load_business(folder)
    assert business.profile.addresses == ("hello@plumpress.example",)
    assert business.profile.working_days == (1, 2)
    assert len(business.policy.rules) > 10


def test_a_sender_is_matched_by_address_then_by_domain_never_by_name(folder: Path) -> None:
    business = load_business(folder)

    def known(address: str) -> str | None:
        client = business.client_of(Address(address=address, name="Mia Lark"))
        return client.id if client else None

    assert known("mia@lark.example") == "lark"
    assert known("anyone@heron.example") == "heron"
    assert known("mia@elsewhere.example") is None


def test_clients_are_optional(folder: Path) -> None:
    (folder / "clients.yaml").unlink()
    assert load_business(folder).clients == ()


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("profile.yaml", PROFILE + "colour: red\n", "profile.yaml:8:9: unknown key 'colour'"),
        (
            "profile.yaml",
            PROFILE.replace("[mon, tue]", "[mon, tues]"),
            "profile.yaml:6:21: 'working_days': 'tues' is not one of",
        ),
        ("profile.yaml", PROFILE.replace("2026-12-01", "soon"), "profile.yaml:7:15: 'booked_until'"),
        ("profile.yaml", "name: [", "profile.yaml:"),
        ("clients.yaml", "clients:\n  - {id: lark}\n", "clients.yaml:2:5: 'name' is missing"),
        (
            "policy.yaml",
            "version: 1\nrules:\n  - {id: x, decide: ask}\n",
            "policy.yaml:3:5: a rule needs 'when' or 'any'",
        ),
    ],
)
def test_a_fault_in_any_file_is_one_sentence_with_its_place(folder: Path, file: str, text: str, says: str) -> None:
    (folder / file).write_text(text)
    with pytest.raises(UsageError) as error:
        load_business(folder)
    assert str(error.value).startswith(says)


def test_a_missing_folder_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(BusinessError, match="candor init"):
        load_business(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["studio", "starter"])
def test_the_shipped_businesses_load(name: str) -> None:
    assert load_business(shipped("fixtures", name)).profile.services


TEXTS = 'rules: {out_of_expertise: "Das ist nicht unser Handwerk."}\n'


def test_texts_in_other_languages_are_optional_and_part_of_the_hash(folder: Path) -> None:
    before = load_business(folder)
    (folder / "texts").mkdir()
    assert load_business(folder).hash == before.hash
    (folder / "texts" / "de.yaml").write_text(TEXTS)
    business = load_business(folder)
    public = next(rule.public for rule in business.policy.rules if rule.id == "out_of_expertise")
    assert public
    assert public.pick("de") == "Das ist nicht unser Handwerk."
    assert business.hash != before.hash


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("german.yaml", TEXTS, "texts/german.yaml: a file of texts is named by its language, e.g. de.yaml"),
        ("de.yml", TEXTS, "texts/de.yml: a file of texts is named by its language"),
        ("de.yaml", TEXTS.replace("out_of", "outof"), "texts/de.yaml:1:26: policy.yaml has no 'outof_expertise'"),
    ],
)
def test_a_fault_in_a_file_of_texts_names_it(folder: Path, file: str, text: str, says: str) -> None:
    (folder / "texts").mkdir()
    (folder / "texts" / file).write_text(text)
    with pytest.raises(UsageError) as error:
        load_business(folder)
    assert str(error.value).startswith(says)
