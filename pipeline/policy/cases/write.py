"""Rows as the lines of a file, to be confirmed by its owner. Reading them again gives the same rows."""

import json
import re
from collections.abc import Iterable, Iterator

from pipeline.policy.cases.table import Expected, Row, Stated, Table
from pipeline.policy.cases.values import written
from pipeline.types.request import Fact, Kind

_BARE = re.compile(r"[A-Za-z0-9_][\w .%&()/-]*|-\d[\w .%-]*")
INDENT = 2
CONFIRM = "Confirm these: each says what the policy makes of it today. Give them names of your own, or mend the policy."


def lines(rows: Iterable[Row], today: str, indent: int = INDENT) -> Iterator[str]:
    """One row after the other, each with its name first; a day only where it is not the file's own (``today``)."""
    lead = " " * indent
    for row in rows:
        yield f"{lead}- name: {json.dumps(row.name, ensure_ascii=False)}"
        day = {} if row.today.isoformat() == today else {"today": row.today.isoformat()}
        whole = {**({"client": row.client} if row.client else {}), **_facts((*row.mail, *row.given))}
        asks = [_ask(ask) for ask in row.asks]
        single = len(asks) == 1
        fields = {**day, "with": _map({**whole, **asks[0]} if single else whole)}
        for key, value in fields.items():
            if value != "{}":
                yield f"{lead}  {key}: {value}"
        if not single:
            yield f"{lead}  asks:"
            yield from (f"{lead}    - {_map(ask)}" for ask in asks)
        for key, value in _expected(row.expected).items():
            yield f"{lead}  {key}: {value}"


def _ask(ask: Stated) -> dict[str, str]:
    kind = {} if ask.kind is Kind.OTHER else {"kind": ask.kind.value}
    service = {} if ask.service == "everyday" else {"service": _scalar(ask.service)}
    return {**kind, **service, **_facts((*ask.mail, *ask.given))}


def _facts(facts: Iterable[Fact]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for fact in facts:
        found.setdefault(fact.name, []).append(_scalar(written(fact)))
    return {name: words[0] if len(words) == 1 else f"[{', '.join(words)}]" for name, words in found.items()}


def _expected(expected: Expected) -> dict[str, str]:
    told = {
        "expect": expected.action and expected.action.value,
        "lead": expected.lead,
        "fired": _list(expected.fired or None),
        "not": _list(expected.quiet or None),
        "ask": _list(expected.ask),
        "offers": _list(expected.offers),
        "doubts": _list(expected.doubts),
    }
    return {key: value for key, value in told.items() if value}


def _list(words: tuple[str, ...] | None) -> str | None:
    return None if words is None else f"[{', '.join(words)}]"


def _map(fields: dict[str, str]) -> str:
    return f"{{{', '.join(f'{key}: {value}' for key, value in fields.items())}}}"


def _scalar(text: str) -> str:
    return text if _BARE.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def extended(text: str, table: Table, rows: Iterable[Row]) -> str:
    """The file with further rows at its end; a new file where there is no text."""
    today = table.today.isoformat()
    indent = INDENT if table.indent is None else table.indent
    head = text.rstrip("\n") + "\n" if text else f"today: {today}\n\nrows:"
    note = f"{' ' * indent}# {CONFIRM}"
    return "\n".join((head, note, *lines(rows, today, indent), ""))
