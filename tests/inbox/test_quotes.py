import pytest

from pipeline.inbox.quotes import Parts, split
from tests.soon import soon

ASK = "Could you do it for half?\n\nI'd be glad."


@pytest.mark.parametrize(
    "attribution",
    [
        "On Mon, 4 May 2026 at 10:00, Us <us@studio.example> wrote:",
        "On Mon, 4 May 2026 at 10:00, Us <us@studio.example>\nwrote:",
        "On Mon, 4 May 2026 at 10:00, Us\n<us@studio.example>\nwrote:",
        "On 04.05.2026 10:00, Us wrote:",
        "Am 04.05.2026 um 10:00 schrieb Us <us@studio.example>:",
        "Am Mo., 4. Mai 2026 um 10:00 Uhr schrieb Us <\nus@studio.example>:",
        "Am 4. Mai 2026 hat Us <us@studio.example> geschrieben:",
        "Le lun. 4 mai 2026 à 10:00, Us <us@studio.example> a écrit :",
        "Le 04/05/2026 10:00, Us a écrit :",
        "El lun, 4 may 2026 a las 10:00, Us (<us@studio.example>) escribió:",
        "2026-05-04 10:00 GMT+02:00 Us <us@studio.example>:",
        "Us <us@studio.example> wrote:",
        "Am Montag, 4. Mai 2026 um 10:00:00 MESZ hat Us <us@studio.example> Folgendes geschrieben:",
        "Us <us@studio.example> schrieb am Mo., 4. Mai 2026, 10:00:",
        "Us schrieb am 04.05.2026 10:00 (GMT +02:00):",
        "Le 4 mai 2026 à 10:00, Us <us@studio.example> a écrit :",
        "El 04/05/2026 a las 10:00, Us escribió:",
        "En lunes, 4 de mayo de 2026, 10:00:00 CEST, Us <us@studio.example> escribió:",
        "On Monday, May 4th, 2026 at 10:00 AM, Us <us@studio.example> wrote:",
        "Us/Studio/Firm wrote on 04/05/2026 10:00:00:",
        "2026.05.04. 10:00 keltezéssel, Us írta:",
    ],
)
def test_an_attribution_begins_the_history(attribution: str) -> None:
    old = f"{attribution}\n\n> Our price is 900.\n> Best, Us"
    assert split(f"{ASK}\n\n{old}") == Parts(ASK, old)


@pytest.mark.parametrize(
    "attribution",
    ["On 4 May 2026 at 10:00, Us <us@studio.example> wrote:", "Am 04.05.2026 um 10:00 schrieb Us:",
     "Le 4 mai 2026, Us a écrit :", "El 4 de mayo de 2026, Us escribió:"],
)  # fmt: skip
def test_a_dated_attribution_needs_no_marks_below(attribution: str) -> None:
    old = f"{attribution}\nOur price is 900."
    assert split(f"{ASK}\n\n{old}") == Parts(ASK, old)


