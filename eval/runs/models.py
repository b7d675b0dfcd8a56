"""The models of a run, one a repeat: live through one endpoint, waiting for a provider's file, or replayed.

Nothing here falls back on rules: a reply that is not recorded is an error of its record, never another model's words.
Left out: what is asked.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cache
from pathlib import Path

from pipeline.errors import ModelNameError
from pipeline.llm.cache import Cached, Calls
from pipeline.llm.compose import ModelSpec, endpoint_of, hosted, parameters_of, profile_of_spec, steady
from pipeline.llm.files import FilesModel, Result
from pipeline.llm.model import Model

HEURISTIC = "heuristic"
"""The judge that is no model; what it says advises and never gates."""

Models = Callable[[int], Model]
"""From the number of a repeat to its model."""


@asynccontextmanager
async def live(spec: ModelSpec, calls: Calls) -> AsyncIterator[Models]:
    """One endpoint for all repeats, with one pace; a reply is paid for once.

    Raises:
        ModelNameError: as ``pipeline.llm.compose``.
    """
    if spec.name == "offline":
        from pipeline.llm.offline.model import OfflineModel

        yield lambda _: OfflineModel()
    elif spec.name == HEURISTIC:
        from eval.judge.heuristic import HeuristicJudge

        yield lambda _: HeuristicJudge()
    elif spec.name == "recorded":
        yield recorded(spec.recorded)
    else:
        from eval.runs.again import Again

        async with endpoint_of(spec) as endpoint:
            one = Again(steady(endpoint, spec))
            yield cache(lambda repeat: Cached(one, endpoint.parameters, calls, repeat))


def recorded(folders: tuple[str, ...]) -> Models:
    """Replayed sets.

    Raises:
        ModelNameError: a folder is missing or broken.
    """
    from pipeline.llm.recorded import RecordedModel

    if not folders:
        raise ModelNameError("the model recorded needs the folder of a recorded set: recorded:DIR")
    paths = [Path(folder) for folder in folders]
    RecordedModel(paths)  # what is wrong with them is said before anything runs
    return cache(lambda repeat: RecordedModel(paths, repeat))


class Waiting:
    """Models of a provider file: they answer from results and note what is still to be asked, for all repeats.

    Raises:
        ModelNameError: as ``pipeline.llm.compose``.
    """

    def __init__(self, spec: ModelSpec, calls: Calls, results: Mapping[str, Result]) -> None:
        self._made: dict[int, FilesModel] = {}
        self._parts = (parameters_of(spec), profile_of_spec(spec), calls, results)

    def __call__(self, repeat: int) -> Model:
        """The model of one repeat."""
        return self._made.setdefault(repeat, FilesModel(*self._parts, repeat))

    @property
    def pending(self) -> dict[str, str]:
        """What waits, by call key: lines of a request file."""
        return {key: line for model in self._made.values() for key, line in model.pending.items()}


class Opened:
    """The models that a run names, each opened once, whoever asks for it."""

    def __init__(self, engine: str, calls: Calls, results: Mapping[str, Result], stack: AsyncExitStack) -> None:
        self._files, self._calls, self._results, self._stack = engine == "files", calls, results, stack
        self._open: dict[str, Models] = {}

    async def models(self, spec: ModelSpec) -> Models:
        """The models of a spec.

        Raises:
            ModelNameError: as ``pipeline.llm.compose``.
        """
        name = spec.model_dump_json()
        if name not in self._open:
            if self._files and hosted(spec):
                self._open[name] = Waiting(spec, self._calls, self._results)
            else:
                self._open[name] = await self._stack.enter_async_context(live(spec, self._calls))
        return self._open[name]

    def pending(self) -> dict[str, str]:
        """What waits for a provider, by call key."""
        waiting = [models for models in self._open.values() if isinstance(models, Waiting)]
        return {key: line for models in waiting for key, line in models.pending.items()}
