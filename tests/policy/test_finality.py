"""Ultimatums and matters given up, as clients put them in four languages."""

import pytest

from pipeline.policy.finality import gives_up, ultimatum
from pipeline.types.quantities import Flag
from pipeline.types.replies import MailFact
from pipeline.types.request import Ask, Fact, Kind, Leverage, Pressure, Quote, Request, State
from tests.fakes import message


def words(text: str, part: str = "body") -> Quote:
    return Quote.model_validate({"part": part, "start": 0, "end": len(text), "text": text})


def pressed(text: str, *, insists: bool = True, kind: Pressure = Pressure.ULTIMATUM) -> Request:
    facts = (Fact(name=MailFact.INSISTS, state=State.KNOWN, value=Flag(yes=True), quote=words("again")),)
    return Request(asks=(), facts=facts if insists else (), leverage=(Leverage(kind=kind, quote=words(text)),))


@pytest.mark.parametrize(
    "said",
    [
        "Free delivery or we sign with the others tonight",
        "It's 9,000. Take it or leave it",
        "Entweder morgen früh, sonst gehen wir woanders hin",
        "Bis Mittag, andernfalls ist die Sache für uns gelaufen",
        "Trois cents euros, à prendre ou à laisser",
        "Vous livrez samedi, sinon nous changeons de maison",
        "O lo entregan el lunes o buscamos a otro",
        "Mañana; de lo contrario, cancelamos",
    ],
)
def test_this_or_nothing_is_an_ultimatum_when_they_insist(said: str) -> None:
    assert ultimatum(pressed(said))
    assert not ultimatum(pressed(said, insists=False))
    assert not ultimatum(pressed(said, kind=Pressure.GUILT))


@pytest.mark.parametrize(
    "said", ["Last chance, so to speak", "Letzte Chance, liebe Leute", "Dernière chance", "Última oportunidad, eh"]
)
def test_a_last_chance_that_leaves_us_free_is_none(said: str) -> None:
    assert not ultimatum(pressed(said))


@pytest.mark.parametrize(
    "body",
    [
        "Forget it. I'm disappointed, to be honest.",
        "Then we withdraw the request.",
        "Schade. Dann hat sich das erledigt.",
        "Wir ziehen unsere Anfrage zurück.",
        "Très déçue. Laissez tomber.",
        "Nous renonçons, c'est dommage.",
        "Pues nada, déjelo.",
        "Retiramos la petición. Una pena.",
    ],
)
def test_who_gives_it_up_asks_nothing_anew(body: str) -> None:
    none = Request(asks=())
    again = Request(asks=(Ask(number=1, kind=Kind.DISCOUNT, quote=words("30 % off")),))
    old = Request(asks=(Ask(number=1, kind=Kind.DISCOUNT, quote=words("30 % off", "history")),))
    assert gives_up(none, message(body))
    assert gives_up(old, message(body))
    assert not gives_up(again, message(body))  # "forget the rush: 30 % off will do"


def test_to_insist_is_not_to_give_up() -> None:
    for body in ("Please think again.", "Bitte noch einmal.", "Pensez-y encore.", "No lo entiendo, insisto."):
        assert not gives_up(Request(asks=()), message(body))
