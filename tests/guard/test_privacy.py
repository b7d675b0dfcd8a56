"""A private string is found in every shape that code can undo, and only then."""

import base64
import codecs
from collections.abc import Callable

import pytest

from tests.guard.good import DISCOUNT

CANARY = "KX7-quartz-90"

SHAPES: dict[str, Callable[[str], str]] = {
    "plain": str,
    "upper": str.upper,
    "spaced": " ".join,
    "dotted": ".".join,
    "underscored": "_".join,
    "reversed": lambda s: s[::-1],
    "rot13": lambda s: codecs.encode(s, "rot13"),
    "hex": lambda s: s.encode().hex(),
    "hex_upper": lambda s: s.encode().hex().upper(),
    "base64": lambda s: base64.b64encode(s.encode()).decode(),
    "base64_shifted": lambda s: base64.b64encode(b"x" + s.encode() + b"yz").decode(),
    "base64_shifted_twice": lambda s: base64.b64encode(b"xy" + s.encode()).decode(),
    "full_width": lambda s: "".join(chr(ord(c) + 0xFEE0) for c in s),
    "zero_width": "\u200b".join,
    "soft_hyphens": "\u00ad".join,
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("private", [CANARY, "Marlowe Confectionery"])
def test_a_private_string_is_found_in_every_shape(shape: Callable[[str], str], private: str) -> None:
    assert "privacy.private_string" in DISCOUNT.adding("courtesy", f"Note: {shape(private)} it is.").codes()


@pytest.mark.parametrize("words", ["\u041aX7-qu\u0430rtz-90", "KX7-qu\u0251rtz-90"])
def test_look_alike_letters_block_by_their_script(words: str) -> None:
    assert "form.script" in DISCOUNT.adding("courtesy", words).codes()


def test_part_of_a_long_private_text_is_found() -> None:
    assert "privacy.private_string" in DISCOUNT.adding("rule:discount", "The margin on this account is thin.").codes()
    assert "privacy.private_string" not in DISCOUNT.adding("rule:discount", "The margin is thin.").codes()


def test_a_short_private_word_counts_only_as_a_word() -> None:
    assert "privacy.private_string" not in DISCOUNT.adding("courtesy", "It helps them many times.").codes()
    assert "privacy.private_string" in DISCOUNT.adding("courtesy", "E m m a pays more.").codes()


def test_what_is_public_or_permitted_is_not_private() -> None:
    assert DISCOUNT.permitting(private=("Lanternworks", "Mara")).codes() == set()
    assert DISCOUNT.permitting(private=("we give at most this much", "a1")).codes() == set()


def test_what_code_filled_in_is_the_clients_to_read() -> None:
    case = DISCOUNT.adding("ask:1", 'You wrote "{ask.1.quote}".')
    quoting = case.filling("ask.1.quote", "Marlowe Confectionery pays less")
    assert quoting.codes() == set()
    assert "privacy.private_string" in quoting.adding("courtesy", "Marlowe Confectionery does.").codes()


@pytest.mark.parametrize(
    "words",
    ["Bj\u00f8rnson pays less.", "So Bjornson pays less.", "Ask Soren Bjornson about it.", "Or SOREN BJORNSON."],
)
def test_a_part_of_a_name_without_its_accents_is_found(words: str) -> None:
    case = DISCOUNT.permitting(private=("S\u00f8ren Bj\u00f8rnson",))
    assert "privacy.private_string" in case.adding("courtesy", words).codes()


def test_the_last_word_of_a_name_in_plain_prose_is_none() -> None:
    case = DISCOUNT.permitting(private=("Weber Joinery",))
    assert case.adding("courtesy", "Good joinery takes its time.").codes() == set()
