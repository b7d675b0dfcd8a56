"""The kinds of inbox, as ``--format`` names them.

What this leaves out: everything else, so that the command line can list them without loading a reader.
"""

from enum import StrEnum


class Kind(StrEnum):
    """``takeout`` and ``thunderbird`` are folders of mbox files; ``text`` is the bare text of one mail."""

    MBOX = "mbox"
    EML = "eml"
    MAILDIR = "maildir"
    TAKEOUT = "takeout"
    THUNDERBIRD = "thunderbird"
    JSONL = "jsonl"
    CSV = "csv"
    TEXT = "text"
    MSG = "msg"
    PST = "pst"
