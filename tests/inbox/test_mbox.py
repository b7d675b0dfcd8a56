import io

from pipeline.inbox import limits, mbox

STAMP = b"From ann@client.example Mon May  4 09:00:00 2026\n"


def split(data: bytes) -> list[bytes]:
    return list(mbox.split(io.BytesIO(data)))


def letter(name: bytes, body: bytes = b"hi\n") -> bytes:
    return b"Subject: " + name + b"\n\n" + body


def test_mails_come_back_as_they_were() -> None:
    letters = [letter(b"one"), letter(b"two"), letter(b"three", b"no line end")]
    assert split(b"\n".join(STAMP + one for one in letters)) == letters


def test_crlf_and_a_byte_order_mark_are_no_matter() -> None:
    two = b"\xef\xbb\xbf" + b"".join(STAMP + letter(name) + b"\n" for name in (b"one", b"two"))
    assert split(two.replace(b"\n", b"\r\n")) == [
        letter(b"one").replace(b"\n", b"\r\n"),
        letter(b"two").replace(b"\n", b"\r\n"),
    ]


def test_every_known_separator_splits() -> None:
    stamps = (b"From - Mon May 04 09:00:00 2026\n", b"From 1844@xxx\n", b"From 17@xxx Mon May 04 2026\n", STAMP)
    letters = [letter(b"%d" % n) for n in range(4)]
    assert split(b"\n".join(s + one for s, one in zip(stamps, letters, strict=True))) == letters


def test_a_sentence_that_begins_with_from_does_not_split() -> None:
    body = b"Hi,\nFrom 10:30 on we are there.\n\nFrom now on, in 2026, we pay late.\n\nFrom me@x.example\nBest\n"
    assert split(STAMP + letter(b"one", body)) == [letter(b"one", body)]


def test_a_sentence_followed_by_a_colon_splits_only_as_a_full_stamp() -> None:
    body = b"Our times:\nFrom 10:30 we are open\nNote: not on Sundays\n"
    assert split(STAMP + letter(b"one", body)) == [letter(b"one", body)]


def test_escaped_lines_lose_one_mark() -> None:
    written = letter(b"one", b">From here to there\n>>From a quote\n> From elsewhere\n")
    meant = letter(b"one", b"From here to there\n>From a quote\n> From elsewhere\n")
    assert split(STAMP + written) == [meant]


def test_a_second_from_line_above_a_mail_is_dropped() -> None:
    assert split(b"From - Mon May 04 09:00:00 2026\n>From - Mon May 04\n" + letter(b"one")) == [letter(b"one")]
    assert split(b">From - Mon May 04 2026\n" + letter(b"one")) == [letter(b"one")]


def test_a_wrong_content_length_is_ignored() -> None:
    first = b"Content-Length: 5000\n" + letter(b"one")
    assert split(STAMP + first + b"\n" + STAMP + letter(b"two")) == [first, letter(b"two")]


def test_no_mail_gives_none() -> None:
    assert [split(data) for data in (b"", b"\n\n", STAMP)] == [[], [], []]


def test_a_huge_mail_is_cut_above_the_cap_and_the_next_is_whole() -> None:
    huge = letter(b"huge", b"x" * (limits.MESSAGE + 300_000) + b"\n")
    first, second = split(STAMP + huge + b"\n" + STAMP + letter(b"two"))
    assert len(first) == limits.MESSAGE + 1
    assert second == letter(b"two")


def test_a_separator_inside_an_endless_line_does_not_split() -> None:
    body = b"x" * 64 * 1024 + STAMP + b"Subject: trick\n"
    assert len(split(STAMP + letter(b"one", body))) == 1
