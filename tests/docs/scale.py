"""The arithmetic of ``docs/scale.md``: what ten million messages cost, how long they take, and what they fill.

``python -m tests.docs.scale`` writes its tables anew; a test holds the page to them. Prices are those of the shipped
list; what was measured or assumed stands here, once, with its name. Left out: what other providers charge.
"""

import math
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from pipeline.llm.prices import price_of, read_on
from pipeline.types.prompt import Usage

PAGE = Path(__file__).parents[2] / "docs" / "scale.md"

MESSAGES = 10_000_000
KB, GB = 1_000, 10**9

# Assumed; `candor batch --plan` counts your own.
READ, WORDED = 0.30, 0.15  # of all messages: not settled by their headers; answered with a letter
AGAIN = 0.05  # of calls that are asked a second time: a reply that does not fit, a draft that the guard refuses
SECONDS = 5.0  # of one call
MAIL = 50 * KB  # bytes of a message as it lies in the mailbox, attachments and all

# Counted on the prompts of the sample inbox (docs/models.md).
READING, WORDING = (4_700, 460), (3_500, 600)  # tokens in, out
SAME = 0.88  # of the tokens in, the same from mail to mail

# Measured on two shared cores, 22 November 2026, over made letters of half a kilobyte of text.
CPU = {"worded": 0.030, "read": 0.015, "settled": 0.002}  # seconds of a worker, the child that reads included
MERGED = 0.0015  # seconds of the driver to take one row from a shard into the store
ROW = {"worded": 20_600, "read": 11_300, "settled": 1_400}  # bytes in candor.db, with calls and index
SHARD = {"worded": 19_100, "read": 10_500, "settled": 1_400}  # bytes in a shard
FILES = {"worded": 24_000, "read": 10_600, "settled": 1_500}  # bytes of outcomes.jsonl, drafts/, drafts.mbox, tables

WAVE = 1_000 * min(1_000 * MAIL, 64 * 2**20)  # bytes of mail in parcels at a time, at most

MODELS = (
    ("gpt-6-luna", None),
    ("gpt-5-mini", None),
    ("gpt-6.2-sol", None),
    ("claude-haiku-5-5", "https://api.anthropic.com/v1"),
    ("gemini-3.5-flash-lite", "https://generativelanguage.googleapis.com/v1beta/openai"),
)
LIMITS = (2_000_000, 10_000_000, 40_000_000, 150_000_000)  # tokens a minute


class Load(NamedTuple):
    """What a mailbox comes to: messages of each kind, calls, tokens."""

    name: str
    kinds: dict[str, int]

    @property
    def calls(self) -> int:
        """All calls, the second tries too."""
        return round((self.kinds["read"] + 2 * self.kinds["worded"]) * (1 + AGAIN))

    @property
    def tokens(self) -> tuple[int, int]:
        """Tokens in and out."""
        read, worded = self.kinds["read"] + self.kinds["worded"], self.kinds["worded"]
        each = (
            (1 + AGAIN) * (read * reading + worded * wording) for reading, wording in zip(READING, WORDING, strict=True)
        )
        into, out = each
        return round(into), round(out)

    def of(self, figures: dict[str, float] | dict[str, int]) -> float:
        """The sum over all messages."""
        return sum(figures[kind] * count for kind, count in self.kinds.items())


def load(name: str, read: float, worded: float) -> Load:
    """A mailbox by its shares."""
    counts = {"worded": worded, "read": read - worded, "settled": 1 - read}
    return Load(name, {kind: round(share * MESSAGES) for kind, share in counts.items()})


LOADS = (load("a mailbox as it is", READ, WORDED), load("every message asks", 1.0, 1.0))


def tokens() -> list[list[str]]:
    """Calls and tokens."""
    rows = [["", "settled by headers", "read", "read and worded", "calls", "tokens in", "tokens out"]]
    for one in LOADS:
        counts = (one.kinds["settled"], one.kinds["read"], one.kinds["worded"], one.calls)
        rows.append([one.name, *map(_count, counts), *(f"{n / 1e9:,.1f} billion" for n in one.tokens)])
    return rows


def cost() -> list[list[str]]:
    """Dollars by model."""
    heads = (f"{one.name}: {how}" for one in LOADS for how in ("live", "cached", "files"))
    rows = [["model", *heads]]
    for model, address in MODELS:
        price = price_of(address, model)
        assert price, model
        cells = []
        for one in LOADS:
            into, out = one.tokens
            live = price.of(Usage(prompt_tokens=into, completion_tokens=out))
            kept = price.of(Usage(prompt_tokens=into, cached_tokens=round(SAME * into), completion_tokens=out))
            assert live is not None
            assert kept is not None
            cells += [_dollars(live), _dollars(kept) if price.cached is not None else "", _dollars(live / 2)]
        rows.append([model, *cells])
    return rows


def hours() -> list[list[str]]:
    """How long a limit of tokens makes it, and what that takes."""
    rows = [["tokens a minute", "hours", "days", "calls a second", "calls in flight", "workers (cores)", "driver busy"]]
    one = LOADS[0]
    for limit in LIMITS:
        seconds = sum(one.tokens) / limit * 60
        calls = one.calls / seconds
        cores = math.ceil(one.of(CPU) / seconds / 0.7)  # no more than 70 % of each busy
        busy = MESSAGES * MERGED / seconds
        rows.append([
            f"{limit:,}", f"{seconds / 3600:,.0f}", f"{seconds / 86400:,.1f}", f"{calls:,.0f}",
            f"{math.ceil(calls * SECONDS):,}", str(cores), f"{busy:.0%}",
        ])  # fmt: skip
    return rows


def storage() -> list[list[str]]:
    """Bytes."""
    rows = [["", *(one.name for one in LOADS), "when"]]
    figures: tuple[tuple[str, Callable[[Load], float], str], ...] = (
        ("the mailbox", lambda _: MESSAGES * MAIL, "yours"),
        ("parcels of mail, one wave", lambda _: WAVE, "while it runs"),
        ("shards", lambda one: one.of(SHARD), "until the end of the run"),
        ("copy of the store's calls", lambda one: one.calls * 1_100.0, "when a run goes on, or a policy changed"),
        ("candor.db", lambda one: one.of(ROW), "to keep"),
        ("drafts and tables", lambda one: one.of(FILES), "made from candor.db at any time"),
    )
    rows += [[name, *(f"{figure(one) / GB:,.0f} GB" for one in LOADS), when] for name, figure, when in figures]
    return rows


TABLES = {"tokens": tokens, "cost": cost, "hours": hours, "storage": storage}


def written(page: str) -> str:
    """``page`` with its tables as they come out now, each between ``<!-- NAME -->`` and ``<!-- end -->``."""
    for name, table in TABLES.items():
        body = f"<!-- {name} -->\n\n{_markdown(table())}\n\n<!-- end -->"
        before, found, rest = page.partition(f"<!-- {name} -->")
        assert found, name
        page = before + body + rest.partition("<!-- end -->")[2]
    return re.sub(r"list of \d{4}-\d\d-\d\d", f"list of {read_on()}", page)


def _count(number: int) -> str:
    return f"{number:,}"


def _dollars(amount: Decimal) -> str:
    return f"${round(amount, -2):,.0f}"


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    head, *rest = rows
    lines = [head, ["---"] * len(head), *rest]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