@pytest.mark.parametrize(
    "old",
    [
        "-----Original Message-----\nFrom: Us\n\nOur price is 900.",
        "-----Ursprüngliche Nachricht-----\nVon: Us\n\nUnser Preis ist 900.",
        "-------- Message d'origine --------\nNotre prix est 900.",
        "----- Mensaje original -----\nNuestro precio es 900.",
        "---------- Forwarded message ---------\nFrom: Us\n\nOur price is 900.",
        "Begin forwarded message:\n\nOur price is 900.",
        "From: Us <us@studio.example>\nSent: Monday, 4 May 2026 10:00\nTo: Ann\nSubject: Offer\n\nOur price is 900.",
        "Von: Us\nGesendet: Montag, 4. Mai 2026 10:00\nAn: Ann\nBetreff: Angebot\n\nUnser Preis ist 900.",
        "De : Us\nEnvoyé : lundi 4 mai 2026 10:00\nÀ : Ann\nObjet : Offre\n\nNotre prix est 900.",
        "De: Us\nEnviado: lunes, 4 de mayo de 2026\nPara: Ann\nAsunto: Oferta\n\nNuestro precio es 900.",
        "________________________________\nFrom: Us\nSent: Monday\n\nOur price is 900.",
        "*From:* Us\n*Sent:* Monday, 4 May 2026\n*To:* Ann\n\nOur price is 900.",
        "Date: Mon, 4 May 2026\nSubject: Offer\nFrom: us@studio.example\n\nOur price is 900.",
        "> Our price is 900.\n> Best, Us",
        "-------- Ursprüngliche Mail -----\nVon: Us\n\nUnser Preis ist 900.",
        "----- Mail original -----\nDe: Us\n\nNotre prix est 900.",
        "\u2010\u2010\u2010\u2010 Original Message \u2010\u2010\u2010\u2010\nOur price is 900.",
        "-------- Weitergeleitete Nachricht --------\nUnser Preis ist 900.",
        "Début du message transféré :\n\nNotre prix est 900.",
        "##- Please type your reply above this line -##\n\nOur price is 900.",
        "Please do not write below this line\n\nOur price is 900.",
        "----- Bitte antworten Sie oberhalb dieser Zeile -----\nUnser Preis ist 900.",
        "--- Veuillez répondre au-dessus de cette ligne ---\nNotre prix est 900.",
        "## Por favor, escriba su respuesta por encima de esta línea ##\nNuestro precio es 900.",
        "Gesendet: Montag, 04. Mai 2026 um 10:00 Uhr\nVon: Us\nAn: Ann\nBetreff: Angebot\nUnser Preis ist 900.",
        "==============\n\nMessage du : 04/05/2026 10:00\nDe : Us <us@studio.example>\nA : Ann\n\nNotre prix est 900.",
        "De\xa0: Us\nEnvoyé\xa0: lundi 4 mai 2026\nÀ\xa0: Ann\n\nNotre prix est 900.",
    ],
    ids=lambda old: old.split("\n")[0],
)
def test_a_marker_or_quoted_headers_begin_the_history(old: str) -> None:
    assert split(f"{ASK}\n\n{old}") == Parts(ASK, old)


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nAnn Lee\nClient Ltd",
        "Best regards,\nAnn",
        "Kind regards\n\nAnn Lee\nClient Ltd | www.client.example",
        "Thanks!\nAnn",
        "Mit freundlichen Grüßen\n\nAnna Lehmann",
        "Viele Grüße aus Berlin\nAnna",
        "LG\nAnna",
        "Cordialement,\nAnne",
        "Bien à vous\nAnne",
        "Un saludo,\nAna",
        "Gracias de antemano\nAna",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "Enviado desde mi iPhone",
        "Get Outlook for iOS",
        "Best,\nAnn\n\nSent from my iPhone".replace("Best,", "Best wishes,"),
        "Outlook für iOS beziehen",
        "Télécharger Outlook pour iOS",
        "Obtener Outlook para Android",
        "Sent from Yahoo Mail on Android",
        "Gesendet von meinem Galaxy Gerät",
        "Von meinem BlackBerry gesendet.",
        "Envoyé depuis mon téléphone Orange",
        "Enviado desde mi móvil",
        "Sent with Proton Mail secure email.",
        "Gesendet mit der GMX Mail App",
        "Herzliche Grüße aus Bremen\nAnna Lehmann\nTel. 0421 123456",
        "Meilleures salutations\nAnne",
        "Reciba un cordial saludo,\nAna",
        "Ann Lee\nann@client.example\n(555) 010-9947\nwww.client.example",
        "----------------\nAnn Lee\n\nClient Ltd\n\nt. 555-010-0702",
        "This message has been scanned for viruses",
        "Si vous avez reçu ce message par erreur, merci de le détruire.",
        "CONFIDENTIALITY NOTICE: this is for the addressee only.",
        "This e-mail and any attachments are confidential and intended for the addressee only. " + "More. " * 20,
        "Diese E-Mail enthält vertrauliche Informationen. " + "Mehr. " * 20,
    ],
    ids=lambda text: text.split("\n")[0][:40],
)
def test_a_signature_is_apart(signature: str) -> None:
    assert split(f"{ASK}\n\n{signature}") == Parts(ASK, signature=signature.strip())


