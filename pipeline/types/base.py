"""The one base of every value that passes between stages: frozen, strict about extra fields, JSON round trip."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """An immutable value. Unknown fields are refused, so that a typo in a stored row never passes silently."""

    model_config = ConfigDict(frozen=True, extra="forbid")
