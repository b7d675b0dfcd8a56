"""The table of families, the same in all languages: what each is about, what it claims, what can speak against it."""

from functools import cache
from typing import Literal

from pipeline.llm.offline import shelf
from pipeline.types.base import Value
from pipeline.types.request import Kind

Role = Literal["refuse", "ask", "person", "whole", "routine", "nothing"]


class Family(Value):
    """One entry of ``reading/families.yaml``; see there."""

    name: str
    role: Role
    kind: Kind = Kind.OTHER
    service: str = ""
    fact: str = ""
    choice: str | None = None
    otherwise: str = ""  # the fact to claim when no figure was named
    paid: bool = True  # whether it is no matter any more once they pay
    relaxed: bool = True  # whether it is no matter any more if they are in no hurry


class Weights(Value):
    """Points of evidence, from ``reading/weights.yaml``."""

    plain: int
    sure: int
    maybe: int
    bar: int  # from here a family holds
    enough: int  # over all families, from here a refusal is sure
    frame: int  # from here what kind of mail it is outweighs that it asks
    taken_back: int  # taken off a refusal where they pay, or have time
    most: int  # points that the signs together can add
    signs: dict[str, int]


@cache
def families() -> tuple[Family, ...]:
    """All families in the order of the file."""
    return tuple(Family.model_validate({"name": name, **entry}) for name, entry in shelf.table("families").items())


@cache
def weights() -> Weights:
    """The points."""
    return Weights.model_validate(shelf.table("weights"))