def test_body_signature_and_history_come_apart_together() -> None:
    old = "On 4 May 2026, Us <us@studio.example> wrote:\n> Our price is 900."
    assert split(f"{ASK}\n\nBest regards\nAnn\n\n{old}") == Parts(ASK, old, "Best regards\nAnn")


def test_what_follows_the_footer_of_a_telephone_is_history() -> None:
    old = "Dear Ann,\n\nour price is 900.\n\nWe start in June.\n\nTell us soon.\nUs"
    assert split(f"{ASK}\n\nSent from my Phone XY\n\n{old}") == Parts(ASK, old, "Sent from my Phone XY")


def test_a_long_quoted_line_that_was_cut_is_no_answer() -> None:
    old = (
        "On 4 May 2026, Us wrote:\n> Our price is 900 and we can start in the first week of June if you tell us\n"
        "before Friday\n> Best, Us"
    )
    assert split(f"{ASK}\n\n{old}") == Parts(ASK, old)


def test_the_history_keeps_every_round_newest_first_with_who_wrote_it() -> None:
    old = (
        "On 6 May 2026, Us <us@studio.example> wrote:\n> No, 900 it is.\n>\n> On 5 May 2026, Ann wrote:\n>> 700?\n>>\n"
        ">> On 4 May 2026, Us <us@studio.example> wrote:\n>>> Our price is 900."
    )
    assert split(f"{ASK}\n\n{old}").history == old


def test_answers_between_quoted_lines_keep_the_full_text() -> None:
    inline = "On 4 May 2026, Us wrote:\n> Our price is 900.\nToo much!\n> We start in June.\nFine."
    assert split(inline) == Parts(inline)


def test_an_answer_below_one_quote_is_the_body() -> None:
    old = "On 4 May 2026, Us wrote:\n> Our price is 900.\n> We start in June."
    assert split(f"{old}\n\n{ASK}") == Parts(ASK, old)


@pytest.mark.parametrize(
    "text",
    [
        "> Our price is 900.",
        "---------- Forwarded message ---------\nFrom: Us\n\nOur price is 900.",
        "On 4 May 2026, Us wrote:\n\nOur price is 900.",
        "Thanks",
        "-- \nAnn",
        "Best regards\nAnn",
    ],
)
def test_a_text_of_which_nothing_would_be_left_is_kept_whole(text: str) -> None:
    assert split(text) == Parts(text)


@pytest.mark.parametrize(
    "text",
    [
        "On Monday you wrote:\n\nthat it is free. Is it?",
        "On the phone you said:\nno extra cost.",
        "From: now on, please call.\nThank you for the logo, it is great.",
        "Thanks for the offer.\nWe take it.",
        "Thanks,\nbut can you do it for half?",
        "Best regards\nAnn\n\nP.S. One more thing: we need it on Friday.",
        "-- \nAnn\n\nP.S. One more thing: we need it on Friday.",
        "Sent from my desk, is much easier than my mobile phone.\nCan we talk?",
        "Options:\n- a\n-- b",
        "To: be done\nDate: Friday",
        "Von: Berlin\nAn: Hamburg\nDatum: 5. Mai\nKönnen Sie das fahren?",
        "Please put on the card:\n\nAnn Lee\nann@client.example\n+44 20 7946 0123",
        "Sent from our supplier yesterday, it is broken.\nCan we talk?",
        "If you have received my last message, can you answer it?",
    ],
)
def test_a_client_s_own_words_stay_in_the_body(text: str) -> None:
    assert split(f"Hi,\n{text}") == Parts(f"Hi,\n{text}")


def test_an_empty_text_has_empty_parts() -> None:
    assert split(" \n ") == Parts("")


@pytest.mark.parametrize(
    "line", ["a", "On a:", "On a wrote:", "thanks", "> a", ">", "From: a", "a@b.example>", "", "--", "1.1.2020 <a@b>:"]
)
def test_a_long_text_of_anything_ends_soon(line: str) -> None:
    with soon():
        split((f"x\n{line}\n" * 40_000)[:40_000])
