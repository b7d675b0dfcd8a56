"""Where the files that ship with Candor lie: beside the packages in a checkout, inside them in a wheel."""

from pathlib import Path


def shipped(*parts: str) -> Path:
    """The path of a shipped file or folder, e.g. ``shipped("prompts", "draft")``."""
    inside = Path(__file__).parent / "_data"
    root = inside if inside.is_dir() else Path(__file__).parent.parent
    return root.joinpath(*parts)
