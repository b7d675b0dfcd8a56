import subprocess
import sys

import pytest

from eval.cli.group import EvalCommands
from pipeline import __version__
from pipeline.cli.group import COMMANDS
from pipeline.cli.policy.group import PolicyCommands
from pipeline.cli.prompts.group import PromptCommands
from tests.cli.conftest import Candor

HEAVY = ("openai", "pydantic", "rich", "jinja2", "sqlite3", "asyncio")

GROUPS = {"policy": PolicyCommands.modules, "prompts": PromptCommands.modules, "eval": EvalCommands.modules}
PARTED = {("eval", "suite"): ("check", "lock", "schema")}  # a group whose commands share a module
EACH: list[tuple[str, ...]] = [(name,) for name in COMMANDS if name not in GROUPS]
EACH += [(group, name) for group, modules in GROUPS.items() for name in modules if (group, name) not in PARTED]
EACH += [(*group, name) for group, names in PARTED.items() for name in names]


def test_the_help_names_every_command_and_every_exit_code(candor: Candor) -> None:
    call = candor("--help")
    assert call.code == 0
    assert all(f"\n  {name} " in call.out for name in COMMANDS)
    assert all(f"\n    {code} " in call.out for code in ("0", "1", "2", "130"))


@pytest.mark.parametrize("command", EACH, ids=" ".join)
def test_each_command_explains_itself_with_an_example(candor: Candor, command: tuple[str, ...]) -> None:
    call = candor(*command, "--help")
    assert call.code == 0
    assert f"candor {' '.join(command)}" in call.out.partition("Example")[2]
    assert "--debug" in call.out


@pytest.mark.parametrize("command", [*EACH, *((group,) for group in GROUPS)], ids=" ".join)
def test_no_line_of_a_help_text_is_wider_than_the_page(candor: Candor, command: tuple[str, ...]) -> None:
    assert max(map(len, candor(*command, "--help").out.splitlines())) <= 100


@pytest.mark.parametrize("command", ["draft", "batch"])
def test_the_shared_options_are_told(candor: Candor, command: str) -> None:
    out = candor(command, "--help").out
    assert all(o in out for o in ("--business", "--model", "--base-url", "--prompt", "--today", "CANDOR_BUSINESS"))


def test_version(candor: Candor) -> None:
    assert candor("--version").out == f"candor {__version__}\n"


def test_nothing_said_shows_the_help_and_is_a_usage_error(candor: Candor) -> None:
    call = candor()
    assert (call.code, call.out) == (2, "")
    assert "Commands:" in call.err


@pytest.mark.parametrize("words", [["--help"], ["draft", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    code = f"""
import sys
from pipeline.cli.ending import run
run({words!r})
print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"
