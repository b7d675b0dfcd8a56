"""Write the rival's requests for the declines of a finished run, and our drafts beside: ``python -m tests.rival``.

The rival sees what our writer stands on, and the mail itself: the policy as the business tells it to clients, the
offers that are permitted for this mail with their terms filled in, the firm and how it signs. It decides and words in
one go; no guard looks at it. Left out: choosing between the two, which is ``candor eval pair``.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from eval.runs.folder import read_kept, read_records
from eval.suites.layout import business_of
from eval.suites.load import load_suite
from eval.types.record import Record
from pipeline.business.folder import load_business
from pipeline.draft import set_letter
from pipeline.letter import Letter, letter_of
from pipeline.policy.brief.gather import brief
from pipeline.slots import SLOT, fill
from pipeline.types.business import Business
from pipeline.types.decision import Action
from pipeline.types.replies import DraftReply
from pipeline.values.write import write

PAGE = Path(__file__).with_name("one_page.md")
SCHEMA = {
    "name": "mail_reply",
    "strict": True,
    "schema": {
        "type": "object",
        "properties": {"body": {"type": "string"}},
        "required": ["body"],
        "additionalProperties": False,
    },
}


def main() -> None:
    """One of the two steps."""
    parser = argparse.ArgumentParser(prog="python -m tests.rival")
    steps = parser.add_subparsers(required=True, dest="step")
    ask = steps.add_parser("ask", help="write request lines for the declines of a run")
    ask.add_argument("suite", type=Path)
    ask.add_argument("run", type=Path)
    ask.add_argument("out", type=Path)
    ours = steps.add_parser("first", help="write our first drafts, before the guard, as lines {case, body}")
    ours.add_argument("suite", type=Path)
    ours.add_argument("run", type=Path)
    ours.add_argument("out", type=Path)
    given = parser.parse_args()
    make = _line if given.step == "ask" else _first(given.run)
    with given.out.open("w", encoding="utf-8") as lines:
        for record, business in _opened(given.suite, given.run):
            lines.write(f"{json.dumps(make(record, business), ensure_ascii=False)}\n")


def _declines(run: Path) -> list[Record]:
    return [r for r in read_records(run) if r.outcome.action is Action.DECLINE and r.outcome.draft]


def _opened(folder: Path, run: Path) -> Iterator[tuple[Record, Business]]:
    """Every decline of the run with the business that it was made for."""
    suite = load_suite(folder)
    businesses = {case.id: case.business for case in suite.cases}
    opened: dict[str, Business] = {}
    with tempfile.TemporaryDirectory() as into:
        for record in _declines(run):
            name = businesses[record.about.case]
            if name not in opened:
                opened[name] = load_business(business_of(suite, name, Path(into)))
            yield record, opened[name]


def _first(run: Path) -> Callable[[Record, Business], dict[str, object]]:
    """The writer's first reply, set as a letter and looked at by nobody."""
    calls = {call.key: call.reply for call in read_kept(run / "calls.jsonl")}

    def line(record: Record, business: Business) -> dict[str, object]:
        attempt = next(each for each in record.outcome.attempts if each.stage == "draft")
        reply = DraftReply.model_validate_json(calls[attempt.call].text)
        return {"case": record.about.case, "body": set_letter(reply, _letter(record, business), "", "").body}

    return line


def _letter(record: Record, business: Business) -> Letter:
    outcome = record.outcome
    assert outcome.message
    assert outcome.request
    assert outcome.decision
    return letter_of(outcome.message, outcome.request, outcome.decision, business, outcome.today)


def _line(record: Record, business: Business) -> dict[str, object]:
    turns = [
        {"role": "system", "content": PAGE.read_text(encoding="utf-8")},
        {"role": "user", "content": _told(record, business)},
    ]
    body = {"messages": turns, "response_format": {"type": "json_schema", "json_schema": SCHEMA}}
    return {"custom_id": f"rival-{record.about.case}", "body": body}


def _told(record: Record, business: Business) -> str:
    profile, letter = business.profile, _letter(record, business)
    language = letter.request.language
    page = brief(business, "en", record.outcome.today)
    rules = [f"- {line.words}" for section in page.sections for part in section.parts for line in part.lines]
    reasons = [f"- {rule.public.pick(language)}" for rule in business.policy.rules if rule.public]
    offers = [
        f"- ({offer.kind}) {fill(_named(offer.text.pick(language), offer.id), letter.slots)}"
        for offer in letter.decision.offers
    ]
    settings = [f"- {name}: {write(value, language)}" for name, value in business.policy.settings.items()]
    mail = f"From: {letter.message.sender.name}\nSubject: {letter.message.subject}\n\n{letter.message.body}"
    parts = [
        ("FIRM", [profile.name, *(f"- does {each}" for each in profile.services)]),
        ("NOT OFFERED", [f"- {each}" for each in profile.not_offered]),
        ("SIGNATURE", [profile.signature]),
        ("TODAY", [record.outcome.today.isoformat()]),
        ("POLICY, as clients may know it", rules),
        ("REASONS FOR A NO, when they apply", reasons),
        ("FIGURES OF THE POLICY", settings),
        ("OFFERS that may be made to this client", offers),
        ("THE CLIENT'S MAIL", [mail]),
        ("EARLIER IN THE THREAD", [letter.message.history or "(nothing)"]),
    ]
    return "\n\n".join(f"{title}\n" + "\n".join(lines) for title, lines in parts)


def _named(text: str, offer: str) -> str:
    return SLOT.sub(lambda m: f"{{offer.{offer}.{m[1]}}}", text)


if __name__ == "__main__":
    main()
