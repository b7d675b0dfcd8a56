"""What docs/business.md says is true: its examples load, its mistakes are told in its words, its lists are complete."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.business.folder import load_business
from pipeline.business.holidays import years
from pipeline.business.records import RECORDS
from pipeline.business.senders import freemail
from pipeline.business.voice import VoiceFile
from pipeline.cli.ending import run
from pipeline.errors import BusinessError
from pipeline.resources import shipped
from pipeline.types.message import Address
from tests.business.places import POLICY
from tests.docs.commands import unknown

PAGE = (Path(__file__).parents[2] / "docs/business.md").read_text(encoding="utf-8")
EXAMPLES: dict[str, str] = dict(re.findall(r"^`([\w.]+)`\n\n```\w+\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL))
TOLD = re.findall(r"^ {4}((?:prices|clients|invoices)\.\w+:\d+:\d+: .+)$", PAGE, re.MULTILINE)


def folder(path: Path, *, without: str = "prices.csv", **changed: str) -> Path:
    for name, text in {**EXAMPLES, "policy.yaml": POLICY, **changed}.items():
        if name != without:
            (path / name).write_text(text, encoding="utf-8")
    return path


def test_the_examples_are_one_folder_that_loads(tmp_path: Path) -> None:
    business = load_business(folder(tmp_path))
    (client,) = business.clients
    assert [bill.paid_on for bill in client.invoices] == [date(2026, 10, 18), None]
    assert client.agreement.scope[1].obliges
    assert [week.booked for week in business.weeks] == [Decimal(112), Decimal("96.5")]
    assert {date(2026, 12, 24), date(2026, 6, 4)} <= set(business.profile.holidays)
    assert business.client_of(Address(address="sam.northgate+x@gmail.com")) == client
    assert business.client_of(Address(address="x@shop.northgatebooks.example")) is None


def test_the_table_says_the_same_as_the_list(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    listed = load_business(folder(tmp_path / "a")).prices
    assert load_business(folder(tmp_path / "b", without="prices.yaml")).prices == listed
    assert -(-250 // listed[1].per) * listed[1].price == 540


def test_both_files_are_too_many(tmp_path: Path) -> None:
    with pytest.raises(BusinessError, match=r"prices\.yaml and prices\.csv .* keep one"):
        load_business(folder(tmp_path, without=""))


WRONG = (
    ("prices.csv", 'item,price,hours\nlogo,900,12\nsign,"12,50",1\n'),
    ("clients.yaml", "clients:\n  - id: a\n    name: A\n    adresses: [a@a.example]\n"),
    ("invoices.csv", "client,number,amount,due\nnortgate,1,9,2026-10-20\n"),
    ("clients.yaml", "clients:\n  - {id: a, name: A,\n    domains: [gmail.com]}\n"),
)


@pytest.mark.parametrize(("told", "file", "text"), [(told, *wrong) for told, wrong in zip(TOLD, WRONG, strict=True)])
def test_a_mistake_is_told_in_these_words(tmp_path: Path, told: str, file: str, text: str) -> None:
    without = "prices.yaml" if file == "prices.csv" else "prices.csv"
    with pytest.raises(BusinessError) as error:
        load_business(folder(tmp_path, without=without, **{file: text}))
    assert str(error.value) == told


def test_every_column_and_every_key_is_on_the_page() -> None:
    names = {name for record in RECORDS for part in record.columns for name in part}
    assert [
        name for name in names if f"`{name}`" not in PAGE and f"{name}:" not in PAGE and f"{name}," not in PAGE
    ] == []


def test_the_years_and_the_number_of_hosts() -> None:
    assert f"{years()[0]} to {years()[1]}" in PAGE
    assert round(len(freemail()), -2) == 500


def test_the_voice_on_the_page_is_read(tmp_path: Path) -> None:
    section = re.search(r"^## How you write\n.*?```yaml\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL)
    assert section is not None
    voice = load_business(folder(tmp_path, **{"profile.yaml": _with(section[1])})).profile.voice
    assert (voice.shortest, voice.longest) == (90, 180)
    assert voice.framing["informal"].greeting == {"de": "Hallo {name},"}
    assert voice.formality == {"de": "match", "fr": "formal"}
    assert [key for key in VoiceFile.model_fields if f"`{key}`" not in PAGE] == []


def test_the_section_on_the_page_is_what_the_command_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = re.search(r"<!-- voice -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert shown is not None
    assert run(["voice", str(shipped("fixtures", "sent", "hannah.mbox"))]) == 0
    assert capsys.readouterr().out == shown[1]
    assert load_business(folder(tmp_path, **{"profile.yaml": _with(shown[1])})).profile.voice.shortest > 0


@pytest.mark.parametrize("line", re.findall(r"^ {4}(candor voice .*)$", PAGE, re.MULTILINE))
def test_the_commands_exist_with_their_options(line: str) -> None:
    assert unknown(line) == set()


def _with(voice: str) -> str:
    """The page's profile with another voice."""
    return re.sub(r"^voice:\n(?: .*\n)+", "", EXAMPLES["profile.yaml"], flags=re.MULTILINE) + voice
