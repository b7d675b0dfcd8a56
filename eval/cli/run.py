"""``candor eval run``: a suite over prompt versions, into a folder of records. Left out: any verdict."""

import sys
from pathlib import Path

import click

from pipeline.cli.options import BASE_URL, DEBUG, Named

_EPILOG = """
\b
Examples:
  candor eval run my-suite --prompt draft@v1 --prompt draft@./mine --model openai:NAME --out run
  candor eval run my-suite --model openai:gpt-5-mini --judge openai:gpt-5 --repeat 3 --out run
  candor eval run my-suite --model openai:gpt-5-mini --engine files --out run

Run again, it goes on where it ended; no reply is paid for twice.
"""


@click.command("run", short_help="Run a suite over prompt versions.", epilog=_EPILOG)
@click.argument("suite", metavar="SUITE", type=click.Path(path_type=Path))
@click.option("--out", "folder", metavar="DIR", type=Named(), required=True, help="The folder of the run.")
@click.option(
    "--prompt",
    "prompts",
    metavar="STAGE@VERSION",
    multiple=True,
    help="A prompt version, or a folder as draft@./my/draft. Several of a stage are compared.  [default: the newest]",
)
@click.option("--model", metavar="NAME", required=True, help="openai:NAME, recorded:DIR[,DIR] or offline.")
@click.option(
    "--judge",
    metavar="NAME",
    help="Who judges the drafts: openai:NAME, recorded:DIR[,DIR] or heuristic.  [default: nobody]",
)
@BASE_URL
@click.option("--judge-base-url", metavar="URL", help="The judge's endpoint.  [default: that of --base-url]")
@click.option("--temperature", type=click.FloatRange(0, 2), help="Of the drafting model.  [default: the endpoint's]")
@click.option("--rubric", metavar="NAME@VERSION", default="decline@v1", show_default=True, help="Or a path.")
@click.option("--repeat", type=click.IntRange(1, 100), default=1, show_default=True, help="Times that each case runs.")
@click.option("--no-repair", is_flag=True, help="Let no second try mend what the guard refuses: first drafts alone.")
@click.option("--pairwise", is_flag=True, help="Have the judge compare the drafts of two versions, in both orders.")
@click.option("--split", type=click.Choice(["dev", "test"]), help="Only these cases.  [default: both]")
@click.option("--case", "only", metavar="ID", multiple=True, help="Only this case; may be given several times.")
@click.option(
    "--engine",
    type=click.Choice(["live", "files"]),
    default="live",
    show_default=True,
    help="live calls the models; files writes requests.jsonl for a provider's batch service.",
)
@DEBUG
def command(  # noqa: PLR0913 - the options of a run, each by name
    suite: Path,
    *,
    folder: Path,
    prompts: tuple[str, ...],
    model: str,
    judge: str | None,
    base_url: str | None,
    judge_base_url: str | None,
    temperature: float | None,
    rubric: str,
    repeat: int,
    no_repair: bool,
    pairwise: bool,
    split: str | None,
    only: tuple[str, ...],
    engine: str,
) -> int:
    """Take every case of SUITE through every prompt version, score the drafts, and keep all of it in --out.

    SUITE is a folder, or the name of one that ships, such as decline.
    """
    import asyncio

    from eval.cli.specs import spec_of
    from eval.cli.told import tell
    from eval.runs.compose import run
    from eval.runs.plan import versions_of
    from eval.suites.suite import place_of
    from eval.types.case import Split
    from eval.types.record import Plan
    from pipeline.batch.progress import progress_on

    plan = Plan(
        suite=str(place_of(suite).absolute()),
        versions=versions_of(prompts),
        model=spec_of(model, base_url, temperature),
        judge=spec_of(judge, judge_base_url or base_url) if judge else None,
        rubric=rubric,
        repeat=repeat,
        pairwise=pairwise,
        repair=not no_repair,
        split=Split(split) if split else None,
        only=only,
        engine="files" if engine == "files" else "live",
    )
    return tell(folder, plan, asyncio.run(run(folder, plan, progress_on(sys.stderr, "cases"))))
