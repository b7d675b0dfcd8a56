"""How well the offline reading decides: labelled mails in, counts by language, by action and by family out.

``python -m tests.scores.offline FILE... [--firms FILE] [--misses] [--abstained]``. Every mail is read as the inbox
reads it and decided under the starter policy and its firm's profile, on its own day. Left out: drafts.
"""

import argparse
import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ModelError
from pipeline.extract import extract
from pipeline.inbox.read import from_bytes
from pipeline.llm.offline.model import OfflineModel
from pipeline.policy.decide import decide
from pipeline.policy.load import load_policy
from pipeline.prompts import load_prompts
from pipeline.resources import shipped
from pipeline.types.business import Business, Profile, Voice
from pipeline.types.decision import Action, Decision, Text
from pipeline.types.message import Message
from pipeline.types.policy import Policy
from pipeline.types.request import Request
from tests.scores.labelled import Case, Firm

_NOTHING_TO_REFUSE = frozenset({Action.ACCEPT, Action.SKIP})


class Row(NamedTuple):
    """One mail: its labels, its reading (None when the inbox already skips it) and what was decided."""

    case: Case
    message: Message
    request: Request | None
    decision: Decision | None

    @property
    def action(self) -> Action:
        return self.decision.action if self.decision else Action.SKIP

    @property
    def answered(self) -> bool:
        return self.decision is None or self.decision.code != "cannot_tell"

    @property
    def right(self) -> bool:
        return self.answered and self.action in self.case.gold.acceptable

    @property
    def harmful(self) -> bool:
        """A no to a mail that deserves a yes or no answer at all."""
        return self.action in {Action.DECLINE, Action.END} and self.case.gold.expected in _NOTHING_TO_REFUSE


@cache
def policy() -> Policy:
    return load_policy(shipped("fixtures", "starter", "policy.yaml").read_text(encoding="utf-8"), "policy.yaml")


def business(firm: Firm) -> Business:
    greeting = Text(by_language={"en": "Hello {name},"})
    profile = Profile(
        name=firm.name,
        addresses=(firm.own_address,),
        services=firm.services,
        not_offered=firm.not_offered,
        signature=firm.signature,
        voice=Voice(greeting=greeting, signoff=greeting),
    )
    return Business(profile=profile, policy=policy(), hash="s" * 64)


async def rows(cases: Sequence[Case], firms: Sequence[Firm]) -> list[Row]:
    """Every case, read and decided."""
    model, template = OfflineModel(), load_prompts().extract
    businesses = {firm.industry: business(firm) for firm in firms}
    done: list[Row] = []
    for case in cases:
        ours, day = businesses[case.industry], date.fromisoformat(case.date)
        message = from_bytes(case.mail(ours.profile.addresses[0]), case.id)
        if message.skip:
            done.append(Row(case, message, None, None))
            continue
        try:
            request = (await extract(message, ours, template, model, day)).request
        except ModelError as error:
            raise SystemExit(f"{case.id}: {error}") from error
        done.append(Row(case, message, request, decide(message, request, ours, day)))
    return done


def figures(name: str, some: Sequence[Row]) -> str:
    answered = [r for r in some if r.answered]
    right = sum(r.right for r in answered)
    share = f"{right / len(answered):6.1%}" if answered else "     -"
    harm = sum(r.harmful for r in some)
    cover = len(answered) / max(len(some), 1)
    return (
        f"{name:14} n {len(some):4}  answered {len(answered):4} ({cover:4.0%})  right {right:4} ({share})  harm {harm}"
    )


def by(some: Iterable[Row], what: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in some:
        gold = row.case.gold
        key = {"language": row.case.language, "kind": gold.primary_kind, "gold": gold.expected_handling}[what]
        groups.setdefault(key, []).append(row)
    return dict(sorted(groups.items()))


def told(row: Row) -> str:
    """A row with the evidence of its reading, for a person who looks for what went wrong."""
    code = row.decision.code if row.decision else "screened"
    lines = [f"{row.case.id} {row.case.gold.primary_kind}: {'/'.join(row.case.gold.acceptable_handling)}"]
    lines[0] += f" <- {row.action} ({code})"
    if row.request:
        for ask in row.request.asks:
            facts = ", ".join(f"{f.name}={f.quote.text if f.quote else f.note!r}" for f in ask.facts)
            lines.append(f"    {ask.kind} [{ask.service}] {ask.quote.text!r}: {facts}")
        lines += [f"    {f.name}: {f.quote.text if f.quote else ''!r}" for f in row.request.facts]
        lines += [f"    {note}" for note in (row.request.cannot_tell, *row.request.dropped) if note]
    return "\n".join(lines)


def load(path: Path, schema: type[Case] | type[Firm]) -> list[Case] | list[Firm]:
    with path.open(encoding="utf-8") as lines:
        return [schema.model_validate(json.loads(line)) for line in lines if line.strip()]  # type: ignore[return-value]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--firms", type=Path, help="businesses.jsonl; default: beside the first file or one above")
    parser.add_argument("--misses", action="store_true", help="what was answered wrongly, with the evidence")
    parser.add_argument("--abstained", action="store_true", help="what was left to a person")
    parser.add_argument("--answered", action="store_true", help="everything that was answered")
    told_of = parser.parse_args()
    firms = load(told_of.firms or _beside(told_of.files[0]), Firm)
    every: list[Row] = []
    start = time.perf_counter()
    for path in told_of.files:
        some = asyncio.run(rows(load(path, Case), firms))  # type: ignore[arg-type]
        print(figures(path.stem, some))
        every += some
    for what in ("language", "gold", "kind"):
        print(f"\nby {what}")
        for name, some in by(every, what).items():
            print("  " + figures(name[:14], some))
    print("\n" + figures("all", every) + f"  {time.perf_counter() - start:.1f} s")
    confusion = Counter((r.case.gold.expected_handling, r.action.value if r.answered else "-") for r in every)
    print("confusion: " + ", ".join(f"{g}>{a} {n}" for (g, a), n in sorted(confusion.items())))
    for row in every:
        wrong, silent = row.answered and not row.right, not row.answered
        if (told_of.misses and wrong) or (told_of.abstained and silent) or (told_of.answered and row.answered):
            print(told(row))


def _beside(path: Path) -> Path:
    near = (path.parent / "businesses.jsonl", path.parent.parent / "mails" / "businesses.jsonl")
    return next((p for p in near if p.exists()), near[0])


if __name__ == "__main__":
    main()
