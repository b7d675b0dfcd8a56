from typing import Any

import pytest

from pipeline.inbox.headers import Head
from pipeline.inbox.source import Shelf
from pipeline.inbox.threads import Fate, Own, Union, screen
from pipeline.types.message import Skip
from tests.inbox.letters import head
from tests.soon import soon

US = "us@studio.example"
OWN = Own(frozenset({US}), frozenset({"studio.example"}), frozenset({"help@studio.example"}))


def to(*addresses: str) -> dict[str, Any]:
    return {"recipients": addresses}


def after(*seqs: int) -> dict[str, Any]:
    return {"references": tuple(f"<{seq}@x.example>" for seq in seqs)}


def skips(*heads: Head) -> list[Skip | None]:
    fates = screen(heads, OWN)
    return [fates[seq].skip for seq in sorted(fates)]


def test_a_mail_alone_is_its_own_thread_and_wants_an_answer() -> None:
    assert screen([head(0)], OWN) == {0: Fate("<0@x.example>")}


def test_only_the_latest_mail_of_a_thread_is_answered() -> None:
    fates = screen([head(0), head(1, **after(0)), head(2, **after(1))], OWN)
    assert (fates[0].skip, fates[1].skip, fates[2].skip) == (Skip.SUPERSEDED, Skip.SUPERSEDED, None)
    assert {fate.thread for fate in fates.values()} == {"<0@x.example>"}


def test_what_we_answered_is_answered_and_a_new_mail_is_not() -> None:
    ours = head(1, US, **after(0), **to("ann@client.example"))
    assert skips(head(0), ours) == [Skip.ANSWERED, Skip.OWN]
    assert skips(head(0), ours, head(2, **after(0, 1))) == [Skip.SUPERSEDED, Skip.OWN, None]


def test_earlier_own_says_that_we_wrote_before() -> None:
    fates = screen([head(0), head(1, US, **after(0)), head(2, **after(1))], OWN)
    assert [fates[seq].earlier_own for seq in range(3)] == [False, False, True]


def test_one_sender_may_have_two_threads() -> None:
    assert skips(head(0), head(1)) == [None, None]


def test_a_newsletter_of_ours_does_not_bind_those_who_reply_to_it() -> None:
    news = head(0, US, **to("all@studio.example"))
    clients = [head(n, f"c{n}@client{n}.example", **after(0)) for n in (1, 2, 3)]
    reply = head(4, US, **after(0, 1), **to("c1@client1.example"))
    assert skips(news, *clients, reply) == [Skip.OWN, Skip.ANSWERED, None, None, Skip.OWN]


def test_a_mail_without_a_date_follows_the_one_before_it() -> None:
    assert skips(head(0), head(1, sent=None, **after(0)), head(2, hours=-1)) == [Skip.SUPERSEDED, None, None]


def test_dates_and_not_the_inbox_order_say_what_is_latest() -> None:
    assert skips(head(0, hours=9, **after(1)), head(1, hours=1)) == [None, Skip.SUPERSEDED]


def test_a_copy_is_a_duplicate_and_the_direct_copy_stays() -> None:
    same: dict[str, Any] = {"message_id": "<m@x.example>"}
    assert skips(head(0, body_hash="b", **same), head(1, body_hash="b", **same)) == [None, Skip.DUPLICATE]
    listed = head(0, **same, list_id=True, bulk=True)
    assert skips(listed, head(1, hours=0, **same)) == [Skip.DUPLICATE, None]


def test_two_mails_under_one_id_are_both_kept_and_told_apart() -> None:
    fates = screen([head(0, message_id="<m@x.example>"), head(1, message_id="<m@x.example>")], OWN)
    assert fates[0].thread != fates[1].thread


def test_a_mail_through_our_list_is_no_copy_of_another_mail_that_took_its_id() -> None:
    through: dict[str, Any] = {"message_id": "<m@x.example>", "list_id": True, **to("help@studio.example")}
    assert skips(head(0, **through), head(1, "eve@other.example", message_id="<m@x.example>")) == [None, None]


def test_mails_without_a_sender_are_nobody_s_earlier_ones() -> None:
    assert skips(head(0, ""), head(1, "", **after(0))) == [None, None]


