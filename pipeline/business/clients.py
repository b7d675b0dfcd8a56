"""Clients with their bills: read entry by entry, then held against each other, the profile and the catalogue of facts.

Left out: whether a day lies in the future, as a folder is read without a clock.
"""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.business.once import Once, short
from pipeline.business.senders import Claims, addresses, domains
from pipeline.business.shape import read
from pipeline.errors import BusinessError
from pipeline.policy.cells import nearest
from pipeline.policy.facts import BY_NAME
from pipeline.types.business import Profile
from pipeline.types.records import Client, Invoice
from pipeline.yamltree import Node

_ALL = Decimal(100)
Place = tuple[int | str, ...]


def read_clients(nodes: tuple[Node, ...], bills: tuple[Node, ...], profile: Profile) -> tuple[Client, ...]:
    """All clients, each with the bills that are its own.

    Raises:
        BusinessError: the first fault, as ``file:line:column: what is expected``.
    """
    clients = tuple(_clients(nodes, Claims(profile.addresses, profile.domains)))
    invoices = tuple(_invoices(bills, [client.id for client in clients]))
    return tuple(_billed(client, invoices) for client in clients)


def _clients(nodes: tuple[Node, ...], claims: Claims) -> Iterator[Client]:
    tiers, ids = BY_NAME["tier"].choices, Once("the id", "is used twice")
    for node in nodes:
        if node.entries and (bills := node.entries.get("invoices")):
            raise bills.fault("invoices are kept in a file of their own, invoices.yaml or invoices.csv", BusinessError)
        client = read(node, Client)
        ids.take(client.id, node.at(("id",)))
        if client.tier not in tiers:
            hint = nearest(client.tier, list(tiers))
            said = f"'tier': '{client.tier}' is not one of {', '.join(tiers)}{hint}"
            raise node.at(("tier",)).fault(said, BusinessError)
        _sound(client, node)
        yield _reached(client, node, claims)


def _reached(client: Client, node: Node, claims: Claims) -> Client:
    """The client with its addresses and domains as senders are read."""
    found: dict[str, tuple[str, ...]] = {}
    for key, reader in (("addresses", addresses), ("domains", domains)):
        there = (node.entries or {}).get(key)
        found[key] = reader(there)
        for name in found[key]:
            claims.take(name, client.id, there or node)
    return client.model_copy(update=found)


def _sound(client: Client, node: Node) -> None:
    """What no field can tell by itself.

    Raises:
        BusinessError: a percentage is none, a guarantee has no beginning, or an entry is too long to be picked.
    """
    for place, share in _shares(client):
        if not 0 <= share <= _ALL:
            raise node.at(place).fault(f"{share} is not between 0 and 100 per cent", BusinessError)
    for number, clause in enumerate(client.agreement.scope):
        if clause.within_days is not None and clause.since is None:
            written = node.at(("agreement", "scope", number))
            raise written.fault("'within_days' needs 'since', the day it counts from", BusinessError)
    for place, entry in _entries(client):
        short(entry, node.at(place))


def _shares(client: Client) -> Iterator[tuple[Place, Decimal]]:
    if client.revenue_share is not None:
        yield ("revenue_share",), client.revenue_share
    for number, discount in enumerate(client.discounts):
        yield ("discounts", number, "percent"), discount.percent


def _entries(client: Client) -> Iterator[tuple[Place, str]]:
    """Every entry that a reading model may pick, with its place."""
    agreement = client.agreement
    lists: tuple[tuple[Place, tuple[str, ...]], ...] = (
        (("agreement", "scope"), tuple(clause.what for clause in agreement.scope)),
        (("agreement", "excluded"), agreement.excluded),
        (("goals",), client.goals),
        (("briefs",), client.briefs),
        (("waiting_for",), tuple(item.what for item in client.waiting_for)),
        (("approvals",), tuple(item.what for item in client.approvals)),
        (("projects",), tuple(project.name for project in client.projects)),
    )
    for place, entries in lists:
        yield from (((*place, number), entry) for number, entry in enumerate(entries))


def _invoices(nodes: tuple[Node, ...], clients: list[str]) -> Iterator[Invoice]:
    numbers = Once("the invoice", "is there twice")
    for node in nodes:
        invoice = read(node, Invoice)
        if invoice.client not in clients:
            said = f"there is no client with the id '{invoice.client}'{nearest(invoice.client, clients)}"
            raise node.at(("client",)).fault(said, BusinessError)
        numbers.take(invoice.number, node.at(("number",)))
        yield invoice


def _billed(client: Client, bills: tuple[Invoice, ...]) -> Client:
    own = tuple(bill for bill in bills if bill.client == client.id)
    return client.model_copy(update={"invoices": own}) if own else client
