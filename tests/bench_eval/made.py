"""The work of the bench: a suite of 200 cases, two draft versions, the provider's replies, and what others send for it.

The mails are some of the shipped ``decline`` suite that the offline model can read and answer, each under the names of
a dozen clients; the offline model has written the replies, the heuristic judge has judged them. What was read of each
mail stands in ``calls.jsonl`` as a run keeps it, so that only drafts, or drafts and judgements, are asked for. Left
out: any worth of the drafts.
"""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.judge.heuristic import HeuristicJudge
from eval.rubrics.load import load_rubric
from eval.runs.desk import Desk
from eval.runs.drafting import Writers
from eval.runs.folder import CallsFile, read_kept
from eval.runs.judging import Judges
from eval.runs.unit import Bench, Unit
from eval.suites.load import load_suite
from eval.types.case import Case, Split
from pipeline.llm.cache import Cached
from pipeline.llm.compose import ModelSpec, parameters_of, profile_of_spec
from pipeline.llm.offline.model import OfflineModel
from pipeline.llm.offline.writer import compose
from pipeline.llm.requests import Json, body
from pipeline.prompts import load_prompt, load_prompts
from pipeline.resources import shipped
from pipeline.types.prompt import Completion, DraftVariables, ExtractVariables, Prompt
from tests.bench_eval.server import digest_of
from tests.bench_eval.work import OTHER, SUITE, Work

CASES = 200
_SOURCES = (
    "DV-001 DV-005 DV-026 DV-052 DV-058 DV-064 DV-083 DV-084 DV-098 DV-103 DV-105 FRA-015 FRA-022 FRA-050 ENA-022"
)
_NAMES = [
    "Ada",
    "Bo",
    "Cleo",
    "Dan",
    "Edith",
    "Finn",
    "Greta",
    "Hugo",
    "Ines",
    "Jonas",
    "Kaya",
    "Leo",
    "Mira",
    "Nils",
    "Olga",
    "Per",
]


class _Writer:
    """A model that reads a mail once for all who send it, and words the second version in another voice."""

    def __init__(self) -> None:
        self.replies: dict[str, str] = {}
        self.sent: dict[str, list[Json]] = {}
        self._read: dict[str, Completion] = {}
        self._spec = ModelSpec(name="openai:bench", base_url="http://127.0.0.1:1/v1")

    async def complete(self, prompt: Prompt) -> Completion:
        """The reply, noted."""
        if isinstance(prompt.variables, ExtractVariables):
            mail = f"{prompt.variables.problems}{prompt.variables.body}"
            if mail not in self._read:
                self._read[mail] = await OfflineModel().complete(prompt)
            return self._read[mail]
        reply = await self._reply(prompt)
        sent = body(prompt, parameters_of(self._spec), profile_of_spec(self._spec))
        self.sent.setdefault(prompt.stage, []).append(sent)
        self.replies[digest_of([turn.model_dump() for turn in prompt.messages])] = reply.text
        return reply

    async def _reply(self, prompt: Prompt) -> Completion:
        told = prompt.variables
        if not isinstance(told, DraftVariables):
            return await HeuristicJudge().complete(prompt)
        if prompt.version == "draft@v1":
            return await OfflineModel().complete(prompt)
        voices = (told.model_copy(update={"details": (*told.details, " " * n)}) for n in range(9))
        first = compose(told)
        other = next(made for voice in voices if (made := compose(voice)) != first)
        return Completion(text=other.model_dump_json(), model="offline", call="")


def make(place: Path) -> Work:
    """Make the work in an empty folder."""
    work = Work(place)
    _write_suite(place / SUITE)
    other = place / OTHER
    other.mkdir(parents=True)
    text = (shipped("prompts", "draft", "v1") / "prompt.prompty").read_text("utf-8")
    (other / "prompt.prompty").write_text(text.replace("version: v1", "version: other").replace("warm, direct", "calm"))
    asyncio.run(_answer(work))
    return work


def _write_suite(folder: Path) -> None:
    shipped_ = shipped("fixtures", "suites", "decline")
    suite = load_suite(shipped_)
    by_id = {case.id: case for case in suite.cases}
    sources = [by_id[name] for name in _SOURCES.split()]
    folder.mkdir()
    (folder / "suite.yaml").write_text("schema: 1\nname: bench\ntitle: Two hundred mails\n")
    firms = {case.business: suite.firms[case.business] for case in sources}
    (folder / "businesses.jsonl").write_text("".join(f"{firm.model_dump_json()}\n" for firm in firms.values()))
    (folder / "cases.jsonl").write_text("".join(f"{case.model_dump_json()}\n" for case in _cases(sources)))


def _cases(sources: list[Case]) -> Iterator[Case]:
    for number in range(CASES):
        source, name = sources[number % len(sources)], _NAMES[number // len(sources)]
        mail = {"name": f"{name} Lark", "address": f"{name.lower()}@lark.example"}
        own = {"id": f"case-{number}", "mail": source.mail.model_copy(update=mail), "split": Split.DEV, "cluster": ""}
        yield source.model_copy(update=own)


async def _answer(work: Work) -> None:
    """Take every case through, with models of our own in the provider's place."""
    plan, writer = work.plan("http://127.0.0.1:1/v1", judged=True), _Writer()
    calls = CallsFile(work.calls)
    model = Cached(writer, parameters_of(plan.model), calls)
    rubric, suite = load_rubric(plan.rubric), load_suite(Path(plan.suite))
    versions = {label: load_prompts(*names) for label, names in plan.versions.items()}
    with TemporaryDirectory() as businesses:
        writers = Writers(lambda _: model, versions, Desk(suite, Path(businesses)), "")
        judges = Judges(lambda _: model, load_prompt("judge@v1"), load_prompt("pair@v1"), "")
        bench = Bench(plan, suite.hash, rubric, writers, judges)
        pairs = [pair for case in suite.cases for pair in await _sent(bench, case, writer)]
    calls.close()
    read = [kept for kept in read_kept(work.calls) if kept.prompt.startswith("extract")]
    work.calls.write_text("".join(f"{kept.model_dump_json()}\n" for kept in read), "utf-8")
    work.replies.write_text(json.dumps(writer.replies), "utf-8")
    work.sent.write_text(json.dumps(pairs), "utf-8")


async def _sent(bench: Bench, case: Case, writer: _Writer) -> list[tuple[Json, Json]]:
    """The requests that a case takes: a draft and a judgement a version, no more."""
    writer.sent = {}
    made = await bench.make(Unit(case, 0))
    assert all(one.judgement and not one.judgement.fault for one in made.records), f"{case.id} has no clean judgement"
    assert [len(writer.sent[stage]) for stage in ("draft", "judge")] == [2, 2], (
        f"{case.id} takes more than a call a step"
    )
    return list(zip(writer.sent["draft"], writer.sent["judge"], strict=True))
