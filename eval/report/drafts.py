"""Records as cases with their drafts beside each other. Left out: what the drafts add up to."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from eval.report.view import CaseShown, Note, Shown
from eval.rubrics.candor import quadrant
from eval.types.record import Mark, Record, Score
from pipeline.outbox.card import Card, Span, card, pieces


def cases_of(records: Sequence[Record], versions: Sequence[str]) -> tuple[CaseShown, ...]:
    """Every case in the order of the records; drafts are numbered through from 1."""
    grouped: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        grouped[record.about.case].append(record)
    shown, count = [], 1
    for number, own in enumerate(grouped.values(), 1):
        own.sort(key=lambda record: (versions.index(record.version), record.repeat))
        shown.append(_case(number, own, count, versions))
        count += len(own)
    return tuple(shown)


def _case(number: int, records: Sequence[Record], first: int, versions: Sequence[str]) -> CaseShown:
    about = records[0].about
    heads = [record for record in records if record.outcome.message] or records
    head = card(heads[0].outcome, number, "")
    drafts = tuple(_draft(at, record, versions, head) for at, record in enumerate(records, first))
    failed = tuple(sum(len(d.notes) for d in drafts if d.version == v) for v in range(len(versions)))
    return CaseShown(number, about.case, about.kind, about.language, about.business, head, drafts, failed)


def _draft(number: int, record: Record, versions: Sequence[str], head: Card) -> Shown:
    outcome, judged = record.outcome, record.judgement
    laid = card(outcome, number, "")
    care, challenge = (_value(record, name) for name in ("care", "challenge"))
    body = outcome.draft.body if outcome.draft else ""
    return Shown(
        number=number,
        version=versions.index(record.version),
        label=record.about.case,
        repeat=record.repeat,
        outcome=outcome,
        card=laid,
        letter=tuple(pieces(body, [*_quoted(record.scores, body), *_found(record)])),
        quadrant=quadrant(care, challenge) if care is not None and challenge is not None else "",
        care=care,
        challenge=challenge,
        notes=tuple(_notes(record.scores)),
        passed=tuple(score.criterion for score in record.scores if score.mark is Mark.PASS),
        send=judged.send if judged else "",
        send_reason=judged.send_reason if judged else "",
        fault=judged.fault if judged else "",
        words=len(body.split()),
        decided=_decided(laid) != _decided(head),
    )


def _decided(laid: Card) -> tuple[object, ...]:
    points = tuple((p.ask.quote.text if p.ask else "", p.decided.action if p.decided else "") for p in laid.points)
    return laid.outcome.action, laid.outcome.code, laid.reasons, points


def _notes(scores: Sequence[Score]) -> Iterator[Note]:
    for score in scores:
        if score.mark in {Mark.FAIL, Mark.ERROR}:
            yield Note(score.criterion, score.mark.value, score.why, score.quote)


def _quoted(scores: Sequence[Score], body: str) -> Iterator[Span]:
    """Where the words that show a failure stand in the letter."""
    for score in scores:
        at = body.find(score.quote) if score.quote and score.mark is Mark.FAIL else -1
        if at >= 0:
            yield Span(at, at + len(score.quote), "fail")


def _found(record: Record) -> Iterator[Span]:
    for finding in record.outcome.verdict.findings if record.outcome.verdict else ():
        yield Span(finding.start, finding.end, "found")


def _value(record: Record, criterion: str) -> float | None:
    scored = (s.value for s in record.scores if s.criterion == criterion and s.mark in {Mark.PASS, Mark.FAIL})
    return next(scored, None)
