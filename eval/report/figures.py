"""Figures of the report that are no verdict: rates of a version alone, scores against length, cost, faults, pairs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt
from statistics import fmean

from eval.report.view import Cost, Fault, Lengths, Pairs, Shown, Third
from eval.stats.interval import Rate
from eval.stats.units import rate as rate_of
from eval.types.record import Choice, Mark, Record
from eval.verdict.side import model_of
from pipeline.types.prompt import Usage

_LINKED = 12  # drafts that a fault names


def rate(records: Iterable[Record], criterion: str) -> Rate | None:
    """The share of cases that pass, repeats averaged within a case; errors and what does not apply are left out."""
    cases: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for record in records:
        for score in record.scores:
            if score.criterion == criterion and score.mark in {Mark.PASS, Mark.FAIL}:
                about = record.about
                cases[about.cluster or about.case, about.case].append(score.mark is Mark.PASS)
    return rate_of([(cluster, fmean(marks)) for (cluster, _), marks in cases.items()]) if cases else None


def errors(records: Iterable[Record], criterion: str) -> int:
    """How often it could not be scored."""
    return sum(s.criterion == criterion and s.mark is Mark.ERROR for record in records for s in record.scores)


def lengths(drafts: Sequence[Shown], versions: int) -> Lengths:
    """Whether longer drafts score better: by thirds of all drafts, and as a correlation."""
    written = sorted((draft for draft in drafts if draft.words), key=lambda draft: draft.words)
    each = [[draft for draft in written if draft.version == v] for v in range(versions)]
    size = -(-len(written) // 3) or 1
    parts = [written[at : at + size] for at in range(0, len(written), size)]
    return Lengths(
        means=tuple(_mean([draft.words for draft in own]) for own in each),
        tied=tuple(_tied([(draft.words, _share(draft)) for draft in own]) for own in each),
        thirds=tuple(_third(part, versions) for part in parts),
    )


def costs(each: Sequence[Sequence[Record]]) -> tuple[Cost, ...]:
    """By version. A figure that no endpoint told stays unknown."""
    return tuple(
        Cost(
            len(own),
            sum((record.outcome.usage for record in own), Usage()),
            sum((record.judgement.usage for record in own if record.judgement), Usage()),
        )
        for own in each
    )


def models(each: Sequence[Sequence[Record]]) -> tuple[str, ...]:
    """Who drafted, by version, each named once."""
    return tuple(dict.fromkeys(model_of(own) for own in each if own))


def faults(drafts: Iterable[Shown], versions: int) -> tuple[Fault, ...]:
    """Failures and errors by their sentence, the most frequent first."""
    found: dict[str, list[Shown]] = defaultdict(list)
    for draft in drafts:
        for sentence in dict.fromkeys(_sentences(draft)):
            found[sentence].append(draft)
    made = (
        Fault(what, _by_version(hit, versions), tuple(d.number for d in hit[:_LINKED])) for what, hit in found.items()
    )
    return tuple(sorted(made, key=lambda fault: -sum(fault.counts)))


def pairs(choices: Sequence[Choice], versions: Sequence[str]) -> Pairs | None:
    """Choices that were asked in both orders; one counts only if it holds in both."""
    asked: dict[tuple[str, int, frozenset[str]], dict[str, Choice]] = defaultdict(dict)
    for choice in choices:
        if not {choice.first, choice.second} <= set(versions):
            continue
        asked[choice.about.case, choice.repeat, frozenset({choice.first, choice.second})][choice.first] = choice
    both = [tuple(orders.values()) for orders in asked.values() if len(orders) == 2]  # noqa: PLR2004 - two orders
    if not both:
        return None
    sound = [pair for pair in both if not any(choice.fault for choice in pair)]
    held = Counter(_better(a) for a, b in sound if _better(a) == _better(b))
    return Pairs(
        asked=len(both),
        held=held.total(),
        won=tuple(held[version] for version in versions),
        same=held["same"],
        faults=len(both) - len(sound),
        judge=both[0][0].judge,
    )


def _better(choice: Choice) -> str:
    """The version that was preferred, or ``same``."""
    return {"first": choice.first, "second": choice.second}.get(choice.better, "same")


def _sentences(draft: Shown) -> Iterator[str]:
    failure = draft.outcome.failure
    if failure:
        yield f"{failure.stage}: {failure.message}"
    if draft.fault:
        yield f"judge: {draft.fault}"
        return
    yield from (f"{note.criterion}: {note.why}" for note in draft.notes if note.mark == "error" and not failure)


def _by_version(drafts: Iterable[Shown], versions: int) -> tuple[int, ...]:
    found = Counter(draft.version for draft in drafts)
    return tuple(found[v] for v in range(versions))


def _third(part: Sequence[Shown], versions: int) -> Third:
    each = [[draft for draft in part if draft.version == v] for v in range(versions)]
    shares = tuple(_mean([_share(draft) for draft in own]) for own in each)
    return Third(part[0].words, part[-1].words, tuple(map(len, each)), shares)


def _share(draft: Shown) -> float:
    """Of the criteria that were scored, those that passed."""
    failed = sum(note.mark == "fail" for note in draft.notes)
    return len(draft.passed) / ((len(draft.passed) + failed) or 1)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _tied(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's correlation; None where one side never varies or too few were written."""
    if len(pairs) < 3:  # noqa: PLR2004 - two points always lie on a line
        return None
    xs, ys = ([pair[side] for pair in pairs] for side in (0, 1))
    middle_x, middle_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - middle_x) ** 2 for x in xs) * sum((y - middle_y) ** 2 for y in ys)
    together = sum((x - middle_x) * (y - middle_y) for x, y in pairs)
    return together / sqrt(spread) if spread else None
