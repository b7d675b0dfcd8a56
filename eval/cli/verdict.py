"""What ``compare`` and ``gate`` share: the sides of a run, and a verdict told and written as was asked."""

import sys
from pathlib import Path

import click

from eval.cli.terms import Asked
from eval.rubrics.load import load_rubric
from eval.runs.folder import read_choices, read_plan, read_records
from eval.types.rubric import Rubric
from eval.verdict.compare import Terms, compare_sides
from eval.verdict.gate import gate
from eval.verdict.side import Side, side_of
from pipeline.errors import OutputError, UsageError


def side_in(run: Path, version: str | None, *, besides: str | None = None) -> Side:
    """The side of ``version`` of a run; of the only one there is ``besides`` another when none is named.

    Raises:
        UsageError: there is no run, no such version, or a choice of several.
    """
    records = read_records(run)
    if version is None:
        others = sorted({record.version for record in records} - {besides})
        if len(others) != 1:
            held = ", ".join(others) or ("no other version" if besides else "no records")
            raise UsageError(f"{run} holds {held}; name one with --candidate")
        version = others[0]
    return side_of(records, version)


def tell(baseline: Side, candidate: Side, asked: Asked) -> int:
    """Compare two sides, say what came of it, and return the exit code.

    Raises:
        UsageError: the two may not be compared.
        OutputError: the JUnit file can't be written.
    """
    rubric = load_rubric(read_plan(asked.run).rubric)
    found = compare_sides(
        baseline, candidate, rubric, terms=_terms(asked, (baseline, candidate), rubric), choices=read_choices(asked.run)
    )
    if asked.junit:
        from eval.verdict.junit import junit

        _write(asked.junit, junit(found, baseline, candidate))
    if asked.as_json:
        click.echo(found.model_dump_json())
    else:
        from eval.verdict.say import say
        from pipeline.cli.page import Page

        say(Page(sys.stdout), found)
    return int(gate(found))


def _terms(asked: Asked, sides: tuple[Side, Side], rubric: Rubric) -> Terms:
    if asked.calibration is None:
        return Terms(margin=asked.margin)
    from eval.judge.calibration import read_calibration
    from eval.verdict.trust import trust_of

    return Terms(trust_of(read_calibration(asked.calibration), sides, rubric), asked.margin)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from None
