import re
from pathlib import Path

import pytest

from pipeline.business.folder import load_business
from pipeline.cli.init import FILES, TEXTS
from pipeline.resources import shipped
from tests.cli.conftest import INBOX, Candor


def test_the_folder_it_makes_works_as_it_is(candor: Candor, here: Path) -> None:
    call = candor("init", "business")
    assert call.code == 0
    business = load_business(here / "business")
    assert business.profile.addresses
    assert business.policy.rules
    assert len(business.clients) == 2
    assert all(path.is_file() for path in map((here / "business").joinpath, TEXTS))


def test_the_texts_in_other_languages_are_those_of_the_starter_business() -> None:
    shipped_texts = shipped("fixtures", "starter", "texts").iterdir()
    assert {f"texts/{path.name}" for path in shipped_texts} == set(TEXTS)


def test_it_says_what_to_edit_first_and_what_comes_next(candor: Candor) -> None:
    out = candor("init", "business").out
    assert [name for name in FILES if f"business/{name}" in out] == list(FILES)
    assert out.endswith("candor draft mail.eml\n")


def test_a_folder_of_another_name_must_be_named_later(candor: Candor) -> None:
    assert candor("init", "mine").out.endswith("candor draft mail.eml --business mine\n")


@pytest.mark.parametrize("name", [*FILES, "texts"])
def test_nothing_is_overwritten(candor: Candor, here: Path, name: str) -> None:
    (here / "business").mkdir()
    (here / "business" / name).write_text("mine")
    call = candor("init", "business")
    assert (call.code, call.err) == (2, f"candor: business already has a {name}; nothing was changed\n")
    assert [path.name for path in (here / "business").iterdir()] == [name]
    assert (here / "business" / name).read_text() == "mine"


def test_a_place_that_cannot_be_written(candor: Candor, here: Path) -> None:
    (here / "file").write_text("")
    call = candor("init", "file/business")
    assert call.code == 2
    assert call.err == "candor: file/business cannot be written: Not a directory\n"


def test_every_entry_of_the_starter_files_is_explained(candor: Candor, here: Path) -> None:
    candor("init", "business")
    for name in ("profile.yaml", "clients.yaml"):
        lines = (here / "business" / name).read_text().splitlines()
        assert sum(line.lstrip().startswith("#") for line in lines) > len(lines) / 4


def test_nothing_is_written_through_a_link(candor: Candor, here: Path) -> None:
    (here / "business").mkdir()
    (here / "business" / "clients.yaml").symlink_to(here / "elsewhere")
    assert candor("init", "business").code == 2
    assert not (here / "elsewhere").exists()
    assert [path.name for path in (here / "business").iterdir()] == ["clients.yaml"]


def test_only_the_owner_may_read_what_will_name_people(candor: Candor, here: Path) -> None:
    candor("init", "business")
    made = list((here / "business").rglob("*"))
    assert {path.stat().st_mode & 0o777 for path in made if path.is_file()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in made if path.is_dir()} == {0o700}


@pytest.mark.parametrize(
    "words", [["init"], ["batch", "in.mbox", "--out"], ["record", "out", "--label", "x", "--into"]]
)
def test_an_empty_name_is_not_the_current_folder(candor: Candor, here: Path, words: list[str]) -> None:
    call = candor(*words, "")
    assert call.code == 2
    assert "the name is empty" in call.err
    assert call.err.count("\n") == 1
    assert list(here.iterdir()) == []


def test_a_profile_that_is_still_the_example_is_told_until_it_is_edited(candor: Candor, here: Path) -> None:
    candor("init", "mine")
    mail = INBOX / "01-hotel-rebrand.eml"
    assert "mine/profile.yaml is still the example" in candor("draft", mail, "--business", "mine").err
    profile = here / "mine" / "profile.yaml"
    profile.write_text(profile.read_text(encoding="utf-8").replace("Studio Example", "Plum & Press"), encoding="utf-8")
    err = candor("draft", mail, "--business", "mine").err
    assert err == "candor: mine/profile.yaml still signs as Your Name; 'candor doctor' tells what else is left\n"
    profile.write_text(profile.read_text(encoding="utf-8").replace("Your Name", "Ada Plum"), encoding="utf-8")
    assert candor("draft", mail, "--business", "mine").err == ""


def test_the_starter_keeps_no_records_but_two_clients() -> None:
    starter = load_business(shipped("fixtures", "starter"))
    assert (starter.prices, starter.weeks) == ((), ())
    assert not any(client.invoices for client in starter.clients)


@pytest.mark.parametrize("name", ["prices", "invoices", "calendar", "clients"])
def test_the_examples_of_the_starter_files_are_right_without_their_mark(candor: Candor, here: Path, name: str) -> None:
    candor("init", "business")
    path = here / "business" / f"{name}.yaml"
    notes, key, rows = re.split(r"^(\w+:)$", path.read_text(encoding="utf-8"), maxsplit=1, flags=re.MULTILINE)
    example = re.sub(r"^#(?=  )|(?<=^  )# (?=-? +|- )(?! *[A-Z])", "", rows, flags=re.MULTILINE)
    path.write_text(notes + key + example, encoding="utf-8")
    business = load_business(here / "business")
    found = {
        "prices": len(business.prices),
        "invoices": len(business.clients[1].invoices),
        "calendar": len(business.weeks),
        "clients": len(business.clients),
    }
    assert found[name] >= 2
    assert name != "clients" or business.clients[2].agreement.scope[1].within_days == 60


@pytest.mark.parametrize("mark", ["# country", "# focus", "# disliked", "# cost_per_hour", "# demand", "    # notice"])
def test_the_examples_of_the_profile_are_right_without_their_mark(candor: Candor, here: Path, mark: str) -> None:
    candor("init", "business")
    path = here / "business" / "profile.yaml"
    text = path.read_text(encoding="utf-8")
    assert f"\n{mark}" in text
    path.write_text(text.replace(f"\n{mark}", "\n" + mark.replace("# ", "")), encoding="utf-8")
    assert load_business(here / "business").profile != load_business(shipped("fixtures", "starter")).profile


@pytest.mark.parametrize("name", ["prices", "invoices", "calendar"])
def test_the_tables_in_the_starter_files_say_the_same_as_the_examples(candor: Candor, here: Path, name: str) -> None:
    candor("init", "business")
    path = here / "business" / f"{name}.yaml"
    table = re.findall(r"^#   (.*,.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    path.unlink()
    path.with_suffix(".csv").write_text("\n".join(table), encoding="utf-8")
    business = load_business(here / "business")
    assert len(business.prices) + len(business.weeks) + len(business.clients[1].invoices) == 2
