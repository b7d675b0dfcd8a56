"""The files of a business folder: which there are, what they are called, and their text.

A record is kept in one file, YAML or CSV. A file that is nearly one of ours (``price.csv``, ``clients.yml``) is a fault
where there is no such record: it would be passed over without a word.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pipeline.business.shape import unknown
from pipeline.business.table import Columns, rows
from pipeline.errors import BusinessError
from pipeline.yamltree import Node, parse

_OTHER_ENDINGS = frozenset({".yml", ".xlsx", ".xls", ".ods", ".tsv"})


class Record(NamedTuple):
    """A kind of record: its file is ``stem`` .yaml or .csv, its list in YAML stands under ``key``."""

    stem: str
    key: str
    columns: Columns
    near: tuple[str, ...] = ()  # what the file may be called by mistake


def text_of(path: Path) -> str:
    """The text of one file.

    Raises:
        BusinessError: it is missing, or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BusinessError(f"{path.name} is missing in {path.parent}") from None
    except UnicodeDecodeError as error:
        how = "'CSV UTF-8' in your spreadsheet program" if path.suffix == ".csv" else "UTF-8 in your editor"
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise BusinessError(f"{path.name}:{line}:{column}: the file is not UTF-8; save it as {how}") from None
    except OSError as error:
        raise BusinessError(f"{path} can't be read: {error.strerror or error}") from None


def record_texts(folder: Path, record: Record) -> dict[str, str]:
    """The record's file by name; empty when it is not kept.

    Raises:
        BusinessError: it is kept twice, is called nearly as it should be, or can't be read.
    """
    names = [name for ending in ("yaml", "csv") if (folder / (name := f"{record.stem}.{ending}")).exists()]
    if len(names) > 1:
        raise BusinessError(f"there are {' and '.join(names)} in {folder}; keep one of them")
    if not names:
        _no_other(folder, record)
    return {name: text_of(folder / name) for name in names}


def _no_other(folder: Path, record: Record) -> None:
    """Raises: BusinessError for a file that is meant for this record and is called something else."""
    for path in sorted(folder.iterdir()):
        stem, ending = path.stem.casefold(), path.suffix.casefold()
        meant = stem == record.stem and ending in {*_OTHER_ENDINGS, ".yaml", ".csv"}
        if meant or (stem in record.near and ending in {".yml", ".yaml", ".csv"}):
            said = f"{path.name} is not read: call it {record.stem}.yaml"
            raise BusinessError(f"{said}, or save it as {record.stem}.csv (CSV UTF-8)")


def record_rows(texts: Mapping[str, str], record: Record) -> tuple[Node, ...]:
    """The entries of the record, each a mapping of what stands there.

    Raises:
        BusinessError: the file is neither a list under its key nor a table of known columns.
    """
    for name, text in texts.items():
        return rows(text, name, record.columns) if name.endswith(".csv") else _listed(text, name, record.key)
    return ()


def _listed(text: str, name: str, key: str) -> tuple[Node, ...]:
    if not any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
        return ()  # all of it is put aside as notes
    root = parse(text, name, BusinessError)
    if root.entries is None:
        raise root.fault(f"the file begins with '{key}:', and a list stands below it", BusinessError)
    for other, node in root.entries.items():
        if other != key:
            raise unknown(node, other, [key])
    entry = root.entries.get(key)
    if entry is None or entry.text == "":
        return ()
    if entry.items is None:
        raise entry.fault(f"a list is expected below '{key}': each entry begins with '- '", BusinessError)
    return entry.items
