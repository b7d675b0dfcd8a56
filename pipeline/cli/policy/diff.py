"""``candor policy diff``: which past mails would come out otherwise under another policy. Left out: the replaying."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import BUSINESS

if TYPE_CHECKING:
    from pipeline.types.business import Business

_EPILOG = """
\b
Examples:
  candor policy diff policy.yaml business/policy.yaml --history drafts
  candor policy diff old-business business --history drafts --json
  candor policy diff business/policy.yaml draft-policy.yaml --history drafts --fail-on-change
"""
_PATH = click.Path(path_type=Path)


@click.command("diff", short_help="Replay past mails under two policies.", epilog=_EPILOG)
@click.argument("old", type=_PATH)
@click.argument("new", type=_PATH)
@click.option(
    "--history", metavar="DIR", type=_PATH, required=True, help="The output folder of 'candor batch' to replay."
)
@BUSINESS
@click.option("--json", "as_json", is_flag=True, help="Print all of it as one line of JSON.")
@click.option("--fail-on-change", is_flag=True, help="Exit with 1 when a mail comes out otherwise.")
@click.option("--debug", is_flag=True, help="Show the traceback of a failure, and the CPU seconds that it took.")
def command(  # noqa: PLR0913 - click hands over each option by name
    old: Path, new: Path, history: Path, business: Path, *, as_json: bool, fail_on_change: bool, debug: bool
) -> int:
    """Replay past mails under two policies, OLD and NEW: which come out otherwise, by which rule, and why.

    OLD and NEW are policy files, or whole business folders where the records differ, too. No model is asked: what was
    read of each mail then is decided again, on the day of its own run. What can't be replayed is named. A policy file
    is taken with the records of the business folder that you name, else of the one that the history was made with.
    """
    from time import process_time

    from pipeline.batch.history import history as past_of
    from pipeline.policy.diff.replay import difference

    begun = process_time()
    pair = [_business(path, business, history) for path in (old, new)]
    found = difference(past_of(history), *pair)
    if as_json:
        click.echo(found.model_dump_json())
    else:
        from pipeline.cli.page import Page
        from pipeline.cli.policy.changes import show

        show(Page(sys.stdout), found)
    if debug:
        click.echo(f"candor: {process_time() - begun:.1f} CPU seconds", err=True)
    return int(fail_on_change and bool(found.changes))


def _business(path: Path, records: Path, history: Path) -> "Business":
    """The folder at ``path``; for a policy file, the records with that policy in them.

    Raises:
        UsageError: a file is missing or has a fault.
    """
    from pipeline.business.folder import load_business
    from pipeline.cli.policy.folders import records_of
    from pipeline.errors import PolicyError
    from pipeline.policy.load import load_policy

    if path.is_dir():
        return load_business(path)
    if not path.exists():
        raise PolicyError(f"there is no policy file and no business folder at {path}")
    try:
        policy = load_policy(path.read_text(encoding="utf-8-sig"), path.name)
    except UnicodeDecodeError:
        raise PolicyError(f"{path} can't be read as a policy file: it is not UTF-8") from None
    except OSError as error:
        raise PolicyError(f"{path} can't be read as a policy file: {error.strerror}") from None
    return load_business(records_of(records, history)).model_copy(update={"policy": policy})
