import pytest

from pipeline.inbox.source import Shelf
from pipeline.inbox.sources.labels import shelf_of_folder, shelf_of_labels


@pytest.mark.parametrize(
    ("labels", "shelf"),
    [
        ("Sent,Opened", Shelf.SENT),
        ("Geöffnet, Gesendet", Shelf.SENT),
        ("Messages envoyés,Ouvert", Shelf.SENT),
        ("送信済み,開封済み", Shelf.SENT),
        ("Draft,Unread", Shelf.DRAFT),
        ("Entwürfe", Shelf.DRAFT),
        ("Papelera,Abiertos", Shelf.TRASH),
        ("Спам,Непрочитанные", Shelf.SPAM),
        ("Chat", Shelf.CHAT),
        ("Inbox,Important,Category Promotions", None),
        ("Sent to the printer,Drafts 2", Shelf.DRAFT),
        ("", None),
    ],
)
def test_labels_name_a_shelf_in_many_languages(labels: str, shelf: Shelf | None) -> None:
    assert shelf_of_labels(labels) is shelf


def test_what_was_sent_stays_sent_in_the_trash_and_spam_beats_all() -> None:
    assert shelf_of_labels("Trash,Sent") is Shelf.SENT
    assert shelf_of_labels("Sent,Spam") is Shelf.SPAM
    assert shelf_of_labels("Draft,Trash") is Shelf.DRAFT


@pytest.mark.parametrize(
    ("name", "shelf"),
    [
        ("Sent", Shelf.SENT),
        ("Gesendet.mbox", Shelf.SENT),
        ("Sent Messages.mbox/mbox", Shelf.SENT),
        ("[Gmail]/Sent Mail", Shelf.SENT),
        ("Sent-2025", Shelf.SENT),
        (".INBOX.Sent", Shelf.SENT),
        (".Entw&APw-rfe", Shelf.DRAFT),
        ("&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-", Shelf.SENT),
        ("INBOX.sbd/Papierkorb.sbd/Old", Shelf.TRASH),
        ("Local Folders\\Junk", Shelf.SPAM),
        ("Unsent Messages", Shelf.DRAFT),
        ("E\u0301le\u0301ments envoye\u0301s", Shelf.SENT),  # as macOS writes names
        ("All mail Including Spam and Trash.mbox", None),
        ("Clients/Draft designs", None),
        ("INBOX", None),
        ("R&D", None),
        ("&AAA-", None),
        ("&!!!-", None),
        ("", None),
    ],
)
def test_a_folder_names_a_shelf(name: str, shelf: Shelf | None) -> None:
    assert shelf_of_folder(name) is shelf