def test_two_clients_behind_one_form_are_two() -> None:
    form = "noreply@forms.example"
    ann: dict[str, Any] = {"reply_to": "ann@client.example"}
    bob: dict[str, Any] = {"reply_to": "bob@other.example"}
    same: dict[str, Any] = {"message_id": "<m@x.example>", "body_hash": "b"}
    assert skips(head(0, form, **ann, **same), head(1, form, **bob, **same)) == [None, None]
    assert skips(head(0, form, **ann), head(1, form, **bob, **after(0))) == [None, None]
    assert skips(head(0, US, **ann), head(1, US, **bob, **after(0))) == [None, None]
    assert skips(head(0, form, **ann), head(1, form, **ann, **after(0))) == [Skip.SUPERSEDED, None]
    ours = head(2, US, **after(0, 1), **to("ann@client.example"))
    assert skips(head(0, form, **ann), head(1, form, **bob, **after(0)), ours) == [Skip.ANSWERED, None, Skip.OWN]


def test_a_stranger_who_refers_to_a_mail_does_not_supersede_it() -> None:
    assert skips(head(0), head(1, "eve@other.example", **after(0))) == [None, None]
    assert skips(head(0), head(1, "eve@other.example", reply_to="ann@client.example", **after(0))) == [None, None]


def test_a_colleague_s_mail_to_a_colleague_answers_nobody() -> None:
    assert skips(head(0), head(1, US, **after(0), **to("bob@studio.example"))) == [None, Skip.OWN]


def test_our_reply_to_someone_else_at_the_client_s_firm_answers() -> None:
    assert skips(head(0), head(1, US, **after(0), **to("boss@client.example"))) == [Skip.ANSWERED, Skip.OWN]
    bob = head(1, "bob@client.example", **after(0))
    ours = head(2, US, **after(0, 1), **to("bob@client.example"))
    assert skips(head(0), bob, ours) == [None, Skip.ANSWERED, Skip.OWN]


def test_our_reply_in_an_export_without_recipients_answers_what_it_replies_to() -> None:
    assert skips(head(0), head(1, US, **after(0))) == [Skip.ANSWERED, Skip.OWN]


def test_a_mail_that_names_us_and_a_client_as_its_senders_is_not_ours() -> None:
    assert skips(head(0, US, others=("ann@client.example",))) == [None]
    assert skips(head(0, US, others=("me@studio.example",))) == [Skip.OWN]


def test_a_tag_is_a_list_s_only_if_the_mail_is_not_addressed_to_us() -> None:
    assert skips(head(0, tag="typefans", **to("typefans@lists.example"))) == [Skip.LIST]
    assert skips(head(0, tag="us", **to(US))) == [None]
    assert skips(head(0, tag="typefans", **to("typefans@lists.example", US))) == [None]


def test_one_id_and_body_of_two_senders_are_two_mails() -> None:
    same: dict[str, Any] = {"message_id": "<m@x.example>", "body_hash": "empty"}
    assert skips(head(0, **same), head(1, "bob@other.example", **same)) == [None, None]


def test_list_mail_is_skipped_unless_it_is_addressed_to_our_list() -> None:
    assert skips(head(0, bulk=True)) == [Skip.LIST]
    assert skips(head(0, bulk=True, **to("help@studio.example"))) == [None]


def test_machines_neither_supersede_nor_answer() -> None:
    away = head(1, machine=Skip.MACHINE, **after(0))
    receipt = head(2, US, machine=Skip.MACHINE, **after(0), **to("ann@client.example"))
    assert skips(head(0), away, receipt) == [None, Skip.MACHINE, Skip.MACHINE]


def test_a_web_form_is_not_our_own_mail() -> None:
    assert skips(head(0, US, reply_to="ann@client.example")) == [None]
    assert skips(head(0, US, reply_to="desk@studio.example")) == [Skip.OWN]
    assert skips(head(0, "ann@sub.studio.example")) == [None]


def test_ten_thousand_mails_in_one_thread_are_settled_soon() -> None:
    mails = [head(0)] + [head(n, **after(n - 1)) for n in range(1, 10_000)]
    with soon():
        fates = screen(mails, OWN)
    assert [seq for seq, fate in fates.items() if fate.skip is None] == [9_999]


