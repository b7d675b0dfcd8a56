"""A folder of prompts in a test: small versions of the stage ``pair``, each written in a line."""

from pathlib import Path

from pipeline.types.judging import PairVariables

INPUTS = ", ".join(PairVariables.model_fields)
SAID = {"version": "v1", "stage": "pair", "schema": "PairReply", "parent": "none", "note": "a test"}
TEXT = f"system:\nYou compare.\n\nuser:\n{' '.join(f'{{{{ {name} }}}}' for name in PairVariables.model_fields)}\n"


def put(root: Path, version: str = "v1", text: str = TEXT, inputs: str = INPUTS, more: str = "", **said: str) -> Path:
    """Write ``pair/VERSION`` below ``root`` and return its folder; ``said`` is the metadata, without what is empty."""
    folder = root / "pair" / version
    folder.mkdir(parents=True, exist_ok=True)
    metadata = {**SAID, "version": version, **said}
    front = "".join(f"  {key}: {value}\n" for key, value in metadata.items() if value)
    listed = f"inputs: [{inputs}]\n" if inputs else ""
    (folder / "prompt.prompty").write_text(f"---\nname: pair\nmetadata:\n{front}{listed}{more}---\n{text}", "utf-8")
    return folder
