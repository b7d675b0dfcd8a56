"""The tree, from each module's first words: ``python -m tests.tree`` writes it anew.

The README has the folders and the files that one must know; ``docs/tree.md`` has a line for every module.
"""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
_BETWEEN = re.compile(r"(<!-- tree -->\n).*?(<!-- /tree -->)", re.DOTALL)
_WIDTH = 118
_ENOUGH = 24  # characters before a colon
_PLACES = {
    "prompts/": "a folder a stage and version: `extract/v1`, `draft/v1` (Prompty files)",
    "fixtures/studio/": "a sample business: policy, profile, clients",
    "fixtures/starter/": "what `candor init` copies",
    "fixtures/businesses/": "three whole businesses to learn from",
    "fixtures/inbox/": "the sample inbox, 24 mails",
    "fixtures/checkup/": "the five mails of `candor doctor`",
    "fixtures/suites/": "labelled mails",
    "fixtures/damaged/": "prompts that are damaged on purpose, to prove that the harness notices",
    "fixtures/recorded/": "replies of a large language model, by call key",
    "fixtures/cassettes/": "recorded traffic of the SDK with real servers",
    "docs/": "guides, decisions (`adr/`), the log of experiments, and every module in a line (`tree.md`)",
    "tests/": "mirrors the tree; `test_house.py` holds the house rules",
}


_ROOMS = ("pipeline", "eval")
_KNOW = {
    "pipeline": ("flow.py", "extract.py", "quotes.py", "slots.py", "draft.py", "errors.py"),
    "eval": (),
}
"""The modules of a room's own folder that the README names."""
_HEAD = """\
# The tree

Every module with what it is, in its own first words. `python -m tests.tree` writes this page.

"""


def tree() -> str:
    """The README's: folders, and the modules that one must know, as Markdown code."""
    lines = []
    for room in _ROOMS:
        lines.append(_line(f"{room}/", ROOT / room / "__init__.py"))
        lines += [_line(f"  {name}", ROOT / room / name) for name in _KNOW[room]]
        folders = sorted(path.parent for path in (ROOT / room).glob("*/__init__.py"))
        lines += [_line(f"  {folder.name}/", folder / "__init__.py") for folder in folders]
    lines += [f"{name:<28}{told}" for name, told in _PLACES.items()]
    return _code(lines)


def whole() -> str:
    """``docs/tree.md``."""
    folders = [folder for room in _ROOMS for folder in sorted({p.parent for p in (ROOT / room).rglob("*.py")})]
    return _HEAD + _code([line for folder in folders for line in _folder(folder)])


def written(readme: str) -> str:
    """``readme`` with its tree brought up to date."""
    return _BETWEEN.sub(lambda m: m[1] + tree() + m[2], readme)


def _code(lines: list[str]) -> str:
    return "```text\n" + "\n".join(map(_shortened, lines)) + "\n```\n"


def _line(name: str, path: Path) -> str:
    return f"{name:<28}{_says(path)}"


def _shortened(line: str) -> str:
    """At most ``_WIDTH`` characters, cut between words."""
    return line if len(line) <= _WIDTH else line[:_WIDTH].rpartition(" ")[0].rstrip(" ,;") + " ..."


def _folder(folder: Path) -> list[str]:
    name = folder.relative_to(ROOT).as_posix() + "/"
    modules = [p for p in sorted(folder.glob("*.py")) if p.name != "__init__.py"]
    return [_line(name, folder / "__init__.py"), *(_line(f"  {path.name}", path) for path in modules)]


def _says(path: Path) -> str:
    """The first sentence of a module's docstring, or what stands before its colon, if that says enough."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) if path.exists() else None
    first = re.split(r"(?<=[.])\s|\n\n", (text or "").strip(), maxsplit=1)[0]
    head, colon, _ = first.partition(": ")
    said = head if colon and len(head) > _ENOUGH else first
    return " ".join(said.replace("``", "`").split()).rstrip(".:")


if __name__ == "__main__":
    readme = ROOT / "README.md"
    readme.write_text(written(readme.read_text(encoding="utf-8")), encoding="utf-8")
    (ROOT / "docs/tree.md").write_text(whole(), encoding="utf-8")
