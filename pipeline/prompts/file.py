"""A prompt file: its front matter and its sections, held against its stage. Left out: which file, and rendering.

A variable that the stage lacks, or that the text leaves out, is an error, and so is front matter that says of the
folder what is not so.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import PromptError
from pipeline.prompts.header import Header, read_header, unfit
from pipeline.prompts.template import STAGES, Section, Template, environment
from pipeline.types.prompt import Move, Stage
from pipeline.yamltree import parse

FILE = "prompt.prompty"
MOVES = "moves.yaml"
_LIST = TypeAdapter(tuple[Move, ...])
_ROLE = re.compile(r"^(system|user|assistant):[ \t]*$", re.MULTILINE)


def read_version(folder: Path, stage: Stage) -> Template:
    """The version in ``folder``, called after it.

    Raises:
        PromptError: no prompt file, or one that does not fit its stage or its folder.
    """
    folder = folder.resolve()
    name = f"{stage}@{folder.name}"
    front, text = _parts(source(folder), name)
    header, sections = read_header(front, name), _sections(text, name)
    faults = [*_unfit(sections, stage, header, name), *_untrue(header, stage, folder.name)]
    if faults:
        raise PromptError(f"{name}: {'; '.join(faults)}")
    return Template(
        stage=stage, name=name, hash=_hash(folder), sections=sections, header=header, moves=_moves(folder, name)
    )


def source(folder: Path, file: str = FILE) -> str:
    """The prompt file, or another of the folder, as it stands.

    Raises:
        PromptError: there is none, or it is not UTF-8.
    """
    try:
        return (folder / file).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PromptError(f"{folder / file} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise PromptError(f"{folder / file} can't be read: it is not UTF-8") from None


def _parts(text: str, name: str) -> tuple[str, str]:
    """The front matter, and what follows it."""
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0]:  # noqa: PLR2004 - nothing, front matter, text
        raise PromptError(f"{name}: a prompt file begins with front matter between '---' lines")
    return parts[1], parts[2]


def _moves(folder: Path, name: str) -> tuple[Move, ...]:
    """What ``moves.yaml`` beside the prompt holds; a version without one has none."""
    if not (folder / MOVES).is_file():
        return ()
    tree = parse(source(folder, MOVES), f"{MOVES} of {name}", PromptError)
    try:
        return _LIST.validate_python(tree.plain())
    except ValidationError as error:
        raise unfit(tree, error, "the list") from None


def _sections(text: str, name: str) -> tuple[Section, ...]:
    pieces = _ROLE.split(text)
    if pieces[0].strip() or len(pieces) == 1:
        raise PromptError(f"{name}: the text must begin with a line 'system:' or 'user:'")
    roles: dict[str, Literal["system", "user", "assistant"]] = {
        "system": "system",
        "user": "user",
        "assistant": "assistant",
    }
    return tuple(Section(roles[role], body) for role, body in zip(pieces[1::2], pieces[2::2], strict=True))


def _unfit(sections: tuple[Section, ...], stage: Stage, header: Header, name: str) -> Iterator[str]:
    """Variables that the stage lacks, or that the text does; without a list of inputs all are to be rendered."""
    from jinja2 import TemplateSyntaxError, meta

    made = environment()
    try:
        used = {v for s in sections for v in meta.find_undeclared_variables(made.parse(s.text))}
    except TemplateSyntaxError as error:
        raise PromptError(f"{name}: {error}") from None
    known = set(STAGES[stage].variables.model_fields)
    listed = set(header.inputs) & known or known
    yield from (f"unknown variable '{v}'" for v in sorted(used - known))
    yield from (f"'{v}' is rendered, but is no input of the front matter" for v in sorted(used & known - listed))
    yield from (f"'{v}' is not rendered" for v in sorted(listed - used))


def _untrue(header: Header, stage: Stage, folder: str) -> Iterator[str]:
    """What the front matter says otherwise than it is."""
    variables, replies = STAGES[stage]
    said, types = header.metadata, [reply.__name__ for reply in replies]
    stated = [
        ("name", header.name, stage),
        ("stage", said.stage, stage),
        ("version", said.version, folder),
        ("schema", said.schema_, said.schema_ if said.schema_ in types else types[0]),
    ]
    yield from (
        f"its {what} is '{true}', but the front matter says '{says}'"
        for what, says, true in stated
        if says not in {"", true}
    )
    if header.inputs and len(header.inputs) != len(set(header.inputs)):
        yield "the front matter lists an input twice"
    if strange := sorted(set(header.inputs) - set(variables.model_fields)):
        yield f"the front matter lists what the stage has not: {', '.join(strange)}"


def _hash(folder: Path) -> str:
    """SHA-256 over every file of the folder, names included; what an editor hides beside them does not count."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
