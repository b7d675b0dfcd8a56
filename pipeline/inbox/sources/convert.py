"""Turns Outlook's files into mail. A program of its own, started by ``outlook`` and knowing nothing of the rest.

It parses hostile files with code that is not ours (and that one may only run, not link): so it has no network use, no
keys in its environment, and limits on memory, time and what it writes; when its standard input ends it does, too, so
that it never outlives who started it. ``msg SECONDS LIST OUT`` writes ``OUT/n.eml`` for the ``n``-th path in LIST if
there is none; ``pst SECONDS FILE OUT`` writes an mbox a folder. SECONDS are for each file. Left out: the content of a
.pst's attachments, of which only the names are kept, and what is no mail: contacts, appointments, tasks.
"""

import contextlib
import hashlib
import importlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from email.header import Header
from pathlib import Path
from typing import Any
from urllib.parse import quote

MEMORY = 1024**3  # bytes
WRITTEN = 16 * 1024**3  # bytes in one file
_DEPTH = 50  # folders in folders
_SENT_BY, _SENT_AS, _CLASS, _ID, _REFERENCES, _REPLIED = 0x0C1F, 0x5D01, 0x001A, 0x1035, 0x1039, 0x1042
_TO, _CC, _CODEPAGE = 0x0E04, 0x0E03, 0x3FDE
_MIME = ("content-", "mime-version")
_MAIL = ("ipm.note", "ipm.schedule", "report.", "ipm.post")


def main(arguments: list[str]) -> int:
    """Convert; 0 when all that could be read is written."""
    kind, seconds, given, out = arguments
    threading.Thread(target=_end_with_input, daemon=True).start()
    _limit()
    if kind == "msg":
        _letters(Path(given).read_text("utf-8", "surrogateescape").split("\0"), Path(out), int(seconds))
        return 0
    _alarm(int(seconds))
    try:
        pypff: Any = importlib.import_module("pypff")  # by name: it ships no types, and is not always there
    except ImportError:
        program = shutil.which("readpst")
        assert program, "the caller has looked for it"
        command = [program, "-q", "-r", "-t", "e", "-o", out, given]
        return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode  # noqa: S603 - our own
    store = pypff.file()
    store.open(given)
    _folders(store.get_root_folder(), Path(out))
    return 0


def _end_with_input() -> None:
    """End, with all that was started, as soon as the standard input does."""
    while os.read(0, 1):
        pass
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _limit() -> None:
    with contextlib.suppress(ImportError):  # Windows has no limits of this kind; the caller's clock still holds
        import resource

        bounds = {resource.RLIMIT_AS: MEMORY, resource.RLIMIT_FSIZE: WRITTEN, resource.RLIMIT_CORE: 0}
        for name, bound in bounds.items():
            with contextlib.suppress(ValueError, OSError):  # a platform may refuse one
                resource.setrlimit(name, (bound, bound))


