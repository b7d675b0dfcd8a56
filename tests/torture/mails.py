"""Made mails for the load runs: N letters of clients, seeded, as one mbox; the studio answers each ask with a no.

``python -m tests.torture.mails N FILE`` writes them. A letter is made of the templates of ``letters.yaml``, by which
the provider reads it again; no two letters share a firm in a town, so none leads to the same call as another (up to
32,000 letters; from there on the day and the words differ). With ``mixed``, as a mailbox is, one in
ten asks, one is its copy and the others are newsletters. Left out: attachments, HTML, answers to a no.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from pipeline.types.base import Value

BUSINESS = Path(__file__).parents[2] / "fixtures" / "studio"
SEED = 20_261_122
_BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)  # a Monday
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Wish(Value):
    """One kind of ask: subjects, the words that ask, and which of their parts states which fact."""

    subject: tuple[str, ...]
    ask: tuple[str, ...]
    facts: dict[str, str]


class Bulk(Value):
    """A newsletter."""

    subject: tuple[str, ...]
    text: tuple[str, ...]


class Letters(Value):
    """The file of templates."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    trade: tuple[str, ...]
    town: tuple[str, ...]
    occasion: tuple[str, ...]
    thing: dict[str, tuple[str, ...]]
    extra: tuple[str, ...]
    greeting: tuple[str, ...]
    closing: tuple[str, ...]
    talk: tuple[str, ...]
    aim: tuple[str, ...]
    detail: tuple[str, ...]
    kinds: dict[str, Wish]
    percent: tuple[str, ...]
    term: tuple[str, ...]
    free: tuple[str, ...]
    open: dict[str, tuple[str, ...]]
    no: dict[str, str]
    bridge: tuple[str, ...]
    next: tuple[str, ...]
    bulk: Bulk


class Mail(NamedTuple):
    """One mail: its bytes, and whether it is an ask that ends in a no."""

    data: bytes
    asks: bool = True


@cache
def letters() -> Letters:
    """The templates."""
    from ruamel.yaml import YAML

    text = Path(__file__).with_name("letters.yaml").read_text("utf-8")
    return Letters.model_validate(YAML(typ="safe", pure=True).load(text))


def mails(count: int, seed: int = SEED, *, mixed: bool = False) -> Iterator[Mail]:
    """``count`` mails, in the order in which they came; equal arguments, equal mails."""
    for number in range(count):
        match number % 10 if mixed else 0:
            case 0:
                yield Mail(_letter(number, Random(f"{seed} {number}")))
            case 1:
                yield Mail(_letter(number - 1, Random(f"{seed} {number - 1}")), asks=False)
            case _:
                yield Mail(_bulk(number, Random(f"{seed} {number}")), asks=False)


def write_mbox(path: Path, count: int, seed: int = SEED, *, mixed: bool = False) -> int:
    """Write ``count`` mails as an mbox; returns how many of them ask for something."""
    asks = 0
    with path.open("wb") as file:
        for mail in mails(count, seed, mixed=mixed):
            file.write(b"From client@mail.example Mon Jan  5 09:00:00 2026\n" + mail.data + b"\n")
            asks += mail.asks
    return asks


def _letter(number: int, random: Random) -> bytes:
    told = letters()
    kind = random.choice(list(told.kinds))
    parts = {**_parts(number, random), "thing": random.choice(told.thing[random.choice(list(told.thing))])}
    wish = told.kinds[kind]
    ask = random.choice(wish.ask).format(**parts)
    aim = random.choice(told.aim).format(**parts)
    detail = random.choice(told.detail).format(**parts)
    talk = random.sample(told.talk, random.randint(2, 6))
    half = len(talk) // 2
    text = [
        random.choice(told.greeting),
        " ".join(talk[:half]),
        f"We are planning ahead {aim}, and {detail}. So {ask}",
        " ".join(talk[half:]),
        f"{random.choice(told.closing)}\n{parts['name']}\n{parts['firm']}, {parts['town']}",
    ]
    return _mail(number, parts, random.choice(wish.subject).format(**parts), "\n\n".join(text))


def _bulk(number: int, random: Random) -> bytes:
    told, parts = letters(), _parts(number, random)
    text = " ".join(random.choice(told.bulk.text).format(**parts) for _ in range(4))
    head = f"List-Id: <weekly.{number}.example>\nList-Unsubscribe: <https://news.example/{number}>\nPrecedence: bulk\n"
    return _mail(number, parts, random.choice(told.bulk.subject).format(**parts), text, head)


def _parts(number: int, random: Random) -> dict[str, str]:
    """What the templates hold, for the mail of this number."""
    told = letters()
    sizes = (told.trade, told.last, told.town)
    left, picked = number, []
    for names in sizes:
        left, place = divmod(left, len(names))
        picked.append(names[place])
    trade, last, town = picked
    due = _sent(number) + timedelta(days=random.randint(1, 3))
    return {
        "firm": f"{last} {trade}",
        "town": town,
        "name": f"{random.choice(told.first)} {last}",
        "occasion": random.choice(told.occasion),
        "extra": random.choice(told.extra),
        "percent": random.choice(told.percent),
        "term": random.choice(told.term),
        "free": random.choice(told.free),
        "by": f"by {_WEEK[due.weekday()]} {due.day} {_MONTHS[due.month - 1]}",
    }


def _sent(number: int) -> datetime:
    """Twenty a day, ten minutes apart; after a year they begin again, at another minute."""
    day, place = divmod(number, 20)
    lap, day = divmod(day, 300)
    return _BEGIN + timedelta(days=day, minutes=10 * place + lap)


def _mail(number: int, parts: dict[str, str], subject: str, text: str, head: str = "") -> bytes:
    domain = parts["firm"].lower().replace(" ", "-")
    who = parts["name"].lower().replace(" ", ".")
    return (
        f"From: {parts['name']} <{who}@{domain}-{parts['town'].lower()}.example>\nTo: hello@marrowandfinch.example\n"
        f"Subject: {subject[:1].upper()}{subject[1:]}\nMessage-ID: <{number}@{domain}.example>\n"
        f"Date: {format_datetime(_sent(number))}\n{head}MIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    ).encode()


if __name__ == "__main__":
    print(write_mbox(Path(sys.argv[2]), int(sys.argv[1])), "mails that ask")
