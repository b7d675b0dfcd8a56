import time
from typing import Any

from pipeline.inbox.headers import Header
from pipeline.inbox.threads import Fate, Own, screen
from pipeline.types.message import Address, Skip
from tests.inbox.letters import header

US = "us@studio.example"
OWN = Own(frozenset({US}), frozenset({"studio.example"}), frozenset({"help@studio.example"}))


def to(*addresses: str) -> dict[str, Any]:
    return {"to": tuple(Address(address=a) for a in addresses)}


def after(*seqs: int) -> dict[str, Any]:
    return {"references": tuple(f"<{seq}@x.example>" for seq in seqs)}


def skips(*headers: Header) -> list[Skip | None]:
    fates = screen(headers, OWN)
    return [fates[seq].skip for seq in sorted(fates)]


def test_a_mail_alone_is_its_own_thread_and_wants_an_answer() -> None:
    assert screen([header(0)], OWN) == {0: Fate("<0@x.example>")}


def test_only_the_latest_mail_of_a_thread_is_answered() -> None:
    fates = screen([header(0), header(1, **after(0)), header(2, **after(1))], OWN)
    assert (fates[0].skip, fates[1].skip, fates[2].skip) == (Skip.SUPERSEDED, Skip.SUPERSEDED, None)
    assert {fate.thread for fate in fates.values()} == {"<0@x.example>"}


def test_what_we_answered_is_answered_and_a_new_mail_is_not() -> None:
    ours = header(1, US, **after(0), **to("ann@client.example"))
    assert skips(header(0), ours) == [Skip.ANSWERED, Skip.OWN]
    assert skips(header(0), ours, header(2, **after(0, 1))) == [Skip.SUPERSEDED, Skip.OWN, None]


def test_earlier_own_says_that_we_wrote_before() -> None:
    fates = screen([header(0), header(1, US, **after(0)), header(2, **after(1))], OWN)
    assert [fates[seq].earlier_own for seq in range(3)] == [False, False, True]


def test_the_subject_makes_no_thread() -> None:
    assert skips(header(0, subject="Logo"), header(1, "bob@other.example", subject="Logo")) == [None, None]


def test_a_newsletter_of_ours_does_not_bind_those_who_reply_to_it() -> None:
    news = header(0, US, **to("all@studio.example"))
    clients = [header(n, f"c{n}@client{n}.example", **after(0)) for n in (1, 2, 3)]
    reply = header(4, US, **after(0, 1), **to("c1@client1.example"))
    assert skips(news, *clients, reply) == [Skip.OWN, Skip.ANSWERED, None, None, Skip.OWN]


def test_a_mail_without_a_date_follows_the_one_before_it() -> None:
    assert skips(header(0), header(1, sent=None, **after(0)), header(2, hours=-1)) == [Skip.SUPERSEDED, None, None]


def test_dates_and_not_the_inbox_order_say_what_is_latest() -> None:
    assert skips(header(0, hours=9, **after(1)), header(1, hours=1)) == [None, Skip.SUPERSEDED]


def test_a_copy_is_a_duplicate_and_the_direct_copy_stays() -> None:
    same: dict[str, Any] = {"message_id": "<m@x.example>"}
    assert skips(header(0, body_hash="b", **same), header(1, body_hash="b", **same)) == [None, Skip.DUPLICATE]
    listed = header(0, **same, list_id=True, bulk=True)
    assert skips(listed, header(1, **same)) == [Skip.DUPLICATE, None]


def test_two_mails_under_one_id_are_both_kept_and_told_apart() -> None:
    fates = screen([header(0, message_id="<m@x.example>"), header(1, message_id="<m@x.example>")], OWN)
    assert fates[0].thread != fates[1].thread


def test_one_id_and_body_of_two_senders_are_two_mails() -> None:
    same: dict[str, Any] = {"message_id": "<m@x.example>", "body_hash": "empty"}
    assert skips(header(0, **same), header(1, "bob@other.example", **same)) == [None, None]


def test_list_mail_is_skipped_unless_it_is_addressed_to_our_list() -> None:
    assert skips(header(0, bulk=True)) == [Skip.LIST]
    assert skips(header(0, bulk=True, **to("help@studio.example"))) == [None]


def test_machines_neither_supersede_nor_answer() -> None:
    away = header(1, machine=Skip.MACHINE, **after(0))
    receipt = header(2, US, machine=Skip.MACHINE, **after(0), **to("ann@client.example"))
    assert skips(header(0), away, receipt) == [None, Skip.MACHINE, Skip.MACHINE]


def test_a_web_form_is_not_our_own_mail() -> None:
    assert skips(header(0, US, reply_to=Address(address="ann@client.example"))) == [None]
    assert skips(header(0, US, reply_to=Address(address="desk@studio.example"))) == [Skip.OWN]
    assert skips(header(0, "ann@sub.studio.example")) == [None]


def test_ten_thousand_mails_in_one_thread_are_settled_soon() -> None:
    mails = [header(0)] + [header(n, **after(n - 1)) for n in range(1, 10_000)]
    start = time.process_time()
    fates = screen(mails, OWN)
    assert time.process_time() - start < 3
    assert [seq for seq, fate in fates.items() if fate.skip is None] == [9_999]


def test_a_draft_of_ours_that_lies_in_the_inbox_answers_nothing() -> None:
    draft = header(1, US, unsent=True, **after(0), **to("ann@client.example"))
    fates = screen([header(0), draft, header(2, "bob@other.example", **after(1))], OWN)
    assert [(fates[seq].skip, fates[seq].earlier_own) for seq in range(3)] == [
        (None, False), (Skip.OWN, False), (None, False),
    ]  # fmt: skip


def test_a_stranger_cannot_hide_a_mail_by_calling_it_unsent() -> None:
    assert skips(header(0, unsent=True)) == [None]
