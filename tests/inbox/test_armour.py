import pytest

from pipeline.errors import UnreadableError
from pipeline.inbox.armour import Opened, opened

SIGNATURE = "-----BEGIN PGP SIGNATURE-----\nVersion: 1\n\niQEz\n-----END PGP SIGNATURE-----"
BLOCK = "-----BEGIN PGP MESSAGE-----\nVersion: 1\n\nhQEM\n-----END PGP MESSAGE-----"
KEY = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQEN\n-----END PGP PUBLIC KEY BLOCK-----"


def test_of_a_signed_text_the_words_between_the_marks_are_left() -> None:
    signed = f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nhi\n- -- Ann\n{SIGNATURE}"
    assert opened(signed) == Opened("hi\n-- Ann", sealed=False)
    assert opened(f"Above.\n{signed}\nBelow.").text == "Above.\nhi\n-- Ann\nBelow."


def test_an_encrypted_text_is_refused_and_a_block_beside_words_is_left_out() -> None:
    with pytest.raises(UnreadableError, match="encrypted, not read"):
        opened(f"\n{BLOCK}\n\nSent from my phone")
    assert opened(f"The password is in here, please keep it.\n{BLOCK}") == Opened(
        "The password is in here, please keep it.", sealed=True
    )


def test_a_key_is_no_words_and_a_quoted_mark_is_one() -> None:
    assert opened(f"My key:\n{KEY}").text == "My key:"
    quoted = "> -----BEGIN PGP SIGNED MESSAGE-----\n> hi"
    assert opened(quoted).text == quoted


@pytest.mark.parametrize("text", ["plain", "", "-----BEGIN PGP -----", "-----BEGIN PGP SIGNED MESSAGE-----"])
def test_anything_else_ends_without_an_error(text: str) -> None:
    assert not opened(text).sealed
