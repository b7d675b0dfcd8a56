"""What ``batch`` says when ``--only``, ``--since`` or ``--retry-failed`` left it nothing to do: why, and what to do.

What this leaves out: a name that is nobody's, which is refused before anything is read.
"""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from email.utils import parseaddr
from pathlib import Path
from typing import NamedTuple

from pipeline.batch.job import Choice
from pipeline.batch.runner import Summary

_NEAR, _MANY = 0.6, 3  # how like an address must be to be named, and how many are


class Listed(NamedTuple):
    """A mail that has its row: from whom (an address, in lower case), and when (an ISO day); either may be empty."""

    sender: str
    day: str


def listed(row: dict[str, str]) -> Listed:
    """A row of ``summary.csv``."""
    return Listed(parseaddr(row.get("from", ""))[1].lower(), row.get("date", ""))


def unchosen(summary: Summary, choice: Choice, rows: Iterable[Listed], business: Path) -> tuple[str, str] | None:
    """Why nothing was chosen, and what to do, a sentence or two each; None where something was, or all was wanted."""
    narrowed = choice.failed or choice.only or choice.since
    if not narrowed or summary.ended or summary.waiting or summary.interrupted or summary.error:
        return None
    known = tuple(rows)
    what = "mail" + (f" from {choice.only}" if choice.only else "")
    what += f" since {choice.since}" if choice.since else ""
    if choice.failed:
        why = f"no {what} has failed"
    elif any(map(_suiting(choice, business), known)):
        why = f"all {what} has its row already"
    else:
        why = f"this inbox holds no {what}"
    return f"Nothing was chosen: {why}.", _hint(summary, choice, why, known)


def _suiting(choice: Choice, business: Path) -> Callable[[Listed], bool]:
    from pipeline.batch.choice import whose
    from pipeline.business.folder import load_business

    theirs = whose(choice.only, load_business(business)) if choice.only else None
    first = choice.since.isoformat() if choice.since else ""
    return lambda one: (theirs is None or theirs(one.sender)) and (not one.day or one.day >= first)


def _hint(summary: Summary, choice: Choice, why: str, rows: tuple[Listed, ...]) -> str:
    asked = {"--retry-failed": choice.failed, "--only": choice.only, "--since": choice.since}
    options = " and ".join(name for name, given in asked.items() if given)
    near = ""
    if choice.only and why.startswith("this inbox"):
        close = get_close_matches(choice.only.lower(), {one.sender for one in rows}, _MANY, _NEAR)
        near = f"Do you mean {' or '.join(close)}? " if close else ""
    if not summary.others:
        return f"{near}All mails of this inbox have their row; 'candor export' writes the files again."
    waits = "1 mail waits" if summary.others == 1 else f"{summary.others:,} mails wait"
    return f"{near}{waits}: the same command without {options} goes on with {'it' if summary.others == 1 else 'them'}."
