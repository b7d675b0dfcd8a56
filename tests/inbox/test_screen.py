import pytest

from pipeline.inbox.screen import bulk, machine, reports
from pipeline.types.message import Skip

ANN = "ann@client.example"


@pytest.mark.parametrize(
    "fields",
    [
        {"auto-submitted": "auto-replied"},
        {"auto-submitted": "auto-generated (rejected)"},
        {"content-type": 'multipart/report; report-type="delivery-status"'},
        {"content-type": "text/calendar; method=REPLY"},
        {"return-path": "<>"},
        {"x-autoreply": "yes"},
        {"x-autorespond": ""},
        {"precedence": "auto_reply"},
    ],
    ids=str,
)
def test_a_machine_is_known_by_its_headers(fields: dict[str, str]) -> None:
    assert machine(fields, ANN) is Skip.MACHINE


@pytest.mark.parametrize(
    "name",
    ["mailer-daemon", "postmaster", "no-reply", "noreply", "no_reply", "donotreply", "do-not-reply", "bounce",
     "bounces+ann=client.example", "news-noreply", "noreply+17", "keine-antwort", "nepasrepondre", "no-responder"],
)  # fmt: skip
def test_a_machine_is_known_by_its_name(name: str) -> None:
    assert machine({}, f"{name}@shop.example") is Skip.MACHINE


@pytest.mark.parametrize(
    ("fields", "sender"),
    [
        ({}, ANN),
        ({}, ""),
        ({"auto-submitted": "no"}, ANN),
        ({"auto-submitted": "No; owner=x"}, ANN),
        ({"return-path": "<ann@client.example>"}, ANN),
        ({"content-type": "text/plain"}, ANN),
        ({"precedence": "list", "list-id": "<x>"}, ANN),
        ({}, "norbert.eply@client.example"),
        ({}, "trampoline-bouncer@client.example"),
    ],
)
def test_a_person_is_no_machine(fields: dict[str, str], sender: str) -> None:
    assert machine(fields, sender) is None


def test_list_mail_is_known_by_its_headers() -> None:
    assert bulk({"list-id": ""})
    assert bulk({"list-unsubscribe": "<https://x.example>"})
    assert all(bulk({"precedence": word}) for word in ("bulk", "List", "junk"))
    assert not bulk({"precedence": "first-class"})
    assert not bulk({})


def test_a_report_without_headers_is_known_by_its_opening() -> None:
    assert reports("This is the mail system at host mx.example.\n\nI'm sorry")
    assert reports("This message was created automatically by\nmail delivery software.")
    assert not reports("Could you do it for half?")
