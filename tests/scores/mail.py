"""``make scores``, the mail's part: how well HTML becomes text, and how well quotes and signatures come apart.

HTML is scored against the plain text that the same mail brings; quotes against ``quotes.json``, which names the lines a
person would call newly written, by their numbers. Answers between quoted lines and forwards without own words count as
whole texts. Left out: layout (token F1 ranks words), and mail without a plain sibling.
"""

import json
import time
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import re2

from pipeline.errors import UnreadableError
from pipeline.inbox import body, charsets, content, html, limits, mime, quotes
from pipeline.values.text import visible

MAIL = Path(__file__).parents[2] / "../shared/mail"
GOLD = Path(__file__).with_name("quotes.json")
_WORD = re2.compile(r"[\pL\pN]+")
_LINK = re2.compile(r"(?:https?://|www\.|mailto:)\S+|\[cid:[^\]]*\]")
_LEAK = re2.compile(
    r"</?[a-z]+[ >]|\{[^{}]*:[^{}]*;?\}|(?:^|\s)@(?:media|font-face|import)\b|mso-|&(?:nbsp|lt|gt|amp);"
)
_SILENT = re2.compile(r"(?is)<!--.*?-->|<(?:style|script|title)\b.*?</(?:style|script|title)>")
_TAG = re2.compile(r"(?s)<[^>]*>")
_SAME = 0.7  # token F1 from which on two versions are taken for one text
_FEWEST = 3  # words of a plain text that are worth comparing
_BAD = 0.1  # share of words lost or leaked that counts


class HtmlScore(NamedTuple):
    """Documents, mean token F1, and how many are below 0.8, wrongly empty or leak markup; documents per CPU second."""

    documents: int
    f1: float
    low: int
    empty: int
    leaks: int
    speed: float


class QuoteScore(NamedTuple):
    """Documents, how many are exact, lose or leak more than 10 % of the words, or are emptied."""

    documents: int
    exact: int
    lost: int
    leaked: int
    emptied: int
    speed: float


def files() -> list[Path]:
    """All files of the collections, in a fixed order."""
    return sorted(p for p in MAIL.rglob("*") if p.is_file() and p.name != "MANIFEST.md")


def html_score() -> tuple[HtmlScore, list[str]]:
    """The score over every HTML part with a plain sibling, and the names of the documents below 0.8."""
    pairs = list(_siblings())
    start = time.process_time()
    pages = [html.to_text(source) for _, _, source in pairs]
    seconds = time.process_time() - start
    scores = [f1(_words(plain), _words(page.text)) for (_, plain, _), page in zip(pairs, pages, strict=True)]
    low = [name for (name, _, _), score in zip(pairs, scores, strict=True) if score < 0.8]
    empty = sum(not _words(page.text) for page in pages)
    leaks = sum(
        len(_LEAK.findall(page.text.lower())) > len(_LEAK.findall(plain.lower()))
        for (_, plain, _), page in zip(pairs, pages, strict=True)
    )
    return HtmlScore(len(pairs), mean(scores), len(low), empty, leaks, len(pairs) / seconds), low


def _siblings() -> Iterator[tuple[str, str, str]]:
    """Name, plain text and HTML source of each alternative that has both, told apart by its HTML."""
    seen = set()
    for path in files():
        try:
            data = path.read_bytes()
            limits.check(data)
            tree = mime.parse(limits.canonical(data))
        except UnreadableError:
            continue
        for plain, source in _pairs(tree):
            if source not in seen and len(_words(plain)) >= _FEWEST:
                seen.add(source)
                yield path.relative_to(MAIL).as_posix(), plain, source


def _pairs(part: mime.Part) -> Iterator[tuple[str, str]]:
    inside = part.parts()
    if part.get_content_type() == "multipart/alternative":
        plain, source = (_joined(part, kind) for kind in ("text/plain", "text/html"))
        if f1(_words(plain), _words(_stripped(source))) >= _SAME:
            yield plain, source
        return
    for child in inside:
        yield from _pairs(child)


def _joined(part: mime.Part, kind: str) -> str:
    return "\n".join(content.text_of(leaf) for leaf in _flat(part) if leaf.get_content_type() == kind)


