"""A comparison on the terminal page: the verdict first, then a line a criterion, slices that stand out, regressions.

Left out: the drafts, which the report shows side by side.
"""

from collections.abc import Iterator

from rich.text import Text

from eval.verdict.comparison import Bounds, Comparison, Measured, Word
from eval.verdict.conclude import told_faults
from eval.verdict.side import against
from pipeline.cli.page import Column, Page, text

_COLUMNS = (
    Column("criterion", 18), Column("n", 4), Column("was", 5), Column("is", 5), Column("difference", 22),
    Column("-/+", 7), Column("p", 6), Column("sees", 5), Column("", 8),
)  # fmt: skip
_CORRECTED = (Column("criterion", 18), Column("was", 20), Column("is", 20))
_SIDES = (Column("preferred", 30), Column("cases", 5), Column("%", 20))
_STYLES = {Word.BETTER: "green", Word.WORSE: "red", Word.OPEN: "", Word.NONE: "yellow"}
_MOST = 10
"""Regressions that are told."""


def say(page: Page, found: Comparison) -> None:
    """All of it."""
    page.heading(against(found.candidate, found.baseline))
    page.say(found.verdict.value.capitalize() + ".", f"bold {_STYLES[found.verdict]}".strip())
    page.say("\n\n".join((*found.why, *_margin(found))))
    page.gap()
    page.say(" ".join(_basis(found)), "dim")
    _table(page, "What counts", [row for row in found.measured if row.counts])
    _table(page, "What a judge advises", [row for row in found.measured if not row.counts])
    _legend(page)
    _corrected(page, [row for row in found.measured if row.corrected])
    _preferred(page, found)
    _slices(page, found)
    _regressions(page, found)
    page.gap()


def _margin(found: Comparison) -> Iterator[str]:
    if found.margin is None:
        return
    outside = [row.criterion for row in found.measured if row.within is False]
    points = f"{found.margin:g} points"
    yield (
        f"Not shown to stay within {points}: {', '.join(outside)}."
        if outside
        else f"All that gates is within {points}."
    )


def _basis(found: Comparison) -> Iterator[str]:
    models = dict.fromkeys((found.baseline.model, found.candidate.model))
    yield f"{found.cases} cases, {' and '.join(models)}, scored by {found.candidate.rubric.split(' ')[0]}."
    if found.judges:
        yield f"Judged by {', '.join(found.judges)}."
    if found.verdict is not Word.NONE:
        yield from (told_faults(one) for one in found.faults if one.errors)


def _table(page: Page, title: str, rows: list[Measured]) -> None:
    """Criteria on which no case differs are only named."""
    shown = [row for row in rows if row.lost or row.gained]
    same = [_name(row) for row in rows if not row.lost and not row.gained]
    if not rows:
        return
    page.heading(title)
    if shown:
        page.table(_COLUMNS, (_cells(row) for row in shown))
    if same:
        page.say(f"The same on every case: {', '.join(dict.fromkeys(same))}.", "dim")


def _legend(page: Page) -> None:
    page.gap()
    page.say("* gates. Rates in %, differences in points with their 95 % interval. -/+: cases lost and won.", "dim")
    page.say("p: by Holm, 1 where too few differ. sees: the least difference found in 4 runs of 5.", "dim")


def _corrected(page: Page, rows: list[Measured]) -> None:
    if not rows:
        return
    page.heading("Rates, corrected for the known mistakes of the judge")
    page.table(_CORRECTED, ([text(_name(row)), *map(_rate, row.corrected or ())] for row in rows))


def _preferred(page: Page, found: Comparison) -> None:
    row = next((one for one in found.measured if one.measure == "preferred"), None)
    if row is None or found.consistency is None:
        return
    sides = ((found.candidate.version, row.gained, row.candidate), (found.baseline.version, row.lost, row.baseline))
    page.heading("Side by side")
    page.table(_SIDES, ([text(name), text(str(cases)), _rate(share)] for name, cases, share in sides))
    page.say(f"Neither, or now one, now the other: {row.n - row.gained - row.lost} of {row.n} cases.")
    page.say(f"Both orders gave the same choice in {found.consistency.held} of {found.consistency.asked}.", "dim")


def _rate(found: Bounds) -> Text:
    return text(f"{found.value * 100:.1f} [{found.low * 100:.1f}, {found.high * 100:.1f}]")


def _cells(row: Measured) -> tuple[Text, ...]:
    """The cells of one line; a criterion that gates has a star."""
    style = _STYLES[row.word]
    low, high = _signed(row, row.difference.low), _signed(row, row.difference.high)
    return (
        text(_name(row) + ("*" if row.gates else "")),
        text(str(row.n)),
        text(_plain(row, row.baseline.value)),
        text(_plain(row, row.candidate.value)),
        text(f"{_signed(row, row.difference.value)} [{low}, {high}]", style),
        text(f"{row.lost}/{row.gained}"),
        text("<.001" if row.p_holm < 0.001 else f"{row.p_holm:.3f}"),  # noqa: PLR2004 - as many places as there are
        text(_plain(row, row.visible)),
        text("" if row.word is Word.OPEN else row.word.value, style),
    )


def _name(row: Measured) -> str:
    """A scale stands beside the pass and fail of the same criterion, and is told apart from it."""
    return f"{row.criterion} (mean)" if row.measure == "scale" else row.criterion


def _plain(row: Measured, value: float) -> str:
    return f"{value:.2f}" if row.measure == "scale" else f"{value * 100:.1f}"


def _signed(row: Measured, value: float) -> str:
    return f"{value:+.2f}" if row.measure == "scale" else f"{value * 100:+.1f}"


def _slices(page: Page, found: Comparison) -> None:
    told = [one for one in found.slices if one.word in {Word.BETTER, Word.WORSE}]
    if told:
        page.heading("Where")
    for one in told:
        points = f"{one.difference:+.2f}" if one.measure == "scale" else f"{one.difference * 100:+.1f} points"
        page.say(f"{one.by} {one.name}: {one.criterion} is {one.word}, {points} over {one.n} cases.")


def _regressions(page: Page, found: Comparison) -> None:
    if not found.regressions:
        return
    page.heading("Passed before, fails now")
    for one in found.regressions[:_MOST]:
        page.part(one.about.case, text(", ".join(one.lost), "red" if one.gates else ""))
    more = len(found.regressions) - _MOST
    tail = f" {more} more are in the report." if more > 0 else ""
    page.gap()
    page.say(f"{len(found.regressions)} cases lost something, {found.gained} only won.{tail}", "dim")
