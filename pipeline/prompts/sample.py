"""Sample variables for every stage, to see a prompt as a model would; read from ``prompts/samples.yaml``."""

from pipeline.errors import PromptError
from pipeline.prompts.template import STAGES
from pipeline.resources import shipped
from pipeline.types.prompt import Stage, Variables
from pipeline.yamltree import read_shipped


def sample(stage: Stage) -> Variables:
    """The variables of one made-up mail."""
    node = (read_shipped(shipped("prompts", "samples.yaml")).entries or {}).get(stage)
    if node is None:
        raise PromptError(f"there is no sample for the stage '{stage}'")
    return STAGES[stage].variables.model_validate(node.plain())
