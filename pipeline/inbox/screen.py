"""Which mails get no draft, told from the headers alone: machines, and mail to lists.

Pure. The names and signs are in ``machines.json``. ``X-Auto-Response-Suppress`` is no sign: people's Exchange sends it.
Whether list mail passes is settled in ``threads``, which knows the business's own lists. Left out: judging by subject
words, which differ by language.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import re2

from pipeline.types.message import Skip

READ = frozenset({
    "auto-submitted", "content-type", "return-path", "precedence", "list-id", "list-unsubscribe", "x-autoreply",
    "x-autorespond", "x-autoresponse", "x-auto-reply", "x-unsent",
})  # fmt: skip
"""The headers that matter here, in lower case."""


def machine(fields: Mapping[str, str], sender: str) -> Skip | None:
    """``Skip.MACHINE`` for a bounce, automatic reply or calendar mail; ``fields``: clean values by lower-case name."""
    content = fields.get("content-type", "").lower()
    submitted = fields.get("auto-submitted", "no").partition(";")[0].partition("(")[0].strip().lower()
    signs = (
        submitted not in {"no", ""},
        content.startswith(("multipart/report", "text/calendar", "message/delivery-status", "message/disposition-")),
        fields.get("return-path", "") in {"<>", "< >"},
        bool(_no_reply().match(sender.partition("@")[0])),
        any(name in fields for name in ("x-autoreply", "x-autorespond", "x-autoresponse", "x-auto-reply")),
        fields.get("precedence", "").lower() in {"auto_reply", "auto-reply"},
    )
    return Skip.MACHINE if any(signs) else None


def bulk(fields: Mapping[str, str]) -> bool:
    """Whether the headers are those of a list or newsletter."""
    listed = "list-id" in fields or "list-unsubscribe" in fields
    return listed or fields.get("precedence", "").lower() in {"bulk", "list", "junk"}


def reports(opening: str) -> bool:
    """Whether the opening of a body is that of a bounce or complaint which lost its headers on the way."""
    words = " ".join(opening.lower().split())
    return any(sign in words for sign in _table()["report_openings"])


@cache
def _no_reply() -> Any:  # noqa: ANN401 - re2 ships no types
    names = "|".join(_table()["machine_names"])
    return re2.compile(rf"^(?:.*[._+-])?(?:{names})(?:[._+=-].*)?$")


@cache
def _table() -> dict[str, list[str]]:
    table: dict[str, list[str]] = json.loads(Path(__file__).with_name("machines.json").read_text("utf-8"))
    return table
