"""A suite small enough to read: two mails to one firm, one of them for test."""

import json
from pathlib import Path

from pydantic import JsonValue

Row = dict[str, JsonValue]
PROFILE: Row = {
    "name": "Lark & Sons",
    "addresses": ["hello@lark.example"],
    "services": ["hedges"],
    "signature": "Lark",
    "voice": {"greeting": {"en": "Hello {name},"}, "signoff": {"en": "Kind regards,"}},
}


def case(name: str, **changes: JsonValue) -> Row:
    mail: Row = {
        "subject": "The hedge",
        "name": "Ada Poole",
        "address": "ada@poole.example",
        "sent": "2026-05-04",
        "body": "Could you do it for half the price?\n\nAda",
    }
    row: Row = {
        "id": name,
        "language": "en",
        "business": "lark",
        "day": "2026-05-04",
        "mail": mail,
        "expected": {"handling": ["decline"], "facts": {"discount_asked": "50%"}},
    }
    return row | changes


def firm(name: str = "lark", **changes: JsonValue) -> Row:
    files: Row = {"profile.yaml": PROFILE}
    row: Row = {"name": name, "policy": "starter", "files": files}
    return row | changes


def suite(folder: Path, cases: list[Row], firms: list[Row] | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "suite.yaml").write_text("schema: 1\nname: small\ntitle: A small suite\n")
    (folder / "cases.jsonl").write_text("".join(json.dumps(row) + "\n" for row in cases))
    (folder / "businesses.jsonl").write_text("".join(json.dumps(row) + "\n" for row in firms or [firm()]))
    return folder


def pair() -> list[Row]:
    return [case("first"), case("second", split="test")]
