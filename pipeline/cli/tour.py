"""What the demo prints, in its order: what lies there, who answered, a few mails whole, the table of all, what is next.

What this leaves out: any knowledge of how a mail ends; the words stand in ``demo.yaml``.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from rich.text import Text

from pipeline.cli.page import Column, Page, text
from pipeline.cli.script import Chapter, script
from pipeline.cli.show import STYLES, model_of, show
from pipeline.llm.compose import ModelSpec
from pipeline.llm.recorded import read_set
from pipeline.types.outcome import Outcome

_COLUMNS = (
    Column("from", 16), Column("subject", 18), Column("action", 8), Column("reason", 18), Column("model", 8),
    Column("file", 18),
)  # fmt: skip


class Tour:
    """The demo on ``page``; ``model`` is the one that answers."""

    def __init__(self, page: Page, model: ModelSpec) -> None:
        self._page, self._model, self._script = page, model, script()

    def begin(self, mails: int) -> None:
        """What is about to happen."""
        self._page.gap()
        self._page.say(self._script.intro.format(mails=mails))
        self._page.gap()

    def tell(self, outcomes: list[Outcome], files: Mapping[str, str], folder: Path) -> None:
        """All that was found; ``files`` are the drafts in ``folder`` by outcome key."""
        self._who(outcomes)
        for number, chapter in enumerate(self._script.chapters, 1):
            self._chapter(number, chapter, outcomes)
        self._page.heading(self._script.all.format(mails=len(outcomes)))
        self._page.table(_COLUMNS, (_row(outcome, files) for outcome in outcomes))
        self._page.heading(self._script.where)
        self._page.say(self._script.next.format(out=folder))
        self._page.gap()

    def _who(self, outcomes: list[Outcome]) -> None:
        counts = Counter(model_of(outcome) for outcome in outcomes)
        told = {"recorded": self._recorded(), "offline": self._script.offline, "": self._script.nobody}
        self._page.heading(self._script.who)
        for name in (name for name in told if counts[name]):
            mails = f"{counts[name]} mail{'s' if counts[name] > 1 else ''}"
            self._page.part(name or "no one", text(f"{mails}: {told[name].strip()}"))
        self._page.gap()
        if not self._model.recorded:
            self._page.say(self._script.no_set)
        self._page.say(self._script.no_key, "green")

    def _recorded(self) -> str:
        if not self._model.recorded:
            return ""
        header, _ = read_set(Path(self._model.recorded[0]))
        return self._script.recorded.format(label=header.label, date=header.date)

    def _chapter(self, number: int, chapter: Chapter, outcomes: list[Outcome]) -> None:
        self._page.heading(f"{number}  {chapter.title}")
        self._page.say(chapter.words.format(*chapter.planted))
        self._page.gap()
        show(self._page, chapter.chosen(outcomes), body=chapter.whole)


def _row(outcome: Outcome, files: Mapping[str, str]) -> tuple[Text, ...]:
    message = outcome.message
    return (
        text((message.sender.name or message.sender.address) if message else outcome.origin),
        text(message.subject if message else ""),
        text(outcome.action.value, STYLES[outcome.action]),
        text(outcome.code.replace("_", " "), "dim"),
        text(model_of(outcome), "dim"),
        text(files.get(outcome.key, ""), "dim"),
    )
