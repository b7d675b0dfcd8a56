"""The program that converts, with a store made of plain objects; the true packages are tried in ``test_outlook``."""

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pipeline.inbox.headers import read_header
from pipeline.inbox.source import Raw, Shelf
from pipeline.inbox.sources import convert
from pipeline.inbox.sources.inboxes import open_inbox


def message(headers: str = "", entries: dict[int, str] | None = None, **others: Any) -> SimpleNamespace:
    found = [SimpleNamespace(entry_type=key, data_as_string=text) for key, text in (entries or {}).items()]
    plain = {
        "record_sets": [SimpleNamespace(entries=found)],
        "transport_headers": headers,
        "sender_name": "",
        "subject": "",
        "client_submit_time": None,
        "delivery_time": None,
        "html_body": None,
        "plain_text_body": b"Half?\r\n\r\nFrom here to there\r\n",
        "number_of_attachments": 0,
    }
    return SimpleNamespace(**(plain | others))


class Folder(SimpleNamespace):
    def __init__(self, name: str | None, messages: list[Any], folders: list["Folder"]) -> None:
        super().__init__(name=name, number_of_sub_messages=len(messages), number_of_sub_folders=len(folders))
        self.get_sub_message, self.get_sub_folder = messages.__getitem__, folders.__getitem__


def converted(root: Folder, out: Path) -> list[Raw]:
    convert._folders(root, out)
    return list(open_inbox(out))


def test_a_store_becomes_one_mbox_a_folder_whose_name_says_where_mail_lies(tmp_path: Path) -> None:
    came = "From: Ann <ann@client.example>\r\nContent-Type: text/html;\r\n charset=x\r\nSubject: The\r\n\tlogo\r\n\r\n"
    sent = message(
        entries={0x5D01: "us@studio.example", 0x0E04: "ann@client.example", 0x001A: "IPM.Note"},
        sender_name='The "Studio"',
        subject="Née",
        client_submit_time=datetime(2026, 5, 4, 9),  # noqa: DTZ001 - Outlook's package gives naive UTC
    )
    contact = message(entries={0x001A: "IPM.Contact"})
    inner = [
        Folder("Inbox", [message(came), contact], []),
        Folder("Sent Items", [sent], []),
        Folder("../Deleted", [], []),
    ]
    inbox, answer = converted(Folder(None, [], [Folder("Top/of it", [], inner)]), tmp_path)
    assert (inbox.origin, inbox.shelf) == ("Top_of it 001/Inbox 001/mbox#1", None)
    assert (answer.origin, answer.shelf) == ("Top_of it 001/Sent Items 002/mbox#1", Shelf.SENT)
    assert b"\n\nFrom here to there\n" in inbox.data
    header = read_header(answer)
    assert header.sender is not None
    assert (header.sender.name, header.sender.address, header.subject) == ("The 'Studio'", "us@studio.example", "Née")
    assert read_header(inbox).subject == "The logo"
    assert b"charset=x" not in inbox.data


def test_what_breaks_costs_no_other_mail(tmp_path: Path) -> None:
    broken = message()
    del broken.html_body
    folders = [Folder("Inbox", [broken, message("From: ann@client.example\n")], []), SimpleNamespace(name="x")]
    root = Folder("x", [], folders)  # type: ignore[arg-type]
    assert [b"could not be converted" in raw.data for raw in converted(root, tmp_path)] == [True, False]


def test_attachments_are_named_and_a_mail_is_the_same_each_time(tmp_path: Path) -> None:
    file = SimpleNamespace(get_long_filename=lambda: 'Ü "x"\n.pdf')
    sent = message("From: a@c.example\n", number_of_attachments=1, get_attachment=lambda _: file)
    first = converted(Folder("x", [sent], []), tmp_path / "1")
    assert b"filename*=utf-8''%C3%9C%20%22x%22%0A.pdf" in first[0].data
    assert converted(Folder("x", [sent], []), tmp_path / "2") == first
