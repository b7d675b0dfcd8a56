"""A calibration on the terminal page: a line a criterion, and which of them the judge may gate."""

from collections.abc import Collection

from eval.types.calibration import Calibration, Figure
from pipeline.cli.page import Column, Page, text

_COLUMNS = [
    Column("criterion", 18), Column("n", 4), Column("base", 4), Column("agree", 5), Column("kappa", 5),
    Column("95 %", 14), Column("sens.", 5), Column("spec.", 5), Column("again", 5), Column("gates", 5),
]  # fmt: skip


def show(page: Page, found: Calibration, gates: Collection[str]) -> None:
    """All of it; ``gates`` are the criteria that this judge may gate."""
    page.heading(f"{found.judge or 'nobody'} by {found.rubric} and {found.prompt}, {found.labels} labelled drafts")
    page.table(_COLUMNS, ([text(cell, _style(figure)) for cell in _cells(figure, gates)] for figure in found.figures))
    page.gap()
    if found.quadrants:
        share = found.quadrants_right / found.quadrants
        page.say(f"Quadrant: {found.quadrants_right} of {found.quadrants} right ({share:.0%}).")
    for scale in found.scales:
        page.say(f"{scale.axis.capitalize()}, 1 to 5: {scale.difference:.2f} apart on average (n = {scale.n}).")
    page.say(f"Judgements with a fault, in no figure: {found.errors} of {found.labels}.")
    page.gap()
    page.say(_verdict(gates), "bold")


def _verdict(gates: Collection[str]) -> str:
    if not gates:
        return "This judge advises; it gates nothing."
    return f"This judge may gate: {', '.join(sorted(gates))}."


def _cells(figure: Figure, gates: Collection[str]) -> list[str]:
    found = [(figure.good_found, figure.good), (figure.bad_found, figure.bad), (figure.same, figure.twice)]
    return [
        figure.criterion,
        str(figure.n),
        f"{figure.base:.2f}",
        f"{figure.agreement:.2f}",
        f"{figure.kappa:.2f}",
        f"{figure.low:.2f} to {figure.high:.2f}",
        *(f"{part / whole:.2f}" if whole else "-" for part, whole in found),
        "yes" if figure.criterion in gates else "no",
    ]


def _style(figure: Figure) -> str:
    return "dim" if not figure.good or not figure.bad else ""
