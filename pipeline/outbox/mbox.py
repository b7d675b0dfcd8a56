"""All drafts in one mbox file, for Thunderbird and every other program that imports one.

The mboxrd form: each line of a mail that begins with ``From `` behind any number of ``>`` gets one more, so that
reading undoes it. The X-Mozilla headers let Thunderbird treat what it imports as drafts; other programs ignore them.
"""

from collections.abc import Iterable, Iterator

import re2

_FROM = re2.compile(rb"(?m)^(>*From )")
# A fixed time: the line is no fact about the mail, and the file must be the same on every run.
_OPENING = (
    b"From - Thu Jan  1 00:00:00 1970\n"
    b"X-Mozilla-Status: 0000\n"
    b"X-Mozilla-Status2: 00000000\n"
    b"X-Mozilla-Draft-Info: internal/draft; vcard=0; receipt=0; DSN=0; uuencode=0\n"
)


def mbox(drafts: Iterable[bytes]) -> Iterator[bytes]:
    """One chunk a draft, each with plain line ends and the blank line that ends it; chunks may simply be joined."""
    for draft in drafts:
        text = draft.replace(b"\r\n", b"\n").rstrip(b"\n")
        yield _OPENING + _FROM.sub(rb">\1", text) + b"\n\n"
