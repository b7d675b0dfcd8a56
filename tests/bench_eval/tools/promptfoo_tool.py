"""promptfoo: a configuration for its command, and how many results of its report passed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.bench_eval.tools.checks import Row, rows, tell

_ASSERTIONS = [
    {"type": "is-json"},
    {"type": "contains", "value": "offer:"},
    {"type": "not-contains", "value": "unfortunately"},
    {"type": "contains", "value": '"new_paragraph"'},
]


def config(work: list[Row], url: str) -> dict[str, Any]:
    """Two prompts over 200 tests."""
    systems = {row.version: row.system for row in work}
    users = [row.user for row in work if row.version == 0]
    return {
        "prompts": [
            {"label": f"v{version}", "raw": json.dumps(_chat(version, system))} for version, system in systems.items()
        ],
        "providers": [{"id": "openai:chat:bench", "config": {"apiBaseUrl": url, "apiKey": "none"}}],
        "defaultTest": {"assert": _ASSERTIONS},
        "tests": [{"vars": {"user": user}} for user in users],
    }


def _chat(_: int, system: str) -> list[dict[str, str]]:
    return [{"role": "system", "content": system}, {"role": "user", "content": "{{user}}"}]


def main(sent: str, url: str, cached: str = "") -> None:
    """Run the command in this folder."""
    Path("config.json").write_text(json.dumps(config(rows(sent), url)), "utf-8")
    program = Path(os.environ["PROMPTFOO_HOME"], "node_modules", ".bin", "promptfoo")
    command = [str(program), "eval", "-c", "config.json", "-j", "32", "--no-table", "--no-progress-bar", "--no-share"]
    command += ["-o", "report.json", *([] if cached else ["--no-cache"])]
    Path("report.json").unlink(missing_ok=True)
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)  # it exits with 100 when any test failed
    stats = json.loads(Path("report.json").read_text("utf-8"))["results"]["stats"]
    tell(stats["successes"], f"{stats['failures']} failures, {stats['errors']} errors" if stats["errors"] else "")


if __name__ == "__main__":
    main(*sys.argv[1:])
