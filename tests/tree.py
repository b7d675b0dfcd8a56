"""The tree in the README, a line per file: ``python -m tests.tree`` writes it from each module's first words."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
_BETWEEN = re.compile(r"(<!-- tree -->\n).*?(<!-- /tree -->)", re.DOTALL)
_WIDTH = 118
_PLACES = {
    "prompts/": "a folder a stage and version: `extract/v1`, `draft/v1` (Prompty files)",
    "fixtures/studio/": "a sample business: policy, profile, clients",
    "fixtures/starter/": "what `candor init` copies",
    "fixtures/inbox/": "the sample inbox, 24 mails",
    "fixtures/checkup/": "the five mails of `candor doctor`",
    "fixtures/suites/": "labelled mails",
    "fixtures/damaged/": "prompts that are damaged on purpose, to prove that the harness notices",
    "fixtures/recorded/": "replies of a large language model, by call key",
    "fixtures/cassettes/": "recorded traffic of the SDK with real servers",
    "docs/": "decisions (`adr/`) and the log of experiments",
    "tests/": "mirrors the tree; `test_house.py` holds the house rules",
}


def tree() -> str:
    """The tree as Markdown code."""
    lines = [f"{name:<28}{told}" for name, told in _PLACES.items()]
    for room in ("pipeline", "eval"):
        for folder in sorted({p.parent for p in (ROOT / room).rglob("*.py")}):
            lines += _folder(folder)
    return "```text\n" + "\n".join(map(_shortened, lines)) + "\n```\n"


def written(readme: str) -> str:
    """``readme`` with its tree brought up to date."""
    return _BETWEEN.sub(lambda m: m[1] + tree() + m[2], readme)


def _shortened(line: str) -> str:
    """At most ``_WIDTH`` characters, cut between words."""
    return line if len(line) <= _WIDTH else line[:_WIDTH].rpartition(" ")[0].rstrip(" ,;") + " ..."


def _folder(folder: Path) -> list[str]:
    name = folder.relative_to(ROOT).as_posix() + "/"
    modules = [p for p in sorted(folder.glob("*.py")) if p.name != "__init__.py"]
    return [f"{name:<28}{_says(folder / '__init__.py')}"] + [f"  {p.name:<26}{_says(p)}" for p in modules]


def _says(path: Path) -> str:
    """The first sentence of a module's docstring."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) if path.exists() else None
    first = re.split(r"(?<=[.:])\s|\n\n", (text or "").strip(), maxsplit=1)[0]
    return " ".join(first.replace("``", "`").split()).rstrip(".:")


if __name__ == "__main__":
    readme = ROOT / "README.md"
    readme.write_text(written(readme.read_text(encoding="utf-8")), encoding="utf-8")
