from pathlib import Path

import pytest

from pipeline.business.senders import freemail
from pipeline.types.message import Address
from tests.business.places import fault, made

CLIENTS = """\
clients:
  - {id: lark, name: Lark, addresses: [Mia@Lark.example], domains: [bücher.example]}
  - {id: heron, name: Heron, addresses: [books+heron@office.example], domains: ["@Heron.Example"]}
  - {id: wren, name: Wren, addresses: [books@office.example]}
"""


@pytest.mark.parametrize(
    ("sender", "client"),
    [
        ("mia@lark.example", "lark"),
        ("mia+invoices@lark.example", "lark"),  # her own mailbox, with a tag
        ("anyone@heron.example", "heron"),
        ("anyone+x@heron.example", "heron"),
        ("anyone@xn--bcher-kva.example", "lark"),
        ("books+heron@office.example", "heron"),  # as it is written comes first
        ("books+other@office.example", "wren"),
        ("other@lark.example", None),  # no domain is claimed
        ("anyone@shop.heron.example", None),  # a sub-domain may be anybody's
        ("anyone@notheron.example", None),
        ("+x@lark.example", None),
        ("", None),
    ],
)
def test_who_a_sender_is(tmp_path: Path, sender: str, client: str | None) -> None:
    found = made(tmp_path, clients=CLIENTS).client_of(Address(address=sender, name="Mia Lark <mia@lark.example>"))
    assert (found.id if found else None) == client


def row(what: str) -> str:
    return f"clients:\n  - {{id: a, name: A, addresses: [a@a.example], domains: [a.example]}}\n  - {{id: b, {what}}}\n"


@pytest.mark.parametrize(
    ("what", "says"),
    [
        (
            "name: B, domains: [gmail.com]",
            "3:32: anybody can have an address at gmail.com, so it can't tell who writes",
        ),
        ("name: B, domains: [GMX.de]", "3:32: anybody can have an address at gmx.de"),
        ("name: B, domains: [A.example]", "3:31: 'a.example' is given to 'a' and to 'b'; leave one out"),
        ("name: B, addresses: [a@a.example]", "3:33: 'a@a.example' is given to 'a' and to 'b'"),
        ("name: B, addresses: [a at a.example]", "3:34: 'a at a.example' is not an address like"),
        ("name: B, addresses: ['Ann <ann@b.example>']", "3:34: 'Ann <ann@b.example>' is not an address"),
        ("name: B, domains: [b]", "3:32: 'b' is not a domain like weber.example"),
        ("name: B, domains: [ann@b.example]", "3:32: 'ann@b.example' is not a domain"),
        ("name: B, domains: [plumpress.example]", "3:31: 'plumpress.example' is your own by profile.yaml"),
        ("name: B, addresses: [x@plumpress.example]", "3:33: 'x@plumpress.example' is your own by profile.yaml"),
    ],
)
def test_an_address_or_domain_is_one_clients_alone(tmp_path: Path, what: str, says: str) -> None:
    assert fault(tmp_path, clients=row(what)).startswith(f"clients.yaml:{says}")


def test_an_address_at_a_free_mail_host_is_a_clients_like_any_other(tmp_path: Path) -> None:
    business = made(tmp_path, clients=row("name: B, addresses: [bea@gmail.com]"))
    assert business.client_of(Address(address="bea@gmail.com")) is not None
    assert business.client_of(Address(address="mia@gmail.com")) is None


def test_the_list_of_free_mail_hosts() -> None:
    assert len(freemail()) > 500
    assert freemail() >= {"gmail.com", "gmx.de", "web.de", "orange.fr", "laposte.net", "hotmail.es", "yahoo.co.uk"}
    assert all(host == host.lower().strip() and "." in host for host in freemail())
