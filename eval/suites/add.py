"""A draft that went wrong becomes a dev case: mail, business and day as they were, and what was wrong with it.

The suite is begun where there is none. The business's files are taken over whole, its policy as a file of the suite's
own, so that the case stays what it is when the business goes on. Left out: the raw mail, of which a run keeps the text.
"""

import json
import os
from pathlib import Path
from typing import NamedTuple

from eval.suites.load import SuiteError, read_suite
from eval.suites.suite import CASES, FIRMS, HEAD, Suite, digest
from eval.types.case import Case, Expected, Firm, Mail
from pipeline.outbox.filing import slug
from pipeline.types.base import Value
from pipeline.types.decision import Action
from pipeline.types.message import Message
from pipeline.types.past import Past

_KEPT = ("profile", "clients", "invoices", "prices", "calendar")


class Wrong(NamedTuple):
    """What a person says of an outcome: why it was wrong, what would have been right, what must not happen again."""

    because: str
    expect: tuple[Action, ...] = ()  # the best first; none: the handling was right, the draft was not
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()


class Added(NamedTuple):
    """The new case, and whether its business was there already."""

    case: Case
    known: bool


def add(past: Past, business: Path, wrong: Wrong, into: Path) -> Added:
    """Append the case, and its business where the suite has none that is equal, to the suite ``into``.

    Raises:
        SuiteError: the outcome has no mail, the suite is faulty, or it has this case already.
    """
    if past.message is None:
        raise SuiteError(
            f"the outcome {past.key[:12]} has no mail that could be read, so there is nothing to try again"
        )
    suite = _suite(into)
    firm = _firm(suite, business)
    case = _case(past, past.message, wrong, firm.name)
    if any(case.id == other.id for other in suite.cases):
        raise SuiteError(f"{into / CASES} has this case already, as '{case.id}'; edit it there")
    known = firm.name in suite.firms
    if not known:
        _copy_policy(business, into / Path(firm.policy).parent)
        _append(into / FIRMS, firm)
    _append(into / CASES, case)
    return Added(case, known)


def _suite(into: Path) -> Suite:
    """The suite, begun if there is none."""
    if not into.exists():
        into.mkdir(mode=0o700, parents=True)
        name = slug(into.absolute().name) or "mine"
        _write(into / HEAD, f"schema: 1\nname: {name}\ntitle: Drafts that went wrong\n")
        for file in (CASES, FIRMS):
            _write(into / file, "")
    suite, faults = read_suite(into)
    if suite is None:
        raise SuiteError(f"{faults[0]}; 'candor eval suite check {into}' tells all")
    return suite


def _case(past: Past, message: Message, wrong: Wrong, firm: str) -> Case:
    day = message.sent.date() if message.sent else past.today
    handling = wrong.expect or (past.action,)
    not_so = () if past.action in handling else (f"handle it as '{past.action}' ({past.code})",)
    return Case(
        id=f"{past.today.isoformat()}-{past.key[:12]}",
        language=message.language if len(message.language) == len("en") else "en",
        business=firm,
        day=past.today,
        mail=Mail(
            subject=message.subject,
            name=message.sender.name,
            address=message.sender.address,
            sent=day,
            body="\n\n".join(filter(None, (message.body, message.signature, message.history))),
        ),
        expected=Expected(handling=handling),
        must=wrong.must,
        must_not=(*not_so, *wrong.must_not) or (wrong.because,),
        tags=("went-wrong",),
        because=wrong.because,
    )


def _firm(suite: Suite, business: Path) -> Firm:
    """The business as a row, under its name or, where another has that, with a number."""
    files = {path.name: path.read_text(encoding="utf-8-sig") for path in _kept(business)}
    policy = [path.read_bytes() for path in _policy(business)]
    base, number = slug(business.absolute().name) or "business", 1
    while True:
        name = base if number == 1 else f"{base}-{number}"
        firm = Firm(name=name, policy=f"policies/{name}/policy.yaml", files=dict(files))
        before = suite.firms.get(name)
        if before is None:
            return firm
        theirs = [path.read_bytes() for path in _policy(suite.folder / "policies" / name)]
        if digest(before, *theirs) == digest(firm, *policy):
            return firm
        number += 1


def _kept(business: Path) -> list[Path]:
    """The profile and the records, which are YAML or CSV."""
    named = (path for path in business.iterdir() if path.stem in _KEPT)
    return sorted(path for path in named if path.suffix in {".yaml", ".csv"})


def _policy(folder: Path) -> list[Path]:
    return [folder / "policy.yaml", *sorted((folder / "texts").glob("*.yaml"))]


def _copy_policy(business: Path, to: Path) -> None:
    for path in _policy(business):
        copy = to / path.relative_to(business)
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(copy, path.read_text(encoding="utf-8-sig"))


def _append(path: Path, row: Value) -> None:
    before = path.read_text(encoding="utf-8")
    line = json.dumps(row.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)
    gap = "" if not before or before.endswith("\n") else "\n"
    _write(path, f"{before}{gap}{line}\n")


def _write(path: Path, text: str) -> None:
    """Whole or not at all; a new file is for its owner's eyes only, since it holds a client's words."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
    new = path.with_name(f".{path.name}.new")
    number = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    new.replace(path)
