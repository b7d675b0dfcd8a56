"""From the settings to a model's spec. What this leaves out: whether there is such a model, which ``compose`` says."""

from pathlib import Path

from pipeline.llm.compose import ModelSpec
from pipeline.llm.profiles import named
from pipeline.resources import shipped
from pipeline.settings import Settings

_SHIPPED = ("fixtures", "recorded", "inbox")
_RECORDED = "recorded"


def model_spec(settings: Settings) -> ModelSpec:
    """The spec of ``settings.model``; ``recorded`` alone is the shipped set, of replies to the sample inbox."""
    name, _, folder = settings.model.partition(":")
    if name != _RECORDED:
        return _endpoint(settings)
    at = Path(folder).absolute() if folder else shipped(*_SHIPPED)
    return ModelSpec(name=_RECORDED, recorded=(str(at),))


def _endpoint(settings: Settings) -> ModelSpec:
    """A name from the user's file stands for the address and the model that it is given there, and for no other."""
    if settings.model != "offline" and ":" not in settings.model and (known := named(settings.model)):
        return ModelSpec(name=f"openai:{known.model}", base_url=known.base_url)
    return ModelSpec(name=settings.model, base_url=settings.base_url)


def demo_model() -> ModelSpec:
    """The shipped set, or the offline model in a copy without one."""
    there = (shipped(*_SHIPPED) / "set.yaml").is_file()
    return model_spec(Settings(model=_RECORDED if there else "offline"))
