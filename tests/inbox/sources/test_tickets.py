import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.inbox.headers import read_header
from pipeline.inbox.read import read
from pipeline.inbox.source import Raw, Shelf
from pipeline.inbox.sources.columns import Row, book_for
from pipeline.inbox.sources.tickets import US, Tickets
from pipeline.inbox.threads import Fate
from pipeline.types.message import Message

ROW = {"id": 7, "from": "Ann Lee <ann@client.example>", "subject": "The logo", "body": "Half?", "date": "2026-05-04"}


def mails(*rows: Row) -> list[Raw]:
    tickets = Tickets(book_for(rows, "tickets", None))
    return [raw for row in rows for raw in tickets.mails(row)]


def message(row: Row) -> Message:
    (raw,) = mails(row)
    return read(raw, Fate("<1@client.example>"))


def test_a_row_becomes_a_mail() -> None:
    found = message({**ROW, "name": "Ann Lée", "to": ["us@studio.example"], "reply to": "other@client.example"})
    assert (found.sender.name, found.sender.address) == ("Ann Lée", "ann@client.example")
    assert (found.subject, found.body.strip()) == ("The logo", "Half?")
    assert found.sent is not None
    assert found.sent.isoformat() == "2026-05-04T00:00:00+00:00"
    assert [who.address for who in found.to] == ["us@studio.example"]
    assert found.reply_to is not None
    assert found.reply_to.address == "other@client.example"


def test_html_is_told_from_text() -> None:
    assert message({**ROW, "body": "<div>Half <b>price</b>?</div>"}).body.strip() == "Half price?"
    assert message({**ROW, "body": None, "html": "plain &amp; simple"}).body.strip() == "plain & simple"


@pytest.mark.parametrize(
    "cell",
    [
        "x\r\nBcc: evil@x.example",
        "=?utf-8?q?x=0D=0ABcc=3A_evil=40x.example?=",
        'a" <b@x.example>, "c',
        "x\u2028y\0z\ud800",
    ],
)
def test_no_cell_adds_a_header(cell: str) -> None:
    row = {**ROW, "subject": cell, "name": cell.replace("@", ""), "id": cell, "to": cell, "date": cell}
    (raw,) = mails(row)
    names = [line.partition(b":")[0].lower() for line in raw.data.partition(b"\n\n")[0].split(b"\n")]
    allowed = {b"from", b"to", b"subject", b"references", b"message-id", b"mime-version", b"date", b"content-type"}
    assert {name for name in names if not name.startswith(b" ")} <= {*allowed, b"content-transfer-encoding"}
    header = read_header(raw)
    assert header.sender is not None
    assert header.sender.address == "ann@client.example"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-05-04T09:00:00Z", "2026-05-04 09:00"),
        ("2026-05-04 09:00:00 UTC", "2026-05-04 09:00"),
        ("2026-05-04 11:00 +0200", "2026-05-04 09:00"),
        ("Mon, 4 May 2026 11:00:00 +0200", "2026-05-04 09:00"),
        (1777885200, "2026-05-04 09:00"),
        ("1777885200000", "2026-05-04 09:00"),
        ("04/05/2026 09:00", None),
        ("yesterday", None),
        ("2026", None),
        ("1e999", None),
    ],
)
def test_a_date_is_read_where_it_is_certain(written: object, day: str | None) -> None:
    sent = message({**ROW, "date": written}).sent
    assert (sent and f"{sent:%Y-%m-%d %H:%M}") == day


def test_the_mails_of_a_ticket_are_one_thread_and_our_answers_are_ours() -> None:
    rows = [
        {"ticket_id": 5, "from": "ann@client.example", "body": "Half?", "direction": "incoming"},
        {"ticket_id": 5, "from": "support@studio.example", "body": "No.", "direction": "agent"},
        {"ticket_id": 5, "from": "support@studio.example", "body": "Ask Bob", "direction": "note"},
        {"ticket_id": 6, "from": "bob@client.example", "body": "Hi"},
    ]
    found = mails(*rows)
    assert [raw.shelf for raw in found] == [None, Shelf.SENT, Shelf.DRAFT, None]
    headers = [read_header(raw) for raw in found]
    assert len({header.references for header in headers[:3]}) == 1
    assert headers[3].references != headers[0].references
    assert [who.address for who in headers[1].to] == ["ann@client.example"], "answered is who asked before"
    assert len({header.message_id for header in headers}) == 4


@pytest.mark.parametrize("no", ["FALSCH", "nein", "Non", "faux", "no", "falso", "0", "0.0", False, 0, ""])
def test_no_is_no_in_four_languages(no: object) -> None:
    assert [raw.shelf for raw in mails({**ROW, "private": no})] == [None]
    (raw,) = mails({**ROW, "public": no})
    assert raw.shelf is (None if no == "" else Shelf.DRAFT), "a note among us is no client's mail"


