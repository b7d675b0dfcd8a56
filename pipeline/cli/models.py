"""From the settings to a model's spec. What this leaves out: whether there is such a model, which ``compose`` says."""

from pathlib import Path

from pipeline.llm.compose import ModelSpec
from pipeline.resources import shipped
from pipeline.settings import Settings

_SHIPPED = ("fixtures", "recorded", "inbox")
_RECORDED = "recorded"


def model_spec(settings: Settings) -> ModelSpec:
    """The spec of ``settings.model``; ``recorded`` alone is the shipped set, of replies to the sample inbox."""
    name, _, folder = settings.model.partition(":")
    if name != _RECORDED:
        return ModelSpec(name=settings.model, base_url=settings.base_url)
    at = Path(folder).absolute() if folder else shipped(*_SHIPPED)
    return ModelSpec(name=_RECORDED, recorded=(str(at),))


def demo_model() -> ModelSpec:
    """The shipped set, or the offline model in a copy without one."""
    there = (shipped(*_SHIPPED) / "set.yaml").is_file()
    return model_spec(Settings(model=_RECORDED if there else "offline"))
