import pytest

from pipeline.values.senders import given_name


@pytest.mark.parametrize(
    ("shown", "first"),
    [
        ("Anna Berg", "Anna"),
        ("Anna", "Anna"),
        ("Prof. Anna Berg", "Anna"),
        ("Prof. Dr. Anna Berg", "Anna"),
        ("PROF Anna Berg", "Anna"),
        ("Mme Claire Roux", "Claire"),
        ("Sra. Ana Prieto", "Ana"),
        ("Prof. Berg", ""),
        ("Mr Poole", ""),
        ("M. Dupont", ""),
        ("Dr.", ""),
        ("", ""),
    ],
)
def test_nobody_is_greeted_by_a_title_or_a_bare_family_name(shown: str, first: str) -> None:
    assert given_name(shown) == first
