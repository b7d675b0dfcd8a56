"""What is heard as taking an offer, in mails of four languages, and what is not."""

import pytest

from pipeline.taking import taken
from pipeline.types.message import Message
from tests.fakes import message

EN = """On 16 Nov 2026, at 14:12, Plum & Press wrote:

> Hi Mia,
> we can't print the whole catalogue by Friday. We could run a short proof edition of
> twenty copies, or you could have the covers alone; a courier on Monday is possible, too.
>
> On 15 Nov 2026, at 9:00, Mia wrote:
>> Can we have the catalogue on Friday?"""
DE = """Am 16.11.2026 um 14:12 schrieb Plum & Press:

> Guten Tag, bis Freitag schaffen wir den Katalog nicht.
> Möglich sind ein Probedruck mit zwanzig Stück; die Umschläge allein; ein Kurier am Montag.
>
> Am 15.11.2026 um 9:00 schrieb Mia:
>> Geht der Katalog bis Freitag?"""
FR = """-----Message d'origine-----
De : Plum & Press
Envoyé : 16 novembre 2026 14:12

Bonjour, nous ne pouvons pas imprimer le catalogue pour vendredi.
Voici ce qui est faisable : une petite édition d'épreuve ; les couvertures seules ; un coursier lundi.

-----Message d'origine-----
De : Mia

Le catalogue pour vendredi ?"""
ES = """El 16 nov 2026, a las 14:12, Plum & Press escribió:

> Hola: no podemos imprimir el catálogo para el viernes.
> Tres salidas: una tirada de prueba; las cubiertas solas; un mensajero el lunes.
>
> El 15 nov 2026 Mia escribió:
>> ¿El catálogo para el viernes?"""


def mail(body: str, history: str, language: str) -> Message:
    return message(body, history=history).model_copy(update={"language": language})


@pytest.mark.parametrize(
    ("body", "history", "language", "ours"),
    [
        ("Thanks for being frank. We'll go with the proof edition.", EN, "en", "short proof edition"),
        ("OK, yes to the covers then.", EN, "en", "the covers alone"),
        ("Schade. Dann nehmen wir gern den Probedruck.", DE, "de", "ein Probedruck"),
        ("Ich entscheide mich für die Umschläge.", DE, "de", "die Umschläge allein"),
        ("C'est clair, nous prenons l'édition d'épreuve.", FR, "fr", "édition d'épreuve"),
        ("Va pour les couvertures.", FR, "fr", "les couvertures seules"),
        ("Vale, nos quedamos con la tirada de prueba.", ES, "es", "una tirada de prueba"),
        ("De acuerdo con las cubiertas, gracias.", ES, "es", "las cubiertas solas"),
    ],
)
def test_what_we_named_and_they_take_is_heard_with_our_words(body: str, history: str, language: str, ours: str) -> None:
    heard = taken(mail(body, history, language))
    assert heard is not None
    assert heard.ours is not None
    assert ours in " ".join(heard.ours.text.split())


@pytest.mark.parametrize(
    ("body", "history", "language"),
    [
        ("Should we take the proof edition?", EN, "en"),  # asks
        ("We won't take the covers.", EN, "en"),
        ("If we take the covers, who pays?", EN, "en"),
        ("If we go with the covers we need them tomorrow.", EN, "en"),  # depends
        ("I accept your reasons, but think again.", EN, "en"),
        ("We'll take the train on Tuesday.", EN, "en"),  # nothing that we named
        ("We'd take the catalogue, of course.", EN, "en"),  # what they asked for, and we refused
        ("Die Umschläge nehmen wir nicht.", DE, "de"),
        ("Wenn wir die Umschläge nehmen, wird es knapp.", DE, "de"),
        ("Nous ne prenons pas les couvertures.", FR, "fr"),
        ("Si nous prenons les couvertures, il faut un coursier.", FR, "fr"),
        ("No nos quedamos con las cubiertas, gracias.", ES, "es"),
        ("Tomamos nota del mensajero.", ES, "es"),
    ],
)
def test_what_asks_denies_depends_or_was_not_ours_is_no_taking(body: str, history: str, language: str) -> None:
    assert taken(mail(body, history, language)) is None


def test_without_a_no_in_our_last_mail_nothing_is_taken_in_its_stead() -> None:
    kind = "On 16 Nov 2026 Plum & Press wrote:\n\n> Shall we run a proof edition? Or just the covers?"
    assert taken(mail("Yes to the covers.", kind, "en")) is None
    assert taken(mail("Yes to the covers.", "", "en")) is None


def test_an_answer_to_their_own_mail_takes_nothing() -> None:
    own = EN.replace("Plum & Press wrote", "<mia@lark.example> wrote")
    assert taken(mail("We'll go with the proof edition.", own, "en")) is None


def test_where_two_pieces_of_ours_fit_alike_none_is_named() -> None:
    twice = EN.replace("a courier", "a proof by courier")
    heard = taken(mail("We'll go with the proof.", twice, "en"))
    assert heard is not None
    assert heard.ours is None


@pytest.mark.parametrize("hostile", ["\n" * 8000, "> " * 8000, "we take " * 1000, "2026" * 4000 + ":", "-" * 9000])
def test_long_hostile_text_is_read_quickly(hostile: str) -> None:
    assert taken(mail(hostile, EN + hostile, "en")) is None
