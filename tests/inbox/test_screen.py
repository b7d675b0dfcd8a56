import pytest

from pipeline.inbox.screen import automatic, bulk, listed, machine, mailing, reports, tag
from pipeline.types.message import Address, Skip

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
        {"x-failed-recipients": "ann@client.example"},
    ],
    ids=str,
)
def test_a_machine_is_known_by_its_headers(fields: dict[str, str]) -> None:
    assert machine(fields, ANN) is Skip.MACHINE


@pytest.mark.parametrize(
    "name",
    ["mailer-daemon", "postmaster", "no-reply", "noreply", "no_reply", "donotreply", "do-not-reply", "bounce",
     "bounces+ann=client.example", "bounce-17", "news-bounces", "rss-feeds",
     "news-noreply", "noreply+17", "keine-antwort", "nepasrepondre", "no-responder"],
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
        ({}, "anna.bounce@client.example"),
        ({}, "bounce-house@client.example"),
        ({}, "news-feed@client.example"),
        ({}, "old.postmaster@client.example"),
    ],
)
def test_a_person_is_no_machine(fields: dict[str, str], sender: str) -> None:
    assert machine(fields, sender) is None


def test_nobody_reads_a_robot_s_mail_but_who_stands_in_its_reply_to_does() -> None:
    assert machine({}, "noreply@forms.example", ANN) is None
    assert machine({}, "noreply@forms.example", "no-reply@forms.example") is Skip.MACHINE
    assert machine({}, ANN, "no-reply@client.example") is Skip.MACHINE
    assert machine({}, "mailer-daemon@mx.example", ANN) is Skip.MACHINE


def test_list_mail_is_known_by_its_headers() -> None:
    assert bulk({"list-id": ""})
    assert bulk({"list-unsubscribe": "<https://x.example>"})
    assert bulk({"x-mailman-version": "2.1"})
    assert listed(["From", "List-Post"])
    assert not listed(["From", "Precedence"])
    assert all(bulk({"precedence": word}) for word in ("bulk", "List", "junk"))
    assert not bulk({"precedence": "first-class"})
    assert not bulk({})


def test_a_report_without_headers_is_known_by_its_opening() -> None:
    assert reports("This is the mail system at host mx.example.\n\nI'm sorry")
    assert reports("This message was created automatically by\nmail delivery software.")
    assert reports("Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver")
    assert not reports("Could you do it for half?")
    assert not reports(
        "I wrote to your old address and got this. Is the price still 900?\n\nThis is the mail system at host"
    )


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Out of office: The logo", "I am out of the office until 4 May."),
        ("Automatic reply: The logo", "Thank you for your message. We have received it and will get back to you."),
        ("Abwesenheitsnotiz: Das Logo", "Ich bin bis zum 4. Mai nicht im Büro."),
        ("Automatische Antwort: Das Logo", "Vielen Dank für Ihre Nachricht. Ich bin im Urlaub."),
        ("Réponse automatique : Le logo", "Je suis actuellement absente du bureau jusqu'au 4 mai."),
        ("Respuesta automática: El logo", "Estoy fuera de la oficina hasta el 4 de mayo."),
        ("Re: The logo", "This is an automated response to a message you have sent."),
        ("AW: Das Logo", "Dies ist eine automatische Antwort."),
        ("Re: The logo", "Dear Ms Lee,\n\nThis is an automatic reply. I am away."),
        ("*** Out of office *** The logo", "Dear sender,\n\nthank you for your message. I am on leave until Monday."),
        ("Undeliverable: The logo", ""),
    ],
)
def test_an_automatic_reply_says_so_first_or_in_its_subject_and_its_text(subject: str, text: str) -> None:
    assert automatic(subject, text)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Out of office", "Could you design the sign for our office door? It says when we are out."),
        ("Abwesenheitsnotiz", "Könnten Sie uns den Text dafür schreiben?"),
        ("The logo", "I am out of the office until Friday, but can you do it for half?"),
        ("Re: The logo", 'All I got back was "this is an automatic reply". Can somebody answer me?'),
        ("The logo", ""),
        ("Réponse automatique", "Combien coûterait un tel texte ?"),
        ("Re: Out of office: The logo", "I am on holiday until Friday, but can you do it for half?"),
        ("AW: Abwesenheitsnotiz: Das Logo", "Ich bin bis Freitag im Urlaub. Geht es für die Hälfte?"),
        ("The logo", "Can you do it for half? I ask again, as all I got was: this is an automatic reply."),
        ("Re: Undeliverable: The logo", ""),
        ("Delivery status of the flyers?", ""),
        ("Absence de logo", "J'ai bien reçu votre message. Pourriez-vous le faire à moitié prix ?"),
    ],
)
def test_a_client_may_write_of_automatic_replies(subject: str, text: str) -> None:
    assert not automatic(subject, text)


NEWS, PERSON = Address(address="newsletter@shop.example"), Address(address=ANN)


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        (NEWS, "Our spring", "Fresh colours.\n\nTo unsubscribe, click here: https://shop.example/u"),
        (
            PERSON,
            "Our spring",
            "Fresh colours.\n\nYou are receiving this e-mail because you signed up.\nUnsubscribe | Imprint",
        ),
        (
            PERSON,
            "Frühling",
            "Sie erhalten diesen Newsletter, weil ...\nNewsletter abbestellen: https://shop.example/u",
        ),
        (PERSON, "Printemps", "Vous recevez ce message car ...\nPour vous désabonner, cliquez ici."),
        (PERSON, "Primavera", "Recibe este correo porque ...\nPara darse de baja, haga clic aquí."),
        (
            PERSON,
            "Newsletter 4",
            "Fresh colours.\n\nIf you no longer wish to receive these, write to bye@shop.example.",
        ),
    ],
)
def test_a_newsletter_shows_itself_by_two_signs(sender: Address, subject: str, text: str) -> None:
    assert mailing(sender, subject, text)


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        (PERSON, "Our newsletter", "Could you design our newsletter? It needs a link to unsubscribe. Half the price?"),
        (PERSON, "The logo", "Could you do it?\n\n(c) 2026 Client Ltd. All rights reserved"),
        (PERSON, "The logo", "Please unsubscribe me, and can you do the logo for half?"),
        (NEWS, "A question", "We write our newsletter ourselves; what would the pictures cost?"),
        (PERSON, "Our newsletter", "Could you design this newsletter for half?\n\n(c) 2026 Client Ltd."),
        (PERSON, "Newsletter template", "Please design a newsletter template with a link to unsubscribe: click here."),
        (
            PERSON,
            "Newsletter template",
            'It says "You are receiving this e-mail because ..." above and “Unsubscribe | Imprint” below. The price?',
        ),
        (PERSON, "Das Abo", "Wie kann ich das Abo abbestellen? Es ist zu teuer."),
    ],
)
def test_a_client_may_write_of_newsletters(sender: Address, subject: str, text: str) -> None:
    assert not mailing(sender, subject, text)


def test_a_subject_may_begin_with_a_name_in_brackets() -> None:
    assert tag("Re: [Typefans] Serifs") == "typefans"
    assert tag("AW: Re: [typefans] Serifs") == "typefans"
    assert tag("Serifs [typefans]") == ""
    assert tag("[two words] Serifs") == ""
