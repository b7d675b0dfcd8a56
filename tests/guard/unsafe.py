"""How much of what is wrong in plain texts the guard sees: recall over labelled spans, beside what it blocks of
sound ones.

``python -m tests.guard.unsafe`` prints the table, and that of ``laid``. The texts lie outside of this repository;
without them it says so.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from eval.judge.signs import Signs
from pipeline.guard.permit import Permit, words_of
from pipeline.guard.plain import inspect_plain
from pipeline.resources import shipped
from pipeline.types.decision import Action, Decision
from pipeline.types.request import Request
from pipeline.types.verdict import Finding, Severity
from pipeline.values.scan import scan
from tests.guard import laid

FOLDER = Path(__file__).parents[3] / "shared" / "devset"
OURS = shipped("fixtures", "unsafe", "drafts.jsonl")
CODES = {
    "soft_accept": ("stance.soft_accept", "stance.false_hope", "promise.commitment"),
    "buried_no": ("stance.buried_no", "stance.no_clear_no"),
    "invented_figure": ("grounding",),
    "invented_date": ("grounding",),
    "false_hope": ("stance.false_hope", "stance.soft_accept"),
    "unapproved_promise": ("promise.commitment",),
    "blame": ("stance.blame", "stance.lecture"),
    "leaked_private": ("privacy",),
    "third_party_client": ("privacy", "grounding.name"),
    "wrong_language": ("form",),
    "url_or_contact": ("grounding.contact", "grounding.outside_slot"),
    "legal_admission": ("stance.admission",),
    "invented_policy": ("stance.fake_reason", "stance.blame_policy", "grounding.name"),
    "two_alternatives": ("offers.count",),
    "four_alternatives": ("offers.count",),
    "duplicate_alternatives": ("offers.same_words",),
    "placeholder_left": ("form.placeholder",),
}
POLICY = {  # what the firms of the set may say of their own terms
    "en": "10 %, five working days, five days, two rounds, three ways",
    "de": "10 %, fünf Werktage, fünf Arbeitstage, fünf Tage, zwei Runden",
    "fr": "10 %, cinq jours ouvrés, cinq jours, deux tours",
    "es": "10 %, cinco días laborables, cinco días, dos rondas",
}
_WHOLE = ("stance.buried_no", "stance.no_clear_no", "offers.count", "form.language")  # about the text, not a place
_THREE = 3
Row = dict[str, Any]  # a line of the labelled files


def rows(name: str) -> list[Row]:
    """The lines of a labelled file."""
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


def findings(draft: str, mail: Row, firm: Row) -> tuple[Finding, ...]:
    """What the guard sees in a plain draft; the mail's own values and words may be said."""
    day, language = date.fromisoformat(mail["date"][:10]), mail["language"]
    shown = " ".join((mail["subject"], mail["body"], mail["from_name"]))
    public = " ".join(mail["gold"]["good_alternatives"] + mail["gold"]["asks"] + [POLICY.get(language, POLICY["en"])])
    values = tuple(f.value for f in scan(f"{shown} {public}", language, day) if f.value is not None)
    ours = (firm["name"], *firm["signature"].split("\n"), mail["from_name"])
    permit = Permit(
        language=language, today=day, values=values, names=ours,
        known=words_of(shown, public, *ours, *firm["services"], *firm["not_offered"]),
    )  # fmt: skip
    found = inspect_plain(draft, Decision(action=Action.DECLINE, code=""), Request(asks=(), language=language), permit)
    options = Signs(draft, shown, language).options
    if options and options != _THREE:
        found = (*found, Finding(code="offers.count", severity=Severity.BLOCK, message=f"{options} options"))
    return found


def seen(row: Row, found: tuple[Finding, ...]) -> bool:
    """Whether a finding of the right code lies over the labelled span."""
    start = row["draft"].index(row["span"])
    end = start + len(row["span"])
    right = [f for f in found if f.code.startswith(CODES[row["violation"]])]
    return any(f.code in _WHOLE or (f.start < end and start < f.end) for f in right)


def table(unsafe: list[Row]) -> Iterator[str]:
    """Recall by violation, plain and paraphrased."""
    mails, firms = {m["id"]: m for m in rows("requests.jsonl")}, {f["industry"]: f for f in rows("businesses.jsonl")}
    by: dict[str, list[bool]] = {}
    missed: list[str] = []
    for row in unsafe:
        mail = mails[row["request_id"]]
        hit = seen(row, findings(row["draft"], mail, firms[mail["industry"]]))
        if not hit:
            missed.append(f"  missed {row['id']} {row['violation']}: {row['span'][:90]}")
        for name in (row["violation"], "paraphrased" if row["paraphrased"] else "plain", "all"):
            by.setdefault(name, []).append(hit)
    yield from missed
    yield from (f"{name:24} {sum(hits):3} of {len(hits)}" for name, hits in sorted(by.items()))


def blocked() -> Iterator[str]:
    """The sound drafts that would be blocked."""
    mails, firms = {m["id"]: m for m in rows("requests.jsonl")}, {f["industry"]: f for f in rows("businesses.jsonl")}
    sound = [row for row in rows("drafts.jsonl") if row["quadrant"] == "radical_candor"]
    stopped = 0
    for row in sound:
        mail = mails[row["request_id"]]
        found = [f for f in findings(row["draft"], mail, firms[mail["industry"]]) if f.severity is Severity.BLOCK]
        stopped += bool(found)
        for finding in found:
            yield f"  sound {row['id']} {finding.code}: {finding.excerpt[:60]}"
    yield f"sound drafts blocked     {stopped:3} of {len(sound)}"


if __name__ == "__main__":
    if FOLDER.exists():
        ours = [json.loads(line) for line in OURS.read_text("utf-8").splitlines()]
        print("drafts that the phrases were written beside", *table(rows("unsafe_drafts.jsonl")), sep="\n")
        print("", "drafts by another hand, never read while phrases were written", *table(ours), sep="\n")
        print("", *blocked(), sep="\n")
    else:
        print("the labelled texts are not here")
    print("", "whole drafts by a third hand: over the sentence, anywhere, of", *laid.table(), sep="\n")
