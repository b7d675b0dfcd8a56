import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.inbox.addresses import found, mailbox, parse
from tests.soon import soon


def read(value: str) -> list[tuple[str, str]]:
    return [(one.address, one.name) for one in parse(value, str.strip)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ann@client.example", [("ann@client.example", "")]),
        ("Ann Lee <Ann@Client.EXAMPLE>", [("ann@client.example", "Ann Lee")]),
        ('"Lee, Ann" <ann@client.example>', [("ann@client.example", "Lee, Ann")]),
        ("Ann (at work) <ann@client.example>", [("ann@client.example", "Ann")]),
        ("a@x.example, b@y.example; c@z.example", [("a@x.example", ""), ("b@y.example", ""), ("c@z.example", "")]),
        ("Team: a@x.example, b@y.example;", [("a@x.example", ""), ("b@y.example", "")]),
        ("undisclosed-recipients:;", []),
        ("ann@client.example.", [("ann@client.example", "")]),
        ("<@relay.example:ann@client.example>", [("ann@client.example", "")]),
        ("Ann <ann@x.example> <bob@y.example>", [("ann@x.example", "Ann"), ("bob@y.example", "")]),
        ('"boss@studio.example" <thief@evil.example>', [("thief@evil.example", "boss@studio.example")]),
        ("Ann <ann@@client.example>", []),
        ("Ann <ann at client.example>", []),
        ("<a@b@c.example>", []),
        ("=?utf-8?q?Lee,_Ann:?= <ann@client.example>", [("ann@client.example", "=?utf-8?q?Lee,_Ann:?=")]),
        ("<>", []),
        ('"', []),
        ("Ann <ann@bücher.example>", [("ann@xn--bcher-kva.example", "Ann")]),
    ],
)
def test_mailboxes_are_found_and_doubtful_ones_not(value: str, expected: list[tuple[str, str]]) -> None:
    assert read(value) == expected
    assert found(value, str.strip) == tuple(address for address, _ in expected)


PIECES = st.sampled_from([
    '"', "(", ")", "<", ">", "@", "a", "b.example", "us@x.example", " ", ",", ";", ":", "=?utf-8?q?", "?=", "\\", ".",
    "é", "<a@b.example>", "Name ", "\t", "[", "]", "'",
])  # fmt: skip


@given(st.lists(PIECES, max_size=10).map("".join))
def test_the_short_way_finds_the_same_addresses(value: str) -> None:
    assert found(value, str.strip) == tuple(dict.fromkeys(address for address, _ in read(value)))


def test_an_encoded_word_in_the_brackets_is_no_address() -> None:
    assert mailbox("=?utf-8?q?ann=40client.example?=") == ""


@pytest.mark.parametrize("unit", ['"', '"\\', "(", "(\\", "<", ",", "a@b,", ".", "a ", '"a" ', "<@a,", "a:", "[", "\\"])
def test_sixteen_kilobytes_of_anything_end_soon(unit: str) -> None:
    with soon():
        read((unit * 16_000)[:16_000])
        found((unit * 16_000)[:16_000], str.strip)
