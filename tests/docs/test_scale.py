"""The arithmetic of docs/scale.md is what comes out now, and its figures are those of the other documents."""

from pipeline.batch.cluster import parcels
from tests.docs import scale

MODELS = (scale.PAGE.parent / "models.md").read_text(encoding="utf-8")


def test_the_tables_are_those_that_come_out() -> None:
    page = scale.PAGE.read_text(encoding="utf-8")
    assert scale.written(page) == page, "python -m tests.docs.scale writes them anew"


def test_the_tokens_are_those_of_the_page_on_models() -> None:
    assert "4,500 to 4,700 / 300 to 460" in MODELS
    assert "3,400 to 3,500 / 470 to 600" in MODELS
    assert (scale.READING, scale.WORDING) == ((4_700, 460), (3_500, 600))
    assert f"{scale.SAME:.0%}".replace("%", " %") in MODELS


def test_every_message_is_of_one_kind() -> None:
    assert {sum(one.kinds.values()) for one in scale.LOADS} == {scale.MESSAGES}


def test_one_mail_by_hand() -> None:
    """8,200 tokens in and 1,060 out, a twentieth of it twice."""
    every = scale.LOADS[1]
    assert every.tokens == (round(8_200 * 1.05 * scale.MESSAGES), round(1_060 * 1.05 * scale.MESSAGES))
    assert every.calls == 21_000_000


def test_a_parcel_holds_what_the_page_says() -> None:
    assert (parcels.MAILS, parcels._BYTES) == (1_000, 64 * 2**20)
