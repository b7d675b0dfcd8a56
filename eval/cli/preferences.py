"""Preferences on the terminal page: who won how often, how far that can be trusted. Left out: the counting."""

from collections.abc import Iterator

from eval.pairs.tally import Share, Tally
from pipeline.cli.page import Column, Page, text

_COLUMNS = (Column("preferred", 34), Column("cases", 5), Column("%", 5), Column("95 %", 14))
_LEAST = 0.001
"""Below it a p value is only called small."""


def show(page: Page, found: Tally) -> None:
    """All of it."""
    page.heading(f"{found.sides[0]} beside {found.sides[1]}")
    page.say(_verdict(found), "bold")
    page.gap()
    rows = [(side, _cells(share)) for side, share in zip(found.sides, found.won, strict=True)]
    rows.append(("neither, or now one, now the other", (str(found.neither), "", "")))
    page.table(_COLUMNS, ([text(name), *map(text, cells)] for name, cells in rows))
    page.gap()
    for line in _basis(found):
        page.say(line, "dim")
    page.gap()


def _verdict(found: Tally) -> str:
    if not found.decided.n:
        return "No draft was preferred in both orders."
    ahead = found.decided
    p = f"p {found.p:.3f}" if found.p >= _LEAST else f"p below {_LEAST}"
    return (
        f"Where one was preferred it was {found.sides[0]} in {ahead.hits} of {ahead.n} cases: "
        f"{ahead.value:.1%}, between {ahead.low:.1%} and {ahead.high:.1%}; {p} for a difference."
    )


def _cells(share: Share) -> tuple[str, str, str]:
    return str(share.hits), f"{share.value * 100:.1f}", f"{share.low * 100:.1f} to {share.high * 100:.1f}"


def _basis(found: Tally) -> Iterator[str]:
    yield f"{found.n} {'case' if found.n == 1 else 'cases'}, judged by {', '.join(found.judges) or 'nobody'}."
    yield f"Both orders gave the same choice in {found.held} of {found.n}."
    words = " and ".join(f"{mean:.0f}" for mean in found.words)
    yield f"The drafts have {words} words on average; the longer one won {found.longer.hits} of {found.longer.n}."
    each = (f"{part.name} {part.won[0]} to {part.won[1]} of {part.n}" for part in found.languages)
    yield f"By language: {', '.join(each)}."
    if found.faults:
        yield f"Questions without a reply that could be used, whose cases are left out: {found.faults}."
    if found.alone:
        yield f"Cases with a draft on one side only, left out: {found.alone}."
