"""The key of what a run makes: over all that it depends on, the guard's version among it. Equal key, equal record."""

import hashlib

from pipeline.guard.version import guard_version


def key_of(*parts: str) -> str:
    """SHA-256 (hex) over the parts and the guard that re-reads every draft."""
    return hashlib.sha256("\0".join((*parts, guard_version())).encode()).hexdigest()