def test_a_draft_of_ours_that_lies_in_the_inbox_answers_nothing() -> None:
    draft = head(1, US, unsent=True, **after(0), **to("ann@client.example"))
    fates = screen([head(0), draft, head(2, "bob@other.example", **after(1))], OWN)
    assert [(fates[seq].skip, fates[seq].earlier_own) for seq in range(3)] == [
        (None, False), (Skip.OWN, False), (None, False),
    ]  # fmt: skip


def test_a_stranger_cannot_hide_a_mail_by_calling_it_unsent() -> None:
    assert skips(head(0, unsent=True)) == [None]


def test_what_lies_among_the_sent_mail_is_ours_under_any_address() -> None:
    ours = head(1, "me@elsewhere.example", shelf=Shelf.SENT, **after(0), **to("ann@client.example"))
    assert skips(head(0), ours) == [Skip.ANSWERED, Skip.OWN]


def test_a_draft_by_its_shelf_answers_nothing() -> None:
    draft = head(1, "me@elsewhere.example", shelf=Shelf.DRAFT, **after(0), **to("ann@client.example"))
    fates = screen([head(0), draft, head(2, "bob@other.example", **after(1))], OWN)
    assert [(fates[seq].skip, fates[seq].earlier_own) for seq in range(3)] == [
        (None, False), (Skip.OWN, False), (None, False),
    ]  # fmt: skip


@pytest.mark.parametrize("shelf", [Shelf.TRASH, Shelf.SPAM, Shelf.CHAT])
def test_what_was_thrown_away_neither_supersedes_nor_answers(shelf: Shelf) -> None:
    thrown = head(1, shelf=shelf, **after(0))
    answer = head(2, US, shelf=shelf, **after(0), **to("ann@client.example"))
    assert skips(head(0), thrown, answer) == [None, Skip.DISCARDED, Skip.DISCARDED]


def test_what_was_thrown_away_still_joins_the_mails_around_it() -> None:
    assert skips(head(0), head(1, shelf=Shelf.TRASH, **after(0)), head(2, **after(1))) == [
        Skip.SUPERSEDED, Skip.DISCARDED, None,
    ]  # fmt: skip


def test_of_two_copies_the_one_in_the_trash_goes() -> None:
    same: dict[str, Any] = {"message_id": "<m@x.example>", "body_hash": "b"}
    assert skips(head(0, shelf=Shelf.TRASH, **same), head(1, **same)) == [Skip.DISCARDED, None]


def test_of_two_copies_the_one_we_sent_tells_whose_it_is() -> None:
    same: dict[str, Any] = {"message_id": "<m@x.example>", "body_hash": "b"}
    ours = "me@elsewhere.example"
    assert skips(head(0, ours, **same), head(1, ours, shelf=Shelf.SENT, **same)) == [Skip.DUPLICATE, Skip.OWN]


def test_gmail_s_thread_joins_mails_that_name_no_other() -> None:
    assert skips(head(0, gmail_thread="18"), head(1, gmail_thread="18"), head(2, gmail_thread="19")) == [
        Skip.SUPERSEDED, None, None,
    ]  # fmt: skip


def test_references_join_beside_gmail_s_thread() -> None:
    fates = screen([head(0, gmail_thread="18"), head(1, **after(0)), head(2, gmail_thread="18")], OWN)
    assert [fates[seq].skip for seq in range(3)] == [Skip.SUPERSEDED, Skip.SUPERSEDED, None]
    assert {fate.thread for fate in fates.values()} == {"<0@x.example>"}


def test_a_thread_holds_when_references_were_cut_to_the_first_and_the_last() -> None:
    mails = [head(0), *(head(n, **after(n - 1)) for n in range(1, 9)), head(9, **after(0, 8))]
    assert skips(*mails) == [*[Skip.SUPERSEDED] * 9, None]


def test_a_thread_holds_when_a_program_kept_only_the_last_id() -> None:
    assert skips(head(0), head(1, **after(0)), head(2, **after(1))) == [Skip.SUPERSEDED, Skip.SUPERSEDED, None]


def test_joined_numbers_stand_under_the_smallest() -> None:
    joined = Union(6)
    for one, other in [(5, 4), (4, 2), (3, 1)]:
        joined.join(one, other)
    assert [joined.root(n) for n in range(6)] == [0, 1, 2, 1, 2, 2]
