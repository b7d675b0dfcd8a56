"""``candor eval calibrate``: how far a judge agrees with people, and what it may gate therefore."""

import sys
from pathlib import Path

import click

from eval.cli.asking import ENGINE, JUDGE, RESULTS, awaited
from pipeline.cli.options import BASE_URL, DEBUG, Named

_EPILOG = """
\b
Examples:
  candor eval calibrate labels.jsonl --judge openai:gpt-5 --out calibration.json
  candor eval calibrate labels.jsonl --judge recorded:my-sets/judge --out calibration.json
  candor eval calibrate labels.jsonl --judge openai:gpt-5 --engine files --out calibration.json
  (and again with --results RESULTS.jsonl, until no request is left)
"""


@click.command("calibrate", short_help="Hold a judge against people's labels.", epilog=_EPILOG)
@click.argument("labels", metavar="LABELS.jsonl", type=click.Path(path_type=Path))
@JUDGE
@click.option("--out", metavar="FILE.json", type=Named(), required=True, help="The calibration; written anew.")
@click.option("--rubric", "rubric_name", metavar="NAME@VERSION", default="decline@v1", show_default=True)
@click.option("--prompt", metavar="judge@VERSION", help="The judge's prompt.  [default: the newest]")
@click.option("--repeat", type=click.IntRange(1, 10), default=2, show_default=True, help="Times that each is judged.")
@ENGINE
@RESULTS
@BASE_URL
@DEBUG
def command(  # noqa: PLR0913 - one argument an option
    labels: Path,
    *,
    judge: str,
    out: Path,
    rubric_name: str,
    prompt: str | None,
    repeat: int,
    engine: str,
    results: tuple[Path, ...],
    base_url: str | None,
) -> None:
    """Have a judge answer the questions that people have answered in LABELS.jsonl, and tell how far it agrees.

    A line is one draft: id, language, subject, mail, draft and labels, such as {"firm": true}, true being yes to the
    rubric's question; where they are known also firm, decision, must and must_not (lists of lines), care and challenge
    (1 to 5), and quadrant.

    The calibration holds for this judge, rubric and prompt alone. Replies are kept in a folder beside it, and none is
    paid for twice.
    """
    import asyncio

    from eval.cli.agreement import show
    from eval.cli.specs import spec_of
    from eval.judge.calibration import trusted
    from eval.judge.compose import hold, opened_bar
    from eval.runs.results import results_of
    from pipeline.cli.page import Page

    bar = opened_bar(labels, rubric_name, prompt, repeat)
    folder = out.with_suffix(".calls")
    usable = results_of(folder, results).usable if results else {}
    calibration, requests = asyncio.run(hold(bar, spec_of(judge, base_url), folder, engine, usable))
    if calibration is None:
        awaited(requests, folder)
        return
    _write(out, calibration.model_dump_json(indent=1))
    show(Page(sys.stdout), calibration, trusted(calibration, calibration.judge, bar.rubric, bar.template))


def _write(path: Path, data: str) -> None:
    """Write the file anew.

    Raises:
        OutputError: it cannot be written.
    """
    from pipeline.errors import OutputError

    try:
        path.write_text(f"{data}\n", "utf-8")
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from None
