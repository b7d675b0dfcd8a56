import io

import pytest

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


def test_a_file_with_lone_cr_line_ends_is_split() -> None:
    two = b"".join(STAMP + letter(name) + b"\n" for name in (b"one", b"two")).replace(b"\n", b"\r")
    assert split(two) == [letter(b"one"), letter(b"two")]


def test_takeout_and_groups_write_the_zone_before_the_year() -> None:
    stamps = (b"From 1844@xxx Mon Jan 01 09:53:04 +0000 2024\n", b"From 2866@xxx Thu Apr 16 09:53:04 +0000 2015\n")
    letters = [letter(b"%d" % n) for n in range(2)]
    assert split(b"\n".join(s + one for s, one in zip(stamps, letters, strict=True))) == letters


def test_a_full_stamp_needs_no_blank_line_before_it() -> None:
    takeout = b"From 1844@xxx Mon Jan 01 09:53:04 +0000 2024\n"
    assert split(STAMP + letter(b"one") + takeout + letter(b"two") + STAMP + letter(b"three")) == [
        letter(b"one"),
        letter(b"two"),
        letter(b"three"),
    ]


def test_a_mark_in_the_middle_of_a_line_is_left_alone() -> None:
    body = b"a>From b\n>>>From c >From d\nend From \n"
    assert split(STAMP + letter(b"one", body)) == [letter(b"one", body.replace(b">>>From c", b">>From c"))]


def test_blocks_are_cut_anywhere_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = [letter(b"%d" % n, b"text\n>From x\n\nFrom here\n" * n) for n in range(9)]
    whole = split(b"\n".join(STAMP + one for one in letters))
    assert len(whole) == 9
    for size in range(1, 60):
        monkeypatch.setattr(mbox, "_BLOCK", size)
        assert split(b"\n".join(STAMP + one for one in letters)) == whole


def test_an_mbox_is_told_from_a_letter_that_begins_with_from() -> None:
    assert mbox.begins(STAMP)
    assert mbox.begins(b"\xef\xbb\xbf\r\nFrom 1844@xxx\r\nX-GM-THRID: 1\r\n")
    assert mbox.begins(b">From - Mon May 04 2026\n")
    assert not mbox.begins(b"From 10:30 on we are there.\nBest\n")
    assert not mbox.begins(b"From: ann@client.example\n")
