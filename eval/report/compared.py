"""A comparison as the page shows it: the answer first, then rows, slices and regressions. No figure is made here."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from eval.report.view import Change, Headline, Part, Regression, Row, Slice
from eval.stats.interval import Rate
from eval.verdict.comparison import Bounds, Comparison, Measured
from eval.verdict.comparison import Slice as Sliced


def headline(comparison: Comparison, rows: Sequence[Row]) -> Headline:
    """The word and what decides it."""
    word = comparison.verdict.value
    counting = [row for row in rows if not row.advises and row.change]
    deciding = [row for row in counting if row.change and row.change.word == word] or counting
    lead = min(deciding, key=lambda row: (not row.gates, row.change.holm if row.change else 1), default=None)
    return Headline(word, comparison.why, comparison.cases, lead, tuple(_remarks(comparison)))


def rows_of(comparison: Comparison, errors: dict[str, tuple[int, ...]]) -> tuple[Row, ...]:
    """Every measure; ``errors`` counts those of both versions by criterion."""
    return tuple(_row(each, errors.get(each.criterion, (0, 0))) for each in comparison.measured)


def slices_of(comparison: Comparison) -> tuple[Slice, ...]:
    """By kind, language and business, in the order of the comparison."""
    grouped: dict[tuple[str, str], list[Sliced]] = defaultdict(list)
    for each in comparison.slices:
        grouped[each.by, each.name].append(each)
    return tuple(Slice(by, name, max(p.n for p in parts), _parts(parts)) for (by, name), parts in grouped.items())


def regressions_of(comparison: Comparison, numbers: dict[str, int], most: int) -> tuple[Regression, ...]:
    """The worst, with the numbers of their cases on the page."""
    return tuple(
        Regression(numbers[each.about.case], each.about.case, each.lost, each.gates)
        for each in comparison.regressions[:most]
        if each.about.case in numbers
    )


def _row(each: Measured, errors: tuple[int, ...]) -> Row:
    difference = each.difference
    return Row(
        name=each.criterion,
        says=each.says,
        by=each.by,
        family=each.family,
        gates=each.gates,
        rates=(_rate(each.baseline, each.n), _rate(each.candidate, each.n)),
        errors=errors if each.measure == "passes" else (0, 0),
        unit=_unit(each.measure),
        measure=each.measure,
        change=Change(
            difference.value, difference.low, difference.high, each.p, each.p_holm, each.visible, each.word.value
        ),
        corrected=tuple(bounds.value for bounds in each.corrected or ()),
        advises=not each.counts,
    )


def _rate(bounds: Bounds, n: int) -> Rate:
    return Rate(bounds.value, bounds.low, bounds.high, n)


def _unit(measure: str) -> int:
    return 1 if measure == "scale" else 100


def _parts(parts: Sequence[Sliced]) -> tuple[Part, ...]:
    """What differs, the greatest loss first."""
    told = (
        Part(
            p.criterion, p.n, (p.baseline, p.candidate), p.difference, _unit(p.measure), p.word.value if p.word else ""
        )
        for p in parts
        if p.difference
    )
    return tuple(sorted(told, key=lambda part: part.difference * part.unit))


def _remarks(comparison: Comparison) -> Iterator[str]:
    for faults in comparison.faults:
        if faults.errors:
            yield f"{faults.version}: {faults.errors} of {faults.of} records are in error or missing."
    if comparison.margin is not None:
        held = "holds" if comparison.within else "does not hold"
        yield f"Not worse by more than {comparison.margin:g} points in anything that gates: {held}."
