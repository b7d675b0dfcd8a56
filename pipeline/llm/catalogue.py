"""Reads a file of endpoints: the shipped ``profiles.yaml``, and the user's own ``models.yaml`` in the same form.

An endpoint belongs to a person at a machine, not to a business: so the user's file lies in the home folder, where no
downloaded folder can point mail to another host. Left out: what the entries mean (``profiles``).
"""

import os
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.errors import ModelNameError
from pipeline.yamltree import Node, parse

_VARIABLE = "CANDOR_MODELS"
_HOME = Path("~/.config/candor/models.yaml")

File = TypeVar("File", bound=BaseModel)


def own_file() -> Path:
    """The user's file: what ``$CANDOR_MODELS`` names, else ``~/.config/candor/models.yaml``; it need not exist."""
    named = os.environ.get(_VARIABLE, "")
    try:
        return Path(named or _HOME).expanduser()
    except RuntimeError:  # an account without a home
        return Path(_HOME.name)


def read_own(kind: type[File]) -> File:
    """The user's file, or an empty one where there is none.

    Raises:
        ModelNameError: ``file:line:column`` and what is wrong there; or a file that was named and is missing.
    """
    path = own_file()
    if not path.exists() and not os.environ.get(_VARIABLE):
        return kind()
    return read(path, kind)


def read(path: Path, kind: type[File]) -> File:
    """A file of endpoints.

    Raises:
        ModelNameError: as ``read_own``.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise ModelNameError(f"the file of models {path} can't be read: {reason}") from None
    tree = parse(text, path.name, ModelNameError)
    try:
        return kind.model_validate(tree.plain())
    except ValidationError as error:
        raise _fault(tree, error) from None


def _fault(tree: Node, error: ValidationError) -> Exception:
    """The first fault, at the deepest place that exists in the file."""
    first = error.errors()[0]
    if not first["loc"]:
        return tree.fault("it holds profiles and models, and nothing else", ModelNameError)
    where = ".".join(str(step) for step in first["loc"])
    told = first["msg"].removeprefix("Value error, ")
    message = (
        f"unknown key '{where}'" if first["type"] == "extra_forbidden" else f"'{where}': {told[:1].lower()}{told[1:]}"
    )
    return tree.at(first["loc"]).fault(message, ModelNameError)
