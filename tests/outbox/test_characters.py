import pytest

from pipeline.outbox.characters import one_line, plain, visible
from pipeline.outbox.terminal import safe


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("plain\n\ttext", "plain\n\ttext"),
        ("Müller & Söhne, Привет, 日本語", "Müller & Söhne, Привет, 日本語"),
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("pay\u200bpal", "pay⟨U+200B⟩pal"),
        ("soft\u00adhyphen", "soft⟨U+00AD⟩hyphen"),
        ("\x1b[31mred", "⟨U+001B⟩[31mred"),
        ("tags" + "".join(chr(0xE0000 + ord(c)) for c in "ignore"), "tags⟨U+E0069 … 6 hidden characters⟩"),
        ("\U0001f642" + "\ufe01" * 5, "\U0001f642⟨U+FE01 … 5 hidden characters⟩"),
        ("thanks \u2764\ufe0f and \U0001f469\u200d\U0001f4bb", "thanks \u2764\ufe0f and \U0001f469\u200d\U0001f4bb"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("\udcff", "⟨U+DCFF⟩"),
        ("blank \u3164 \u2800", "blank ⟨U+3164⟩ ⟨U+2800⟩"),
    ],
)
def test_hidden_characters_are_written_out_and_ordinary_writing_is_not(given: str, shown: str) -> None:
    assert visible(given) == shown


@pytest.mark.parametrize("char", [*map(chr, range(32)), *map(chr, range(127, 160)), "\u202e", "\u2066", "\u200f"])
def test_nothing_that_steers_a_terminal_passes(char: str) -> None:
    assert safe(f"a{char}b") == (f"a{char}b" if char in "\n\t" else "ab")


def test_windows_line_ends_become_plain_and_a_lone_return_cannot_overwrite_a_line() -> None:
    assert plain("a\r\nb\rc") == "a\nbc"


def test_one_line_is_one_line() -> None:
    assert one_line(" a\r\n b\u2028c\x0bd\te\x85f ") == "a b c d e f"
