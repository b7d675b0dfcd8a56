"""How much the guard sees of what is wrong in whole drafts: sentences with their backings, one of them unsafe.

Written by a large language model that knew the requests and the kind of fault, and nothing of the guard; two in three
in words that no list would hold. ``held`` rows have not been read by anyone who wrote phrases. Left out: plain texts,
which ``unsafe`` measures.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from pipeline.draft import set_letter
from pipeline.flow import Page
from pipeline.guard.inspect import inspect
from pipeline.resources import shipped
from pipeline.types.replies import DraftReply, SentenceClaim
from pipeline.types.verdict import Finding
from tests.guard.recorded import replays

LAID = shipped("fixtures", "unsafe", "laid.jsonl")
Row = dict[str, Any]  # a line of the labelled file


@cache
def pages() -> dict[str, Page]:
    """The pages of the suite's mails, by the mail's name."""
    return {replay.mail: replay.page for replay in replays("decline")}


def findings(row: Row) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """All that the guard finds in a draft, and what of it lies over the unsafe sentence."""
    page = pages()[row["case"]]
    reply = DraftReply(sentences=[SentenceClaim(**sentence) for sentence in row["sentences"]])
    draft = set_letter(reply, page.letter, "laid", "none")
    found = inspect(draft, page.letter.decision, page.letter.request, page.allowed).findings
    start = draft.body.find(draft.sentences[row["at"]].text)
    end = start + len(draft.sentences[row["at"]].text)
    return found, tuple(f for f in found if f.start < end and start < f.end)


def table() -> Iterator[str]:
    """Over the sentence, anywhere in the draft, and of how many: by kind of fault, by way of saying it, by half."""
    rows = [json.loads(line) for line in LAID.read_text("utf-8").splitlines()]
    by: dict[str, list[tuple[bool, bool]]] = {}
    for row in rows:
        if row["case"] in pages():
            everywhere, there = findings(row)
            way, half = ("paraphrased" if row["paraphrased"] else "plain"), ("held" if row["held"] else "seen")
            for name in (row["violation"], way, half, f"{half}, {way}", "all"):
                by.setdefault(name, []).append((bool(there), bool(everywhere)))
    for name, hits in sorted(by.items()):
        yield f"{name:24} {sum(there for there, _ in hits):3} {sum(any_ for _, any_ in hits):3} of {len(hits)}"
