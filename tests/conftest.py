"""What tests of several rooms share: a network that refuses."""

import socket

import pytest


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tries to reach anyone fails."""

    def refuse(*_: object) -> None:
        raise AssertionError("nothing may be sent")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
