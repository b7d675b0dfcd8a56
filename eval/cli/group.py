"""``candor eval``: the list of its commands, each loaded when it is called for."""

import click

from pipeline.cli.group import Commands

_EPILOG = """
\b
Example:
  candor eval run my-suite --prompt draft@v1 --prompt draft@./mine --model openai:NAME --out run
  candor eval compare run --baseline draft@v1
  candor eval report run

\b
Exit codes of compare and gate:
  0  pass: nothing is worse
  1  worse
  2  something to mend: a file, an option, a key
  3  no verdict: too many errors
"""


class EvalCommands(Commands):
    """The commands about prompts and their proof."""

    modules = {  # noqa: RUF012 - a constant of the class, never changed
        "run": "eval.cli.run",
        "collect": "eval.cli.collect",
        "record": "eval.cli.record",
        "compare": "eval.cli.compare",
        "gate": "eval.cli.gate",
        "pair": "eval.cli.pair",
        "report": "eval.cli.report",
        "calibrate": "eval.cli.calibrate",
        "add": "eval.cli.add",
        "suite": "eval.cli.suite",
    }


@click.group("eval", cls=EvalCommands, short_help="Tell whether a new prompt is better, and prove it.", epilog=_EPILOG)
def command() -> None:
    """Run suites of cases over prompt versions, score the drafts, and tell: better, worse, or cannot tell."""
