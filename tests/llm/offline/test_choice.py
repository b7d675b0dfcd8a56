import pytest

from pipeline.llm.offline.choice import three_offers
from pipeline.types.prompt import AskLine, OfferLine, SlotLine
from tests.llm.offline.mails import refusal

DATE = SlotLine(name="offer.dated.quote_date", words="23 November")
COUNT = SlotLine(name="offer.parts.instalments", words="3")


def offer(name: str, kind: str = "", asks: tuple[int, ...] = (1,), slots: tuple[str, ...] = ()) -> OfferLine:
    return OfferLine(id=name, kind=kind or name, text=f"The way called {name}", for_asks=asks, slots=slots)


def chosen(*offers: OfferLine, kinds: tuple[str, ...] = ("discount",), seed: bytes = b"") -> list[str]:
    asks = tuple(AskLine(number=n, kind=kind, quote="it", verdict="no") for n, kind in enumerate(kinds, 1))
    letter = refusal(asks=asks, offers=offers, slots=(DATE, COUNT))
    return [o.id for o in three_offers(letter, asks, seed)]


def test_three_of_three_kinds() -> None:
    told = chosen(offer("a", "same"), offer("b", "same"), offer("c"), offer("d"), offer("e"))
    assert len(told) == 3
    assert not {"a", "b"} <= set(told)


def test_what_states_a_date_or_a_price_comes_before_what_is_vague_and_a_count_is_vague() -> None:
    dated = offer("dated", slots=("offer.dated.quote_date",))
    parts = offer("parts", slots=("offer.parts.instalments",))
    for seed in (b"1", b"2", b"3", b"4"):
        assert chosen(offer("a"), parts, offer("c"), dated, seed=seed)[0] == "dated"
    assert any("parts" not in chosen(offer("a"), parts, offer("c"), dated, seed=bytes([n])) for n in range(8))


def test_among_equals_the_mail_decides_and_the_same_mail_always_the_same() -> None:
    equals = [offer(name) for name in "abcde"]
    assert chosen(*equals, seed=b"1") == chosen(*equals, seed=b"1")
    assert len({tuple(chosen(*equals, seed=bytes([n]))) for n in range(9)}) > 3


def test_each_refused_ask_is_answered_the_first_one_first() -> None:
    offers = [offer(name) for name in "abc"] + [offer("second", asks=(2,))]
    told = chosen(*offers, kinds=("discount", "rush_deadline"))
    assert told[-1] == "second"
    assert len(told) == 3


@pytest.mark.parametrize("kind", ["swap", "keep", "stopgap", "leave_out"])
def test_what_presupposes_work_under_way_is_not_offered_to_strangers(kind: str) -> None:
    offers = (offer("mine", kind), offer("a"), offer("b"), offer("c"))
    assert "mine" not in chosen(*offers, kinds=("free_work",))
    assert any("mine" in chosen(*offers, kinds=("scope_addition",), seed=bytes([n])) for n in range(9))


def test_it_is_told_last_where_nothing_else_is_left_and_never_to_a_new_project() -> None:
    offers = (offer("swap"), offer("a"), offer("b"))
    assert chosen(*offers, kinds=("free_work",))[-1] == "swap"
    assert chosen(*offers, kinds=("new_project_inquiry",)) in (["a", "b"], ["b", "a"])


def test_what_comes_too_late_for_this_time_is_told_last() -> None:
    assert chosen(offer("next_time"), offer("a"), offer("b"))[-1] == "next_time"


def test_two_offers_that_come_to_the_same_are_told_only_where_there_is_no_third() -> None:
    paid, fix = offer("paid_work"), offer("paid_fix")
    assert not {"paid_work", "paid_fix"} <= set(chosen(paid, fix, offer("a"), offer("b")))
    assert set(chosen(paid, fix, offer("a"))) == {"paid_work", "paid_fix", "a"}
