from pathlib import Path

import pytest

from tests.business.places import CLIENTS, fault, made

PRICES = "item,price,hours\nlogo,900,12\n"


def test_a_record_kept_twice_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "prices.yaml").write_text("prices: []\n")
    assert fault(tmp_path, prices=PRICES).startswith("there are prices.yaml and prices.csv in ")


@pytest.mark.parametrize("name", ["price.csv", "prices.yml", "Prices.CSV", "prices.xlsx", "pricelist.yaml"])
def test_a_file_that_is_nearly_ours_is_not_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("")
    if (tmp_path / "prices.csv").exists():
        pytest.skip("this file system does not tell the two names apart")
    assert fault(tmp_path) == f"{name} is not read: call it prices.yaml, or save it as prices.csv (CSV UTF-8)"


@pytest.mark.parametrize("name", ["prices.xlsx", "prices-2025.csv", "notes.txt", "policy_test.yaml", "price.md"])
def test_other_files_may_lie_beside_a_record(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("")
    assert [price.item for price in made(tmp_path, prices=PRICES).prices] == ["logo"]


def test_what_is_not_utf_8_says_where_and_how_to_save_it(tmp_path: Path) -> None:
    (tmp_path / "prices.csv").write_bytes("item,price,hours\nSchild,9,1\nTür,9,1\n".encode("latin-1"))
    assert fault(tmp_path) == (
        "prices.csv:3:2: the file is not UTF-8; save it as 'CSV UTF-8' in your spreadsheet program"
    )


@pytest.mark.parametrize("text", ["prices:\n", "prices: []\n", "# prices:\n#  - {item: a}\n", "# a:\n\n"])
def test_a_list_without_entries_is_a_record_not_kept(tmp_path: Path, text: str) -> None:
    assert made(tmp_path, prices=text).prices == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("price: []\n", "prices.yaml:1:8: unknown key 'price' (did you mean 'prices'?)"),
        ("- {a: b}\n", "prices.yaml:1:1: the file begins with 'prices:', and a list stands below it"),
        ("prices: {item: logo}\n", "prices.yaml:1:9: a list is expected below 'prices'"),
    ],
)
def test_a_list_stands_under_its_key(tmp_path: Path, text: str, says: str) -> None:
    assert fault(tmp_path, prices=text).startswith(says)


def test_every_file_is_part_of_the_hash(tmp_path: Path) -> None:
    first = made(tmp_path)
    second = made(tmp_path, prices=PRICES)
    third = made(tmp_path, clients=f"{CLIENTS}# more\n")
    assert len({first.hash, second.hash, third.hash}) == 3
    assert made(tmp_path).hash != third.hash
    assert made(tmp_path).hash == second.hash
