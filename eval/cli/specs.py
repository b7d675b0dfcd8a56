"""From the name of a model, as an option gives it, to its spec. Left out: whether there is such a model."""

from pathlib import Path

from pipeline.cli.models import model_spec
from pipeline.llm.compose import ModelSpec
from pipeline.settings import Settings

_HEURISTIC = "heuristic"
_RECORDED = "recorded:"


def spec_of(name: str, base_url: str | None, temperature: float | None = None) -> ModelSpec:
    """A spec; several recorded sets are parted by commas: ``recorded:one,two``."""
    if name.startswith(_RECORDED):
        folders = name.removeprefix(_RECORDED).split(",")
        return ModelSpec(name="recorded", recorded=tuple(str(Path(folder).absolute()) for folder in folders))
    if name == _HEURISTIC:
        return ModelSpec(name=name)
    spec = model_spec(Settings(model=name, base_url=base_url))
    return spec.model_copy(update={"temperature": temperature}) if spec.name.startswith("openai:") else spec
