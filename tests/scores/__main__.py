"""``make scores``: the offline model's decisions on both halves of the labelled mails, then the mail part's tables.

The reader was made with one half in sight (``tuned``) and the other out of it (``held back``); a mail's half is the
parity of its id's SHA-256. Left out: drafts; ``tests.scores.letters`` prints some to be read.
"""

import asyncio
import hashlib
from pathlib import Path

from tests.scores import annotated, business, mail, recorded
from tests.scores.labelled import Suite
from tests.scores.offline import Row, figures, rows

DEVSET = Path(__file__).parents[2] / "../shared/devset"


def tuned(id_: str) -> bool:
    """Whether a case was in sight while the offline reader was made."""
    return int(hashlib.sha256(id_.encode()).hexdigest(), 16) % 2 == 0


def main() -> None:
    """Print every table whose mail is at hand."""
    if (DEVSET / "requests.jsonl").exists():
        suite = Suite.load(DEVSET)
        read = asyncio.run(rows(suite.cases, suite.firms))
        print("offline decisions (bars: right >= 95 %, answered >= 60 %, harm 0)")
        print(figures("tuned", [row for row in read if tuned(row.case.id)]))
        print(figures("held back", [row for row in read if not tuned(row.case.id)]))
        print(*_by_language(read), sep="\n")
        annotated.main()
    else:
        print("skipped: the labelled mails are not at hand")
    business.main()
    recorded.main()
    if mail.MAIL.exists():
        mail.main()
    else:
        print("skipped: the mail corpora are not at hand")


def _by_language(read: list[Row]) -> list[str]:
    codes = sorted({row.case.language for row in read})
    return [figures(f"  {code}", [row for row in read if row.case.language == code]) for code in codes]


if __name__ == "__main__":
    main()
