"""The labelled requests under the starter policy, by what a careful reader noted in each mail without seeing its label.

``fixtures/suites/requests/facts.jsonl`` holds the notes; the mails lie beside the project and are skipped where they
are absent. Scored: the handling.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipeline.inbox.read import from_bytes
from pipeline.policy.decide import decide
from pipeline.resources import shipped
from pipeline.types.decision import Action
from tests.scores.business import Read, request
from tests.scores.labelled import Case, Suite
from tests.scores.offline import business

DEVSET = Path(__file__).parents[2] / "../shared/devset"


def handled() -> Iterator[tuple[Case, Action]]:
    """Every case and what was decided."""
    text = shipped("fixtures", "suites", "requests", "facts.jsonl").read_text(encoding="utf-8")
    read = {r.id: r for r in map(Read.model_validate_json, text.splitlines())}
    suite = Suite.load(DEVSET)
    firms = {firm.industry: business(firm) for firm in suite.firms}
    for case in suite.cases:
        ours = firms[case.industry]
        message = from_bytes(case.mail(ours.profile.addresses[0]), case.id)
        asked = request(case.language, read[case.id])
        decided = None if message.skip else decide(message, asked, ours, date.fromisoformat(case.date)).action
        yield case, decided or Action.SKIP


def main() -> None:
    """Print the figure and every case that missed."""
    done = list(handled())
    missed = [(case, action) for case, action in done if action not in case.gold.acceptable]
    print(f"requests by a reader's notes: handling {len(done) - len(missed)} of {len(done)}")
    for case, action in missed:
        print(" ", case.id, case.gold.expected_handling, "got", action)


if __name__ == "__main__":
    main()
