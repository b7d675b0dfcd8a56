import pytest

from pipeline.inbox.charsets import decode


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        (b"plain", None, "plain"),
        ("Grüße".encode(), None, "Grüße"),
        ("Grüße".encode(), "iso-8859-1", "Grüße"),
        ("Grüße".encode("cp1252"), "iso-8859-1", "Grüße"),
        ("5 € für “dich”".encode("cp1252"), "iso-8859-1", "5 € für “dich”"),
        ("Grüße".encode(), "us-ascii", "Grüße"),
        ("été 5 €".encode("iso-8859-15"), "iso-8859-15", "été 5 €"),
        ("中文字".encode("gb18030"), "gb2312", "中文字"),
        ("똠방각하".encode("cp949"), "ks_c_5601-1987", "똠방각하"),
        ("こんにちは".encode("iso-2022-jp"), "ISO-2022-JP", "こんにちは"),
        ("こんにちは".encode("cp932"), "Shift_JIS", "こんにちは"),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет"),
        ("\ufeffhallo ü".encode("utf-16"), None, "hallo ü"),
        ("\ufeffhallo ü".encode(), "utf-8", "hallo ü"),
        ("Grüße".encode(), "no-such-charset", "Grüße"),
        (b"abc", "base64", "abc"),
        (b"YWJj", "zlib_codec", "YWJj"),
        ("Grüße".encode(), '"utf-8"', "Grüße"),
    ],
)  # fmt: skip
def test_a_text_is_read_whatever_its_label(data: bytes, label: str | None, text: str) -> None:
    assert decode(data, label).removeprefix("\ufeff") == text


def test_a_cut_character_costs_that_character_only() -> None:
    assert decode("Здравствуйте".encode()[:-1]) == "Здравствуйт\ufffd"


def test_an_unlabelled_text_is_guessed() -> None:
    text = "Уважаемые коллеги, не могли бы вы сделать скидку на следующий заказ? " * 3
    assert decode(text.encode("cp1251")) == text


@pytest.mark.parametrize("label", ["punycode", "idna", "unicode_escape", "rot13", "undefined", "\0", "x" * 5_000, ""])
def test_a_codec_that_is_not_for_text_is_never_used(label: str) -> None:
    assert decode("Grüße -a9".encode(), label) == "Grüße -a9"


@pytest.mark.parametrize("label", [None, "utf-8", "utf-7", "utf-16", "gb2312", "cp1252", "shift_jis", "iso-2022-jp"])
def test_any_bytes_give_text_that_can_be_stored(label: str | None) -> None:
    for data in (bytes(range(256)), b"\xff\xfe\x00\xd8", b"+2AA-\xe9", b"\x1b$B\xff", b"\xed\xa0\x80"):
        assert decode(data, label).encode()


@pytest.mark.parametrize(
    ("label", "really"),
    [
        ("utf-8", "cp1252"),
        ("us-ascii", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("cp1252", "utf-8"),
        ("utf-8", "iso-8859-15"),
    ],
)
def test_a_label_may_lie_in_either_direction(label: str, really: str) -> None:
    text = "Könnten Sie uns für die größeren Drucke etwas nachlassen? Schöne Grüße"
    assert decode(text.encode(really), label) == text
