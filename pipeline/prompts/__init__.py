"""Prompt files (Prompty: YAML front matter, then sections that begin with ``system:`` or ``user:``) become prompts.

``find`` knows where a version lies, ``file`` reads it, ``template`` renders it, ``lint`` and ``lock`` look after all.
"""

from pipeline.prompts.find import Prompts, load_prompt, load_prompts, newest
from pipeline.prompts.header import Header
from pipeline.prompts.template import STAGES, Section, Template

__all__ = ["STAGES", "Header", "Prompts", "Section", "Template", "load_prompt", "load_prompts", "newest"]
