import time

import pytest

from pipeline.inbox.quotes import Parts, split

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
        "Sent from my desk, is much easier than my mobile phone.\nCan we talk?",
        "Options:\n- a\n-- b",
        "To: be done\nDate: Friday",
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
    start = time.process_time()
    split((f"x\n{line}\n" * 40_000)[:40_000])
    assert time.process_time() - start < 2
