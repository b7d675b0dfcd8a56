"""The table of facts in docs/policy.md, from the catalogue. ``python -m tests.docs.facts_table`` writes it anew."""

import re
from pathlib import Path

from pipeline.cli.policy.catalogue import groups, kind_of
from pipeline.policy.catalogue.spec import FactSpec, Owner

PAGE = Path(__file__).parents[2] / "docs" / "policy.md"
_BETWEEN = re.compile(r"(<!-- facts -->\n).*?(<!-- /facts -->)", re.DOTALL)
_WHO = {Owner.CLIENT: "the client", Owner.US: "us", Owner.JUDGEMENT: "judged"}


def written(page: str) -> str:
    """``page`` with its table brought up to date."""
    return _BETWEEN.sub(lambda m: m[1] + table() + m[2], page)


def table() -> str:
    """A table a group."""
    parts = []
    for title, facts in groups():
        head = f"**{title}**\n\n| fact | what it says | value | told by | needs |\n|---|---|---|---|---|\n"
        parts.append(head + "".join(map(_row, facts)))
    return "\n" + "\n".join(parts) + "\n"


def _row(spec: FactSpec) -> str:
    value = ", ".join(f"`{choice}`" for choice in spec.choices) or kind_of(spec)
    who = _WHO[spec.owner] + (", private" if spec.private else "")
    return f"| `{spec.name}` | {spec.meaning} | {value} | {who} | {', '.join(n.value for n in spec.needs)} |\n"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
