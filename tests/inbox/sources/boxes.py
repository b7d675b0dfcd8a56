"""Files of mail for the tests of their sources."""

from pathlib import Path

STAMP = b"From - Mon May 04 09:00:00 2026\n"


def put(path: Path, data: bytes = b"") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def box(*mails: bytes) -> bytes:
    return b"".join(STAMP + mail + b"\n" for mail in mails)
