"""What the demo shows of its outcomes, and in which order; its words stand in ``demo.yaml``.

What this leaves out: any knowledge of how a mail ends. A chapter that wants a yes takes the first mail that got one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TextIO

from rich.text import Text

from pipeline.batch.store import Store
from pipeline.cli.models import SHIPPED_SET
from pipeline.cli.page import Column, Page, text
from pipeline.cli.show import STYLES, model_of, show
from pipeline.errors import UsageError
from pipeline.llm.compose import ModelSpec
from pipeline.llm.recorded import read_set
from pipeline.resources import shipped
from pipeline.types.base import Value
from pipeline.types.decision import Action
from pipeline.types.outcome import Outcome
from pipeline.yamltree import parse

_COLUMNS = (
    Column("from", 16), Column("subject", 20), Column("action", 8), Column("reason", 14), Column("model", 8),
    Column("file", 20),
)  # fmt: skip


class Chapter(Value):
    """One mail that the demo shows: the file, or the first mail that ended in ``action`` if that one did not."""

    title: str
    mail: str
    words: str
    action: Action | None = None
    whole: bool = False  # with the mail itself
    planted: tuple[str, ...] = ()  # words of the mail that its chapter quotes


class Words(Value):
    """``demo.yaml``."""

    intro: str
    who: str
    recorded: str
    offline: str
    nobody: str
    no_set: str
    no_key: str
    chapters: tuple[Chapter, ...]
    all: str
    where: str
    next: str


class Tour:
    """The demo's page. ``model`` is the recorded set if there is one, else the offline model."""

    def __init__(self, stream: TextIO, folder: Path) -> None:
        self._page, self._folder = Page(stream), folder
        self._words = words()
        self._set = shipped(*SHIPPED_SET)
        self._is_recorded = (self._set / "set.yaml").is_file()
        self.model = ModelSpec(name="recorded", recorded=(str(self._set),)) if self._is_recorded else ModelSpec()

    def open(self) -> None:
        """What is about to happen."""
        count = len(list(shipped("fixtures", "inbox").glob("*.eml")))
        self._page.gap()
        self._page.say(self._words.intro.format(mails=count))
        self._page.gap()

    def tell(self, files: Mapping[str, str]) -> None:
        """Who answered, the chapters, the table of all, and what to do next; ``files`` are paths by outcome key."""
        with Store(self._folder, create=False) as store:
            outcomes = list(store.outcomes())
        self._answered(outcomes)
        for number, chapter in enumerate(self._words.chapters, 1):
            self._chapter(number, chapter, outcomes)
        self._page.heading(self._words.all.format(mails=len(outcomes)))
        self._page.table(_COLUMNS, (_row(outcome, files) for outcome in outcomes))
        self._page.heading(self._words.where)
        self._page.say(self._words.next.format(out=self._folder))
        self._page.gap()

    def _answered(self, outcomes: Iterable[Outcome]) -> None:
        counts = Counter(model_of(outcome) for outcome in outcomes)
        told = {"recorded": self._recorded(), "offline": self._words.offline, "": self._words.nobody}
        self._page.heading(self._words.who)
        for name in (name for name in told if counts[name]):
            mails = f"{counts[name]} mail{'s'[: counts[name] > 1]}"
            self._page.part(name or "no one", text(f"{mails}: {told[name].strip()}"))
        self._page.gap()
        if not self._is_recorded:
            self._page.say(self._words.no_set)
        self._page.say(self._words.no_key, "green")

    def _recorded(self) -> str:
        if not self._is_recorded:
            return ""
        header, _ = read_set(self._set)
        return self._words.recorded.format(label=header.label, date=header.date)

    def _chapter(self, number: int, chapter: Chapter, outcomes: list[Outcome]) -> None:
        self._page.heading(f"{number}  {chapter.title}")
        self._page.say(chapter.words.format(*chapter.planted))
        self._page.gap()
        show(self._page, chosen(chapter, outcomes), body=chapter.whole)


def words() -> Words:
    """The texts of the demo."""
    path = Path(__file__).with_name("demo.yaml")
    return Words.model_validate(parse(path.read_text("utf-8"), path.name, UsageError).plain())


def chosen(chapter: Chapter, outcomes: list[Outcome]) -> Outcome:
    """The chapter's own mail, unless it ended differently and another one fits."""
    own = next(outcome for outcome in outcomes if outcome.origin == chapter.mail)
    if chapter.action in {None, own.action}:
        return own
    return next((outcome for outcome in outcomes if outcome.action is chapter.action), own)


def _row(outcome: Outcome, files: Mapping[str, str]) -> tuple[Text, ...]:
    message = outcome.message
    return (
        text((message.sender.name or message.sender.address) if message else outcome.origin),
        text(message.subject if message else ""),
        text(outcome.action.value, STYLES[outcome.action]),
        text(outcome.code, "dim"),
        text(model_of(outcome), "dim"),
        text(files.get(outcome.key, ""), "dim"),
    )
