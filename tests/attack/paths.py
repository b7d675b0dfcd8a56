"""Strings that break headers, ids and paths, in every header that a reply repeats: ``python -m tests.attack.paths``.

Each is carried into the subject, the sender's name, the ids, the address to answer to and the name of a file; also as
encoded words that hold line breaks. What is exported is read again by the oracle, and every file that is touched
outside the folder is told. It needs no model, so that it runs on any Python that the packages are installed for.
"""

import sys
from collections import Counter
from collections.abc import Iterator

from tests.attack.corpus import Injection, at_hand, injections
from tests.attack.hosts import hosts
from tests.attack.plan import Run
from tests.attack.runs import Ended, ended
from tests.attack.table import broken

PLACES = ("subject", "name", "ids", "reply_to", "attachment")
_OWN = (
    "Hi\r\nBcc: x@evil.example", "Hi\nBcc: x@evil.example", "Hi\rBcc: x@evil.example", "Hi\r\n\r\nBody",
    "=?utf-8?q?Hi=0D=0ABcc:_x@evil.example?=",
    "=?utf-8?b?SGkNCkJjYzogeEBldmlsLmV4YW1wbGU=?=",
    "../../../../tmp/x", "..\\..\\x", "/etc/passwd", "x" * 3_000, "\0\0\0",
    "a@b.example>, <c@evil.example",
    "\u2028Bcc: x@evil.example", "\x85Bcc: x@evil.example",
    "=?utf-8?q?=?=", "<>", "con", "x@evil.example, y@evil.example",
    "=?x?z?y?=", "\U000e0042cc",
)  # fmt: skip
_KINDS = {"crlf", "path_traversal", "email_address_invalid", "email_address_valid", "control_chars", "terminal_escape",
          "unicode", "format_string", "json", "xss"}  # fmt: skip


def strings() -> Iterator[Injection]:
    """Ours, then those at hand."""
    for number, text in enumerate(_OWN):
        yield Injection(f"own-{number}", "own", "header", text, "", "text")
    if at_hand():
        yield from (one for one in injections() if one.folder == "fuzzdb" and one.kind in _KINDS)


def over_headers() -> Iterator[Run]:
    """Every string in every place, answered honestly."""
    for number, one in enumerate(strings()):
        for place in PLACES:
            yield Run(number, hosts()[number % 4], one, place, "headers", "careful", "sound")


def main() -> int:
    """Print how all, or every so many, ended; 1 if anything broke."""
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    runs, found = list(over_headers())[::every], list[Ended]()
    for start in range(0, len(runs), 40):
        found += ended(runs[start : start + 40])
    bad = [one for one in found if broken(one) or one.broken]
    print(sys.version.split()[0], len(found), dict(Counter(one.ending for one in found)), f"broken: {len(bad)}")
    print(*(f"  {one.run}: {one.broken}" for one in bad[:20]), sep="\n")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
