"""``candor init``: a business folder to start from. What this leaves out: asking questions; the files ask them."""

import os
from pathlib import Path

import click

from pipeline.cli.options import DEBUG, Named

FILES = (
    "profile.yaml",
    "policy.yaml",
    "policy_test.yaml",
    "clients.yaml",
    "prices.yaml",
    "invoices.yaml",
    "calendar.yaml",
)
TEXTS = ("texts/de.yaml", "texts/es.yaml", "texts/fr.yaml")


@click.command("init", short_help="Make a business folder to edit.", epilog="Example:  candor init business")
@click.argument("folder", metavar="DIR", type=Named())
@DEBUG
def command(folder: Path) -> None:
    """Make a business folder to edit: who you are, when you say no, whom you know.

    DIR is made if it is missing. Nothing that is there already is overwritten. With DIR called 'business', the other
    commands find it without being told.
    """
    copy(folder)
    click.echo(_told(folder))


def copy(folder: Path) -> None:
    """Copy the starter files into ``folder``, for the owner's eyes only: they will name people.

    Raises:
        OutputError: one of them is there already, or the folder cannot be written.
    """
    from pipeline.cli.newfile import write_new
    from pipeline.errors import OutputError
    from pipeline.resources import shipped

    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file; give the folder another name")
    if there := [name for name in (*FILES, "texts") if os.path.lexists(folder / name)]:
        raise OutputError(f"{folder} already has a {there[0]}; nothing was changed")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "texts").mkdir(mode=0o700)
        for name in (*FILES, *TEXTS):
            write_new(folder / name, shipped("fixtures", "starter", name).read_bytes())
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error.strerror}") from None


def _told(folder: Path) -> str:
    option = "" if folder == Path("business") else f" --business {folder}"
    return f"""\
Made {folder}. It works as it is, with an invented firm; make it yours:

  1  {folder}/profile.yaml   who you are: name, addresses, what you do and don't do, how you write
  2  {folder}/policy.yaml    when you say no and what you offer instead; start with its settings
     {folder}/policy_test.yaml   examples that it must get right, for 'candor policy test'
  3  {folder}/clients.yaml   whom you know; may stay empty
  4  {folder}/prices.yaml, {folder}/invoices.yaml, {folder}/calendar.yaml
     what you charge, what you billed, how full your weeks are; may stay empty
  5  {folder}/texts/         the policy's texts in German, French and Spanish; delete the files you don't need

Then try one mail:

  candor draft mail.eml{option}"""