def _stripped(source: str) -> str:
    """The words of a page by the crudest means, to tell whether it is meant to say what the plain text says."""
    return unescape(_TAG.sub(" ", _SILENT.sub(" ", source)))


def _flat(part: mime.Part) -> list[mime.Part]:
    inside = part.parts()
    return [leaf for child in inside for leaf in _flat(child)] if inside else [part]


def quote_scores() -> tuple[dict[str, QuoteScore], list[str]]:
    """The score of each set, and a line on each document that is not exact."""
    gold: dict[str, str] = json.loads(GOLD.read_text("utf-8"))
    by_set: dict[str, list[str]] = {}
    for name in gold:
        by_set.setdefault(name.partition("/")[0] if "standard" not in name else "talon, replies", []).append(name)
    scores, notes = {}, []
    for label, names in by_set.items():
        texts = [text_of(MAIL / name) for name in names]
        start = time.process_time()
        found = [quotes.split(text) for text in texts]
        seconds = time.process_time() - start
        results = []
        for name, text, parts in zip(names, texts, found, strict=True):
            wanted, got = _words(lines(text, gold[name])), _words(parts.body)
            lost, leaked = _share(wanted - got, wanted), _share(got - wanted, got)
            results.append((wanted == got, lost > _BAD, leaked > _BAD, not got))
            if wanted != got:
                notes.append(f"{name}: {lost:.0%} lost, {leaked:.0%} leaked")
        exact, lost_, leaked_, emptied = (sum(column) for column in zip(*results, strict=True))
        scores[label] = QuoteScore(len(names), exact, lost_, leaked_, emptied, len(names) / seconds)
    return scores, notes


def text_of(path: Path) -> str:
    """The whole text of a mail, or of a file that holds a body alone."""
    data = path.read_bytes()
    if path.suffix == ".html":
        text = html.to_text(charsets.decode(data)).text
    elif path.suffix == ".eml":
        text = body.gather(mime.parse(limits.canonical(data))).text
    else:
        text = charsets.decode(data)
    return visible(text.replace("\r\n", "\n").replace("\xa0", " ")).strip()


def lines(text: str, wanted: str) -> str:
    """The lines that ``wanted`` names: ``all``, or numbers from 1 such as ``1-3,7``."""
    if wanted == "all":
        return text
    numbered = text.split("\n")
    spans = [span.partition("-") for span in wanted.split(",")]
    return "\n".join("\n".join(numbered[int(a) - 1 : int(b or a)]) for a, _, b in spans)


def f1(wanted: "Counter[str]", got: "Counter[str]") -> float:
    """Token F1 of two bags of words."""
    both = (wanted & got).total()
    return 2 * both / (wanted.total() + got.total()) if both else 0.0


def _words(text: str) -> "Counter[str]":
    return Counter(_WORD.findall(_LINK.sub(" ", text.lower())))


def _share(part: "Counter[str]", whole: "Counter[str]") -> float:
    return part.total() / whole.total() if whole else 0.0


def main() -> None:
    """Print both tables beside their bars."""
    html.to_text("<p>")  # the parser is loaded when it is first used
    score, low = html_score()
    print("HTML to text, against the plain text of the same mail")
    print(f"  {score.documents} documents, {score.speed:,.0f} a CPU second")
    print(f"  token F1        {score.f1:.3f}   (bar 0.96)")
    print(f"  below 0.8       {score.low}")
    print(f"  wrongly empty   {score.empty}       (bar 3)")
    print(f"  markup leaks    {score.leaks}       (bar 0)")
    print(*(f"    below 0.8: {name}" for name in low), sep="\n")
    scores, notes = quote_scores()
    print(
        "\nQuotes and signatures, against the lines that are newly written (bar: talon's replies exact, none emptied)"
    )
    print(f"  {'set':18}documents  exact  lost > 10 %  leaked > 10 %  emptied  bodies/CPU s")
    for label, row in scores.items():
        counts = f"{row.documents:9}{row.exact:7}{row.lost:13}{row.leaked:15}{row.emptied:9}"
        print(f"  {label:18}{counts}{row.speed:14,.0f}")
    print(*(f"    {note}" for note in notes), sep="\n")


if __name__ == "__main__":
    main()