@pytest.mark.parametrize("yes", ["WAHR", "ja", "Oui", "VRAI", "si\u0301", "Verdadero", "1", True, 1])
def test_yes_is_yes_in_four_languages(yes: object) -> None:
    assert [raw.shelf for raw in mails({**ROW, "Privé": yes}, {**ROW, "public": yes})] == [Shelf.DRAFT, None]


@pytest.mark.parametrize("field", ["private", "public"])
def test_what_is_neither_yes_nor_no_is_a_row_that_says_so(field: str) -> None:
    assert [raw.problem for raw in mails({**ROW, field: "vielleicht"})] == [
        f"the row's column for '{field}' says 'vielleicht', which is neither yes nor no"
    ]


def test_a_zendesk_ticket_gives_its_comments() -> None:
    ticket = {
        "id": 5, "subject": "Logo", "requester": {"id": 1, "email": "ann@client.example", "name": "Ann"},
        "created_at": "2026-05-04T09:00:00Z",
        "comments": [
            {"id": 8, "author_id": 1, "plain_body": "Half?", "public": True, "created_at": "2026-05-04T09:00:00Z"},
            {"id": 9, "author_id": 2, "plain_body": "No.", "public": True, "created_at": "2026-05-05T09:00:00Z"},
            {"id": 10, "author_id": 2, "plain_body": "Sigh", "public": False},
        ],
    }  # fmt: skip
    asked, answered, note = mails(ticket)
    assert [asked.shelf, answered.shelf, note.shelf] == [None, Shelf.SENT, Shelf.DRAFT]
    header = read_header(answered)
    assert header.sender is not None
    assert (header.sender.address, header.to[0].address) == (US, "ann@client.example")
    assert read_header(asked).subject == "Logo"


def test_the_other_help_desks_give_their_conversations() -> None:
    freshdesk = {
        "id": 5, "subject": "Logo", "email": "ann@client.example", "description_text": "Half?",
        "conversations": [
            {"body_text": "No.", "incoming": False, "private": False, "from_email": "us@studio.example"},
            {"body_text": "Why?", "incoming": True, "private": False, "from_email": "ann@client.example"},
        ],
    }  # fmt: skip
    help_scout = {
        "id": 5, "subject": "Logo", "primaryCustomer": {"email": "ann@client.example", "first": "Ann"},
        "_embedded": {"threads": [
            {"type": "customer", "body": "Half?", "createdBy": {"type": "customer", "email": "ann@client.example"}},
            {"type": "message", "body": "No.", "createdBy": {"type": "user", "email": "us@studio.example"}},
            {"type": "lineitem", "body": None},
            {"type": "note", "body": "Sigh", "createdBy": {"type": "user", "email": "us@studio.example"}},
        ]},
    }  # fmt: skip
    intercom = {
        "id": "5", "created_at": 1777885200,
        "source": {"subject": "Logo", "body": "<p>Half?</p>", "author": {"email": "ann@client.example"}},
        "conversation_parts": {"conversation_parts": [
            {"part_type": "assignment", "body": None, "author": {"type": "admin", "email": "us@studio.example"}},
            {"part_type": "comment", "body": "<p>No.</p>", "author": {"type": "admin", "email": "us@studio.example"}},
            {"part_type": "comment", "body": "<p>Why?</p>", "author": {"type": "user", "email": "ann@client.example"}},
        ]},
    }  # fmt: skip
    assert [raw.shelf for raw in mails(freshdesk)] == [None, Shelf.SENT, None]
    assert [raw.shelf for raw in mails(help_scout)] == [None, Shelf.SENT, Shelf.DRAFT]
    assert [raw.shelf for raw in mails(intercom)] == [None, Shelf.SENT, None]
    for row in (freshdesk, help_scout, intercom):
        first = read_header(mails(row)[0])
        assert first.sender is not None
        assert (first.sender.address, first.subject) == ("ann@client.example", "Logo")


def test_a_nested_cell_is_read_to_a_depth() -> None:
    deep: object = "ann@client.example"
    for _ in range(50_000):
        deep = [{"email": deep}]
    found = message({**ROW, "to": deep, "name": [[{"name": ["Ann"]}]]})
    assert (found.to, found.sender.name) == ((), "Ann")


def test_a_row_that_lacks_what_matters_says_so() -> None:
    assert [raw.problem for raw in mails(ROW, {**ROW, "from": "Ann"}, {**ROW, "body": " "})] == [
        "",
        "the row names no sender's address",
        "the row has no text",
    ]


cells = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda c: st.lists(c) | st.dictionaries(st.text(), c),
    max_leaves=4,
)


@settings(max_examples=50, deadline=None)
@given(
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            ("id", "thread", "name", "to", "subject", "date", "direction", "reply_to", "private"), cells
        ),
    ),
    cells,
)
def test_whatever_a_row_holds_it_ends_as_a_mail_or_a_problem(row: dict[str, object], body: object) -> None:
    (raw,) = mails({"from": "ann@client.example", "html": "x", **row, "body": body})
    assert raw.problem or read_header(raw).sender is not None
