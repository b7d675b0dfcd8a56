"""Which guard judged: a hash over this folder's source and phrases. A changed guard judges every draft again.

What this leaves out: the readers in ``pipeline.values``, which the guard stands on.
"""

import hashlib
from functools import cache
from pathlib import Path

_LENGTH = 16  # hex digits


@cache
def guard_version() -> str:
    """The first 16 hex digits of a SHA-256, computed once, when first asked for."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted((*folder.glob("*.py"), *folder.glob("phrases/*.yaml"))):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:_LENGTH]