def _alarm(seconds: int) -> None:
    """End this process after ``seconds``: the system does it, whatever the process is busy with."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _letters(paths: list[str], out: Path, seconds: int) -> None:
    extract_msg: Any = importlib.import_module("extract_msg")
    for number, path in enumerate(paths):
        done, part = out / f"{number}.eml", out / f"{number}.part"
        if done.exists():
            continue
        _alarm(seconds)
        random.seed(0)  # the boundaries: one file becomes the same mail each time, or it would be answered anew
        try:
            with extract_msg.openMsg(path) as found:
                part.write_bytes(found.asEmailMessage().as_bytes())
        except Exception:  # noqa: BLE001 - whatever a parser of hostile files raises, the file is the reason
            part.write_bytes(b"")
        part.rename(done)


def _folders(root: Any, out: Path) -> None:  # noqa: ANN401 - libpff ships no types
    pending = [(root, out, 0)]
    while pending:
        folder, place, depth = pending.pop()
        with contextlib.suppress(Exception):  # a broken folder does not end the others
            _mails(folder, place)
        for number in range(_count(folder)) if depth < _DEPTH else ():
            with contextlib.suppress(Exception):
                below = folder.get_sub_folder(number)
                pending.append((below, place / _safe(below.name, number), depth + 1))


def _count(folder: Any) -> int:  # noqa: ANN401 - as above
    try:
        return int(folder.number_of_sub_folders)
    except Exception:  # noqa: BLE001 - as above
        return 0


def _safe(name: str | None, number: int) -> str:
    """A folder's name on disk, apart from its neighbours'."""
    plain = "".join(char if char.isprintable() and char not in '\\/:*?"<>|' else "_" for char in name or "")
    return f"{plain[:60].strip(' .') or 'folder'} {number + 1:03}"


def _mails(folder: Any, place: Path) -> None:  # noqa: ANN401 - as above
    if not folder.number_of_sub_messages:
        return
    place.mkdir(parents=True, exist_ok=True)
    with (place / "mbox").open("wb") as file:
        for number in range(folder.number_of_sub_messages):
            try:
                letter = b"".join(_letter(folder.get_sub_message(number)))
            except Exception:  # noqa: BLE001 - it becomes a row without a sender, and no mail is lost
                letter = b"Subject: a message that could not be converted\n\n"
            if letter:
                escaped = re.sub(rb"(?m)^(>*From )", rb">\1", letter.replace(b"\r\n", b"\n"))
                file.write(b"From - Thu Jan  1 00:00:00 1970\n" + escaped + b"\n\n")


def _letter(message: Any) -> Iterator[bytes]:  # noqa: ANN401 - as above
    values = {e.entry_type: e for found in message.record_sets for e in found.entries}
    kind = _text(values, _CLASS).lower()
    if kind and not kind.startswith(_MAIL):
        return
    yield _head(message, values)
    page = values[_CODEPAGE].data_as_integer if _CODEPAGE in values else 65001
    charset = "utf-8" if page == 65001 else f"cp{page}"  # noqa: PLR2004 - Windows' number of UTF-8
    html = message.html_body
    text = html or message.plain_text_body or b""
    text = text.encode("utf-8", "replace") if isinstance(text, str) else text
    boundary = hashlib.sha256(text).hexdigest()[:32]  # the same each time
    yield f'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="{boundary}"\n'.encode()
    subtype = "html" if html else "plain"
    yield f"\n--{boundary}\nContent-Type: text/{subtype}; charset={charset}\n\n".encode()
    yield text
    for number in range(message.number_of_attachments):
        name = "file"
        with contextlib.suppress(Exception):
            name = message.get_attachment(number).get_long_filename() or name
        yield f"\n--{boundary}\nContent-Disposition: attachment; filename*=utf-8''{quote(name)}\n\n".encode()
    yield f"\n--{boundary}--\n".encode()


def _head(message: Any, values: dict[int, Any]) -> bytes:  # noqa: ANN401 - as above
    """The headers as they came, or for a mail that never travelled what Outlook knows of it."""
    came = message.transport_headers
    if came:
        fields = re.sub(r"\r?\n[ \t]+", " ", came).splitlines()
        kept = (f for f in fields if ":" in f and not f.lower().startswith(_MIME))
        return "".join(f"{field}\n" for field in kept).encode("utf-8", "replace")
    address = next((a for key in (_SENT_AS, _SENT_BY) if "@" in (a := _text(values, key))), "")
    name = (message.sender_name or "").replace('"', "'").replace("\\", "")
    when = message.client_submit_time or message.delivery_time
    head = {
        "From": f"{_line(name) and _encoded(name)} <{address}>" if address else "",
        "To": _text(values, _TO) if "@" in _text(values, _TO) else "",
        "Cc": _text(values, _CC) if "@" in _text(values, _CC) else "",
        "Subject": _encoded(message.subject or ""),
        "Date": when.strftime("%d %b %Y %H:%M:%S +0000") if when else "",
        "Message-ID": _text(values, _ID),
        "In-Reply-To": _text(values, _REPLIED),
        "References": _text(values, _REFERENCES),
    }
    return "".join(f"{name}: {_line(value)}\n" for name, value in head.items() if value).encode("utf-8", "replace")


def _text(values: dict[int, Any], key: int) -> str:
    with contextlib.suppress(Exception):
        return _line(values[key].data_as_string or "")
    return ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _encoded(text: str) -> str:
    line = _line(text)
    return Header(line, "utf-8").encode() if not line.isascii() or "=?" in line else line


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
