"""How a run read its mails, in a few lines: what became of them, kinds, facts; and its errors, with the first why.

Left out: the drafts, which a verdict or the report tells about.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from eval.rubrics.reading import Extraction, Share, extraction
from eval.runs.compose import Finished
from eval.types.record import Mark, Plan, Record
from pipeline.types.decision import Action


def told(plan: Plan, finished: Finished) -> Iterator[str]:
    """Lines over every version that reads by a prompt of its own, and one on errors if there are any."""
    records, cases = finished.records, {case.id: case for case in finished.cases}
    shown: set[str] = set()
    for label, (reader, _) in plan.versions.items():
        own = [record for record in records if record.version == label]
        if reader in shown or not own:
            continue
        shown.add(reader)
        yield f"Reading by {reader}:"
        yield from _lines(extraction((cases[one.about.case], one.outcome) for one in own))
    yield from _errors(records)


def _lines(found: Extraction) -> Iterator[str]:
    read, left = _of(found.coverage), _of(found.escalated)
    yield f"  handled acceptably {_of(found.handled)}; to a person {left}; read at all {read}"
    yield f"  kinds found {_of(found.recall)}, right {_of(found.precision)}; facts known {_of(found.facts)}"
    became: dict[Action, list[str]] = defaultdict(list)
    for (wanted, got), count in sorted(found.matrix.items(), key=lambda item: -item[1]):
        became[wanted].append(f"{got} {count}")
    for wanted, all_ in became.items():
        yield f"  {wanted} became {', '.join(all_)}"


def _errors(records: Sequence[Record]) -> Iterator[str]:
    whys = [why for one in records if (why := next((s.why for s in one.scores if s.mark is Mark.ERROR), ""))]
    if whys:
        yield f"{len(whys)} of {len(records)} records hold an error, no pass and no failure. The first: {whys[0]}"


def _of(share: Share) -> str:
    return f"{share.hits} of {share.all}"
