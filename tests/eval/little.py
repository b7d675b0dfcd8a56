"""A suite of two cases, and a provider of a few lines that reads, words and judges them."""

import json
import re
from pathlib import Path

from eval.rubrics.load import load_rubric
from tests.fakes import GOOD_DISCOUNT, ask, filled, reading

_PROFILE = {
    "name": "Plum & Press",
    "addresses": ["hello@plumpress.example"],
    "services": ["posters"],
    "signature": "Ada",
    "voice": {"greeting": {"en": "Hi {name},"}, "signoff": {"en": "Warmly,"}},
}
_CASES = {
    "fair": ("The posters", "We want the posters up before the fair. Could we get 30% off the set?", ["decline"]),
    "thanks": ("Thanks", "Thank you, the posters are lovely.", ["skip", "accept"]),
}


def suite(folder: Path) -> Path:
    """The suite's folder: one firm, a discount to decline and a thank-you."""
    folder.mkdir()
    (folder / "suite.yaml").write_text("schema: 1\nname: little\ntitle: Two mails to a print shop\n")
    firm = {"name": "press", "policy": "starter", "files": {"profile.yaml": _PROFILE}}
    (folder / "businesses.jsonl").write_text(json.dumps(firm) + "\n")
    lines = []
    for name, (subject, body, handling) in _CASES.items():
        mail = {
            "subject": subject,
            "name": "Mia Lark",
            "address": "mia@lark.example",
            "sent": "2026-11-18",
            "body": body,
        }
        expected = {"handling": handling}
        case = {"id": name, "language": "en", "business": "press", "day": "2026-11-19", "mail": mail}
        lines.append(json.dumps(case | {"expected": expected}) + "\n")
    (folder / "cases.jsonl").write_text("".join(lines))
    return folder


def answered(request: dict[str, object]) -> dict[str, object]:
    """What the provider replies to one line of a request file."""
    body = request["body"]
    assert isinstance(body, dict)
    told, form = json.dumps(body["messages"]), body["response_format"]["json_schema"]
    match form["name"]:
        case "draft_reply":
            return GOOD_DISCOUNT
        case "pair_reply":
            return {"reason": "Nothing parts them.", "better": "same"}
        case "judge_reply":
            return _judged(body["messages"][-1]["content"])
        case _ if "up before the fair" in told:
            fact = ("discount_asked", "30% off")
            read = reading(ask("discount", "Could we get 30% off", fact), aim="up before the fair")
            return filled(read, form["schema"])
    return filled(reading(), form["schema"])


def provider(requests: Path, results: Path) -> Path:
    """What a batch service makes of a request file."""
    lines = []
    for line in requests.read_text().splitlines():
        request = json.loads(line)
        message = {"role": "assistant", "content": json.dumps(answered(request))}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        reply = {"model": "some-model-1", "choices": [choice], "usage": {"prompt_tokens": 9, "completion_tokens": 4}}
        lines.append(json.dumps({"custom_id": request["custom_id"], "response": {"status_code": 200, "body": reply}}))
    results.write_text("\n".join(lines))
    return results


def _judged(told: str) -> dict[str, object]:
    """Every question answered so that it passes, with words that stand in the draft."""
    good = {criterion.id: criterion.good for criterion in load_rubric("decline@v1").criteria}
    asked = re.findall(r"^- ([a-z_]+(?::\d)?): ", told.partition("FIRM: ")[0], re.MULTILINE)
    quote = {"reason": "It stands there.", "quote": "Tell us which of the three suits you"}
    answers = [{"id": name, **quote, "answer": good[name.partition(":")[0]]} for name in asked]
    return {"answers": answers, "send": {**quote, "answer": "yes"}}
