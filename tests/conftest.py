"""What tests of several rooms share: a network that refuses, and the order in which they begin."""

import socket

import pytest

_LONGEST = "test_mypy_strict_finds_nothing"  # a minute and more where nothing is cached


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tries to reach anyone fails."""

    def refuse(*_: object) -> None:
        raise AssertionError("nothing may be sent")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that nobody waits for it at the end."""
    items.sort(key=lambda item: item.name != _LONGEST)
