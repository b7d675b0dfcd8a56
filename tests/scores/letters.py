"""``python -m tests.scores.letters [--language de] [--n 20]``: finished offline letters, for a person to read aloud.

First letters to the client lines of ``tests/llm/offline``: every rule in turn, then mixed answers, questions and a
parting. Then, with ``--recorded``, letters to the mails of the shipped suite, as a real model read them.
"""

import argparse
import asyncio
from collections.abc import AsyncIterator, Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.suites.layout import business_of, mail_of
from eval.suites.load import load_suite
from eval.types.case import Case
from pipeline.business.folder import load_business
from pipeline.flow import reply
from pipeline.inbox.read import from_bytes
from pipeline.llm.offline.model import OfflineModel
from pipeline.llm.recorded import RecordedModel
from pipeline.resources import shipped
from pipeline.types.business import Business
from pipeline.types.outcome import Outcome
from pipeline.types.prompt import Completion, Prompt
from tests.llm.offline.told import LANGUAGES, LINES, PROMPTS, kept, letter, unclear

_VOICES = ("", "Thanks.", "Merci.", "Danke.")  # any further words choose another voice


class ReadByOther:
    """A recorded model reads, the offline model writes."""

    def __init__(self) -> None:
        sets = ("decline", "accept-controls")
        self.reader = RecordedModel([shipped("fixtures", "recorded", name, "drafts") for name in sets])

    async def complete(self, prompt: Prompt) -> Completion:
        return await (self.reader if prompt.stage == "extract" else OfflineModel()).complete(prompt)


async def built(language: str) -> AsyncIterator[tuple[str, Outcome]]:
    """Letters to the client lines, each round in other voices."""
    rules = [str(line["rule"]) for line in LINES[language]]
    abuse = [{"name": name, "quote": "!", "choice": None} for name in ("abuse", "earlier_no")]
    for shift, ps in enumerate(_VOICES):
        for rule in rules:
            yield rule, await letter(language, rule, ps=ps, details=[ps] if ps else [])
        other = rules[(3 + shift) % len(rules)]
        yield "one kept", await letter(language, other, ps=ps, more=(kept(language),))
        yield "two refused", await letter(language, other, "lead_time", ps=ps)
        yield "questions", await letter(language, ps=ps, more=(unclear(language),))
        yield "parting", await letter(language, other, ps=f"{ps}!", mail_facts=abuse)


async def recorded(language: str) -> AsyncIterator[tuple[str, Outcome]]:
    """Letters to the suite's mails in one language."""
    suite, model = load_suite(shipped("fixtures", "suites", "decline")), ReadByOther()
    with TemporaryDirectory() as place:
        load = cache(lambda name: load_business(business_of(suite, name, Path(place))))
        for case in suite.cases:
            if case.language == language:
                yield case.id, await _answered(case, load(case.business), model)


async def _answered(case: Case, business: Business, model: ReadByOther) -> Outcome:
    mail = from_bytes(mail_of(case, business.profile.addresses[0]), case.id)
    return await reply(
        mail, key=case.id, business=business, today=case.day, prompts=PROMPTS, model=model,
        fallback=OfflineModel(),
    )  # fmt: skip


def shown(name: str, outcome: Outcome) -> str:
    """A letter under a line that says what it answers."""
    told = outcome.draft.body if outcome.draft else f"no draft: {outcome.failure and outcome.failure.message}"
    found = [f.code for f in outcome.verdict.findings] if outcome.verdict else []
    words = len(told.split())
    return f"===== {name}: {outcome.action} {outcome.code}, {words} words {' '.join(found)}\n\n{told}\n"


async def main(arguments: Iterable[str] | None = None) -> None:
    """Print the letters."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--n", type=int, default=20, help="letters a language")
    parser.add_argument("--recorded", action="store_true", help="the suite's mails instead of the client lines")
    chosen = parser.parse_args(arguments)
    for language in chosen.language or LANGUAGES:
        source = recorded(language) if chosen.recorded else built(language)
        told = [pair async for pair in source if pair[1].action.drafts]
        print(*(shown(name, outcome) for name, outcome in islice(told, chosen.n)), sep="\n")


if __name__ == "__main__":
    asyncio.run(main())
