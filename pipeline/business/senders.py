"""Addresses and domains of a business folder: each is one that mail can come from, and belongs to one client alone.

They are matched as they are written (``Business.client_of``), so a sub-domain is a line of its own. A domain that
anybody can get an address at (``freemail.txt``) belongs to nobody. Left out: whether a mail really comes from there.
"""

from functools import cache
from pathlib import Path

from pipeline.errors import BusinessError
from pipeline.inbox.addresses import mailbox
from pipeline.yamltree import Node

_FREEMAIL = Path(__file__).with_name("freemail.txt")


def addresses(node: Node | None) -> tuple[str, ...]:
    """The addresses of a list, in the form in which a mail's sender is read.

    Raises:
        BusinessError: one of them is none.
    """
    return tuple(dict.fromkeys(_address(item) for item in _items(node)))


def domains(node: Node | None) -> tuple[str, ...]:
    """The domains of a list, in the form in which a mail's sender is read.

    Raises:
        BusinessError: one of them is none, or belongs to a provider that everybody may have an address at.
    """
    return tuple(dict.fromkeys(_domain(item) for item in _items(node)))


class Claims:
    """Who has which address or domain: first our own, then client by client."""

    def __init__(self, addresses: tuple[str, ...], domains: tuple[str, ...]) -> None:
        self._own = frozenset((*addresses, *domains))
        self._of: dict[str, str] = {}

    def take(self, name: str, client: str, node: Node) -> None:
        """Give an address or a domain to a client.

        Raises:
            BusinessError: it is another client's already, or our own.
        """
        if not self._own.isdisjoint({name, name.rpartition("@")[2]}):
            raise node.fault(f"'{name}' is your own by profile.yaml, so it can't be a client's", BusinessError)
        if self._of.setdefault(name, client) != client:
            raise node.fault(f"'{name}' is given to '{self._of[name]}' and to '{client}'; leave one out", BusinessError)


def _items(node: Node | None) -> tuple[Node, ...]:
    if node is None:
        return ()
    return tuple(item for item in ((node,) if node.items is None else node.items) if item.text)


def _address(node: Node) -> str:
    text = (node.text or "").strip()
    found = mailbox(text)
    if not found or any(char in text for char in "<>:"):
        raise node.fault(f"'{text[:80]}' is not an address like maria@weber.example", BusinessError)
    return found


def _domain(node: Node) -> str:
    text = (node.text or "").strip().removeprefix("@")
    found = mailbox(f"x@{text}").removeprefix("x@")
    if "." not in found.strip("."):
        raise node.fault(f"'{text[:80]}' is not a domain like weber.example, what stands behind the @", BusinessError)
    if found in freemail():
        said = f"anybody can have an address at {found}, so it can't tell who writes; list their addresses instead"
        raise node.fault(said, BusinessError)
    return found


@cache
def freemail() -> frozenset[str]:
    """Domains of providers where anybody can have an address."""
    lines = (line.partition("#")[0].strip() for line in _FREEMAIL.read_text(encoding="utf-8").splitlines())
    return frozenset(filter(None, lines))
