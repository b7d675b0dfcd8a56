"""The house rules that a machine can hold: lint, types, layers, sizes, and what may not stand in a committed file."""

import ast
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(p for room in ("pipeline", "eval") for p in (ROOT / room).rglob("*.py"))
MODULES = [pytest.param(p, id=str(p.relative_to(ROOT))) for p in SOURCES]


def run(*command: str) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_finds_nothing() -> None:
    run("ruff", "check", ".")


def test_the_code_is_formatted() -> None:
    run("ruff", "format", "--check", ".")


def test_mypy_strict_finds_nothing() -> None:
    run("mypy")


def test_the_layers_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def test_files_and_functions_stay_small() -> None:
    lines = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in SOURCES}
    sizes = {f"{p.name}:{f.name}": length(f) for p in SOURCES for f in functions(p)}
    assert statistics.median(lines.values()) <= 150
    assert {p: n for p, n in lines.items() if n > 400} == {}
    assert statistics.median(sizes.values()) <= 10
    assert {name: n for name, n in sizes.items() if n > 60} == {}


@pytest.mark.parametrize("path", MODULES)
def test_a_module_says_what_it_is_and_holds_no_prose(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "a module opens with a paragraph"
    docstrings = {
        ast.get_docstring(n, clean=False)
        for n in ast.walk(tree)
        if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    }
    prose = [
        n.value
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and len(n.value) > 400
    ]
    assert [text[:60] for text in prose if text not in docstrings] == [], "texts belong in data files"


def test_at_most_six_internal_imports_a_module() -> None:
    """The page and the compositions join everything, and the types are words that everyone speaks."""
    joining = {"flow.py", "compose.py", "single.py"}
    for path in SOURCES:
        found = re.findall(
            r"^from (pipeline\.[\w.]+|eval\.[\w.]+) import", path.read_text(encoding="utf-8"), re.MULTILINE
        )
        rooms = {name for name in found if not name.startswith(("pipeline.types", "pipeline.errors", "eval.types"))}
        assert path.name in joining or len(rooms) <= 6, f"{path.name} imports {sorted(rooms)}"


def test_no_committed_file_names_this_machine_or_a_registry() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    bad = re.compile(r"(?<![\w.])/(?:work|farm|root|home/\w)[/a-z]|pypi\.org|pythonhosted|registry\.npmjs")
    for name in filter(None, listed):
        path = ROOT / name
        if path == Path(__file__) or not path.is_file():
            continue
        found = bad.search(path.read_text(encoding="utf-8", errors="replace"))
        assert found is None, f"{name}: {found and found[0]}"
